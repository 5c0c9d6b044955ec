"""The server: tokens, method names, the envelope; and whatever comes, an answer in Telegram's form."""

import io
import json
from typing import Any

import aiohttp
import pytest

from sandbox.bot_api.methods import METHODS
from tests.sandbox.bot_house import ADA, BOT, TOKEN, House


async def test_it_says_who_the_bot_is(house: House) -> None:
    answer = await house.ask("getMe")
    assert answer.status == 200
    assert answer.body["ok"] is True
    assert answer.body["result"] | {} == {
        "id": BOT.id,
        "is_bot": True,
        "first_name": "Loggia",
        "username": "loggia_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


@pytest.mark.parametrize("method", ["getMe", "getme", "GETME", "GetMe"])
async def test_names_of_methods_have_no_case(house: House, method: str) -> None:
    assert (await house.call(method))["id"] == BOT.id


@pytest.mark.parametrize("method", ["getYou", "", "getMe/", "sendMediaGroup2", "a/b", "%00"])
async def test_an_unknown_method_is_not_found(house: House, method: str) -> None:
    assert await house.refusal(method) == (404, "Not Found: method not found")


@pytest.mark.parametrize("token", ["700000001:another", "5:x"])
async def test_a_wrong_token_is_unauthorized(house: House, token: str) -> None:
    assert (await house.ask("getMe", token=token, json={})).complaint == (401, "Unauthorized")


@pytest.mark.parametrize("token", ["x", "0:x", "12", ":x", "1:è"])
async def test_what_is_no_token_is_not_found(house: House, token: str) -> None:
    assert (await house.ask("getMe", token=token, json={})).complaint == (404, "Not Found")


async def test_other_verbs_are_not_allowed(house: House) -> None:
    assert (await house.ask("getMe", verb="PUT")).complaint == (405, "Method Not Allowed")


async def test_parameters_may_stand_in_the_address(house: House) -> None:
    query = {"chat_id": str(house.group.id), "text": "Ciao & più"}
    answer = await house.ask("sendMessage", verb="GET", params=query)
    assert answer.body["result"]["text"] == "Ciao & più"


async def test_they_may_be_a_form(house: House) -> None:
    answer = await house.ask("sendMessage", data={"chat_id": str(house.group.id), "text": "Ciao + più"})
    assert answer.body["result"]["text"] == "Ciao + più"


async def test_they_may_be_json_with_numbers_and_objects(house: House) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await house.call(
        "sendMessage", chat_id=house.group.id, text="x", reply_markup=markup, parse_mode=None
    )
    assert sent["reply_markup"] == markup


async def test_nested_ones_may_be_json_in_a_string(house: House) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    form = {"chat_id": str(house.group.id), "text": "x", "reply_markup": json.dumps(markup)}
    assert (await house.ask("sendMessage", data=form)).body["result"]["reply_markup"] == markup


async def test_they_may_be_multipart(house: House) -> None:
    form = aiohttp.FormData(default_to_multipart=True)
    form.add_field("chat_id", str(house.group.id))
    form.add_field("text", "Ciao, è multipart")
    answer = await house.ask("sendMessage", data=form)
    assert answer.body["result"]["text"] == "Ciao, è multipart"


async def test_the_body_wins_over_the_address(house: House) -> None:
    query = {"chat_id": "1", "text": "address"}
    answer = await house.ask("sendMessage", params=query, json={"chat_id": house.group.id})
    assert answer.body["result"]["text"] == "address"


@pytest.mark.parametrize(
    ("body", "kind", "complaint"),
    [
        (b"{", "application/json", "can't parse JSON object"),
        (b"[1]", "application/json", "object expected as request body"),
        (b"[" * 200_000, "application/json", "can't parse JSON object"),
        (b'{"text": "\\ud800"}', "application/json", "can't parse JSON object"),
        (b'{"text": "\xff"}', "application/json", "strings must be encoded in UTF-8"),
        (b"text=%ff", "application/x-www-form-urlencoded", "strings must be encoded in UTF-8"),
        (b"text=\xff", "application/x-www-form-urlencoded", "strings must be encoded in UTF-8"),
        (b"x", "multipart/form-data", "can't parse multipart body"),
        (b"x", "multipart/form-data; boundary=b", "can't parse multipart body"),
        (b"--b\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b", "can't parse multipart body"),
        (
            b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            "strings must be encoded in UTF-8",
        ),
    ],
)
async def test_a_broken_body_is_a_bad_request(house: House, body: bytes, kind: str, complaint: str) -> None:
    answer = await house.ask("sendMessage", data=body, headers={"Content-Type": kind})
    assert answer.complaint == (400, f"Bad Request: {complaint}")


async def test_an_empty_body_is_no_parameters(house: House) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
        answer = await house.ask("getMe", data=b"", headers={"Content-Type": kind})
        assert answer.status == 200


async def test_a_body_beyond_all_measure_is_too_large(house: House) -> None:
    answer = await house.ask("sendMessage", data=io.BytesIO(b"text=" + b"x" * (5 << 20)), headers=_FORM)
    assert answer.complaint == (413, "Request Entity Too Large")


async def test_retry_after_stands_in_the_header_too(house: House) -> None:
    house.api.floods.is_on = True
    for number in range(5):
        await house.call("sendMessage", chat_id=house.group.id, text=str(number))
    url = f"{house.address}/bot{TOKEN}/sendMessage"
    async with house.session.post(url, data={"chat_id": str(house.group.id), "text": "x"}) as answer:
        body = await answer.json()
        assert answer.status == 429
        assert answer.headers["Retry-After"] == str(body["parameters"]["retry_after"])


async def test_a_failure_of_ours_is_owned_up_to_and_logged(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.world.society.now = lambda: 1 / 0  # type: ignore[assignment,return-value]
    assert await house.refusal("sendMessage", chat_id=house.group.id, text="x") == (
        500,
        "Internal Server Error",
    )
    assert "The Bot API failed at sendMessage" in caplog.text
    assert TOKEN not in caplog.text


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NAMES = (
    "chat_id", "message_id", "text", "caption", "photo", "document", "audio", "voice", "user_id", "name",
    "message_thread_id", "reply_parameters", "reply_markup", "entities", "caption_entities", "parse_mode",
    "link_preview_options", "callback_query_id", "file_id", "reaction", "commands", "scope", "action",
    "duration", "allowed_updates", "offset", "limit", "url", "message_ids", "language_code", "icon_color",
    "from_chat_id", "media", "permissions", "menu_button", "tag", "custom_title",
)  # fmt: skip
_JUNK: tuple[Any, ...] = (
    -1, 0, 2**31, -(2**63), 10**40, 1.5, True, False, None, "", " ", "x", "@", "@x", "null", "[]",
    "{}", "[[]]",
    "\x00", "\u202e🎭", "<b>", "&#xd800;", "x" * 5000, "é" * 40_000, [], [[]], [None], [1], [{}], {},
    {"a": [{}]},
    {"type": 1}, {"message_id": []},
    {"type": "photo", "media": [], "caption": {}}, {"keyboard": [[{}, 1]]},
    {"keyboard": [[{"text": "a", "request_users": {"request_id": {}}}]]}, {"type": "chat", "chat_id": [1]},
    {"inline_keyboard": [[{}]]}, {"inline_keyboard": [{}]}, {"keyboard": 1},
    [{"type": "bold", "offset": -1, "length": 5}], [{"command": 1, "description": []}], "http://x", "attach://x",
    "../../etc/passwd", '{"inline_keyboard": [[{"text": "a", "callback_data": {}}]]}', '"\\ud83d"',
)  # fmt: skip


_METHODS = sorted(METHODS.keys() - {"leavechat", "getupdates"})
_SHARE = 12
"""Each method gets every so many-th piece of junk in each parameter, another one than its neighbours."""


@pytest.mark.parametrize("method", _METHODS)
async def test_no_junk_makes_it_fail(house: House, method: str) -> None:
    house.promote(house.forum, "can_manage_topics", "can_pin_messages", "can_promote_members")
    message = house.say(ADA, "x", house.forum)
    good = {"chat_id": house.forum.id, "message_id": message.id, "text": "x", "user_id": ADA.id, "name": "x"}
    good |= {"from_chat_id": house.forum.id, "media": {"type": "photo", "media": "x"}}
    for place, name in enumerate(_NAMES, _METHODS.index(method)):
        for junk in _JUNK[place % _SHARE :: _SHARE]:
            answer = await house.ask(method, {**good, name: junk})
            assert answer.status in (200, 400, 403, 413), (method, name, junk, answer)
            assert answer.body["ok"] is (answer.status == 200)


@pytest.mark.parametrize("name", ["offset", "limit", "timeout", "allowed_updates"])
async def test_no_junk_makes_polling_fail(house: House, name: str) -> None:
    for junk in _JUNK:
        house.say(ADA, "/x")
        answer = await house.ask("getUpdates", {name: junk})
        assert answer.status == 200, (name, junk, answer)
