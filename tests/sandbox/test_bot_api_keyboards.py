"""Keyboards: the ones that Telegram takes are kept as they are, and the others refused in its words."""

import json
from typing import Any

import pytest

from sandbox.bot_api.keyboards import read_keyboard
from sandbox.bot_api.parameters import Parameters
from sandbox.world.errors import ApiError

Button = dict[str, Any]


def read(markup: Any, *, is_private: bool = False) -> Any:
    text = markup if isinstance(markup, str) else json.dumps(markup)
    return read_keyboard(Parameters({"reply_markup": text}), is_private=is_private)


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


@pytest.mark.parametrize("markup", ["", "null", inline(), inline([]), {}])
def test_no_buttons_are_no_keyboard(markup: Any) -> None:
    assert read(markup) is None


@pytest.mark.parametrize(
    "markup", [{"keyboard": [["A", {"text": "B"}]]}, {"remove_keyboard": True}, {"force_reply": True}]
)
def test_keyboards_in_place_of_the_letters_are_taken_and_not_kept(markup: Any) -> None:
    assert read(markup) is None


def test_web_apps_open_in_private_only() -> None:
    button = {"text": "Go", "web_app": {"url": "https://example.org/app"}}
    assert read(inline([button]), is_private=True) == [[button]]
    assert complaint(inline([button])) == "BUTTON_TYPE_INVALID"


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
        (inline(*[[{"text": "x", "callback_data": "x"}]] * 101), "reply markup is too long"),
    ],
)
def test_a_markup_of_the_wrong_form_is_refused(markup: Any, expected: str) -> None:
    assert complaint(markup) == expected
