"""Keyboards: the ones that Telegram takes are kept as they are, and the others refused in its words."""

import json
from typing import Any

import pytest

from sandbox.bot_api.keyboards import Markup, read_markup
from sandbox.bot_api.parameters import Parameters
from sandbox.world.errors import ApiError

Button = dict[str, Any]


def read_all(markup: Any, *, is_private: bool = False) -> Markup:
    text = markup if isinstance(markup, str) else json.dumps(markup)
    return read_markup(Parameters({"reply_markup": text}), is_private=is_private)


def read(markup: Any, *, is_private: bool = False) -> Any:
    return read_all(markup, is_private=is_private).keyboard


def inline(*rows: list[Any]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def complaint(markup: Any) -> str:
    with pytest.raises(ApiError) as refused:
        read(markup)
    assert refused.value.status == 400
    return refused.value.description.removeprefix("Bad Request: ")


@pytest.mark.parametrize(
    "button",
    [
        {"text": "Go", "callback_data": "go"},
        {"text": "Go", "callback_data": "é" * 32},
        {"text": "Go", "url": "https://example.org/a"},
        {"text": "Go", "url": "http://127.0.0.1:8080/l/x"},
        {"text": "Go", "switch_inline_query": "x"},
        {"text": "Go", "copy_text": {"text": "x"}},
    ],
)
def test_a_good_button_is_kept(button: Button) -> None:
    assert read(inline([button])) == [[button]]


def test_rows_are_kept_and_empty_ones_go() -> None:
    one, two = {"text": "1", "callback_data": "1"}, {"text": "2", "callback_data": "2"}
    assert read(inline([one, two], [], [two])) == [[one, two], [two]]


@pytest.mark.parametrize("markup", ["", "null", inline(), inline([]), {}, {"keyboard": [[]]}])
def test_no_buttons_are_no_keyboard(markup: Any) -> None:
    assert read_all(markup) == Markup()


@pytest.mark.parametrize(
    ("markup", "letters"),
    [
        ({"keyboard": [["A", {"text": "B"}], []]}, {"keyboard": [[{"text": "A"}, {"text": "B"}]]}),
        (
            {"keyboard": [["A"]], "one_time_keyboard": True, "input_field_placeholder": "Which?"},
            {"keyboard": [[{"text": "A"}]], "one_time_keyboard": True, "input_field_placeholder": "Which?"},
        ),
        ({"remove_keyboard": True, "selective": False}, {"remove_keyboard": True}),
        ({"force_reply": True, "selective": True}, {"force_reply": True, "selective": True}),
    ],
)
def test_what_stands_in_place_of_the_letters_is_kept(markup: Any, letters: Any) -> None:
    assert read_all(markup) == Markup(letters=letters)


def test_an_inline_keyboard_leaves_the_letters_alone() -> None:
    markup = inline([{"text": "Go", "callback_data": "go"}]) | {"force_reply": True}
    assert read_all(markup) == Markup([[{"text": "Go", "callback_data": "go"}]])


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"request_contact": True}, "phone number can be requested"),
        ({"request_location": True}, "location can be requested"),
        ({"request_users": {"request_id": 1, "max_quantity": 3}}, "users can be requested"),
        ({"request_chat": {"request_id": 1, "chat_is_channel": True}}, "chats can be requested"),
        ({"request_poll": {}}, "poll can be requested"),
        ({"web_app": {"url": "https://example.org/"}}, "web App buttons can be used"),
    ],
)
def test_what_is_theirs_is_asked_of_people_in_private_only(wish: Button, expected: str) -> None:
    button = {"text": "Mine"} | wish
    assert read_all({"keyboard": [[button]]}, is_private=True).letters == {"keyboard": [[button]]}
    assert complaint({"keyboard": [[button]]}) == f"{expected} in private chats only"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"request_users": 1}, 'can\'t parse keyboard button: Field "request_users" must be of type Object'),
        ({"request_users": {}}, "can't parse keyboard button: Can't find field \"request_id\""),
        ({"request_users": {"request_id": 1, "max_quantity": 11}}, "USER_QUANTITY_INVALID"),
        (
            {"request_contact": "yes"},
            'can\'t parse keyboard button: Field "request_contact" must be of type Boolean',
        ),
    ],
)
def test_a_wish_that_cannot_be_read_is_refused(wish: Button, expected: str) -> None:
    assert complaint({"keyboard": [[{"text": "Mine"} | wish]]}) == expected


def test_web_apps_open_in_private_only() -> None:
    button = {"text": "Go", "web_app": {"url": "https://example.org/app"}}
    assert read(inline([button]), is_private=True) == [[button]]
    assert complaint(inline([button])) == "BUTTON_TYPE_INVALID"


def test_web_apps_on_this_machine_need_no_https_as_in_telegram_s_test_environment() -> None:
    button = {"text": "Go", "web_app": {"url": "http://127.0.0.1:8080/app"}}
    assert read(inline([button]), is_private=True) == [[button]]


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("Go", "InlineKeyboardButton must be an Object"),
        ({"callback_data": "x"}, 'Can\'t find field "text"'),
        ({"text": "Go"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "Go", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "Go", "callback_data": {}}, 'Field "callback_data" must be of type String'),
        ({"text": "Go", "web_app": "x"}, 'Field "web_app" must be of type Object'),
    ],
)
def test_a_button_that_cannot_be_read_is_refused(button: Any, expected: str) -> None:
    assert complaint(inline([button])) == f"can't parse inline keyboard button: {expected}"


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ({"text": "Go", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "Go", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        (
            {"text": "Go", "url": "http://localhost/"},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "Go", "web_app": {"url": "http://example.org/"}},
            "inline keyboard button Web App URL 'http://example.org/' is invalid: "
            "Only HTTPS links are allowed",
        ),
    ],
)
def test_a_button_that_leads_nowhere_is_refused(button: Button, expected: str) -> None:
    assert complaint(inline([button])) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [{}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": ["x"]}, 'field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[1]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "input field placeholder is too long"),
        (inline(*[[{"text": "x", "callback_data": "x"}]] * 101), "reply markup is too long"),
    ],
)
def test_a_markup_of_the_wrong_form_is_refused(markup: Any, expected: str) -> None:
    assert complaint(markup) == expected
