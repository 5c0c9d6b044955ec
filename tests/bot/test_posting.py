"""How messages find their way around what Telegram objects to."""

from collections.abc import AsyncIterator

import pytest
from telegram.error import BadRequest

from rooms.notices import NoticeKind
from rooms.room import RoomState
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        yield desk


async def test_a_message_goes_to_chat_and_topic_as_a_reply_to_the_card(desk: Desk) -> None:
    await desk.is_now(RoomState.LIVE)
    await desk.deliver(NoticeKind.STARTED)
    [sent] = desk.telegram.fields("sendMessage")
    assert (sent["chat_id"], sent["message_thread_id"], sent["parse_mode"]) == ("-1001000000001", "7", "HTML")
    assert '"message_id": 7' in sent["reply_parameters"]
    assert "/l/" in sent["reply_markup"]


@pytest.mark.parametrize("objection", ["message thread not found", "TOPIC_CLOSED"])
async def test_where_the_topic_is_gone_the_message_goes_to_the_chat(desk: Desk, objection: str) -> None:
    desk.telegram.next("sendPhoto", refusal(400, f"Bad Request: {objection}"))
    await desk.deliver(NoticeKind.CARD)
    first, second = desk.telegram.fields("sendPhoto")
    assert "message_thread_id" in first
    assert "message_thread_id" not in second
    assert desk.card == 101


async def test_where_telegram_takes_no_such_links_the_announcement_goes_without_them(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    objection = "Bad Request: inline keyboard button URL 'http://127.0.0.1' is invalid: Wrong HTTP URL"
    desk.telegram.next("sendPhoto", refusal(400, objection))
    await desk.deliver(NoticeKind.CARD)
    buttons = desk.telegram.fields("sendPhoto")[1]["reply_markup"]
    assert "url" not in buttons
    assert "callback_data" in buttons
    assert "LOGGIONE_PUBLIC_URL" in caplog.text


async def test_any_other_objection_is_raised(desk: Desk) -> None:
    await desk.is_now(RoomState.LIVE)
    for method, kind in (("sendMessage", NoticeKind.STARTED), ("editMessageText", NoticeKind.REFRESH)):
        desk.telegram.next(method, refusal(400, "Bad Request: something else"))
        with pytest.raises(BadRequest):
            await desk.deliver(kind)


async def test_an_objection_to_addresses_without_links_is_raised(desk: Desk) -> None:
    """Taking the links away again would change nothing."""
    desk.telegram.next(
        "sendPhoto", *(refusal(400, "Bad Request: BUTTON_URL_INVALID") for _request in range(2))
    )
    with pytest.raises(BadRequest, match=r"(?i)button_url_invalid"):
        await desk.deliver(NoticeKind.CARD)
    first, second = [fields["reply_markup"] for fields in desk.telegram.fields("sendPhoto")]
    assert "url" in first
    assert "url" not in second
