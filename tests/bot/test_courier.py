"""What becomes of a letter."""

from collections.abc import AsyncIterator

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter

from rooms.ids import ChatId
from rooms.notices import NoticeKind
from rooms.room import RoomState
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal

NEW_CHAT = ChatId(-1009999999999)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        yield desk


async def test_a_card_is_kept_with_its_room_as_its_letter_is_forgotten_and_pinned(desk: Desk) -> None:
    commits = desk.store.committed.rings
    await desk.deliver(NoticeKind.CARD)
    assert desk.store.committed.rings == commits + 2, "one to write the letter, one for card and letter"
    assert desk.waiting == []
    assert desk.room.card == 101
    [pinned] = desk.telegram.fields("pinChatMessage")
    assert (pinned["message_id"], pinned["disable_notification"]) == ("101", "true")


async def test_a_bot_that_may_not_pin_has_announced_all_the_same(desk: Desk) -> None:
    desk.telegram.next(
        "pinChatMessage", refusal(400, "Bad Request: not enough rights to manage pinned messages")
    )
    await desk.deliver(NoticeKind.CARD)
    assert desk.room.card == 101


async def test_a_card_is_sent_once_and_none_for_what_is_over(desk: Desk) -> None:
    await desk.is_now(RoomState.SCHEDULED, card=7)
    await desk.deliver(NoticeKind.CARD)
    await desk.is_now(RoomState.CANCELLED, card=None)
    await desk.deliver(NoticeKind.CARD)
    assert desk.telegram.fields("sendMessage") == []
    assert desk.waiting == []


async def test_a_letter_that_could_not_be_noted_is_not_sent_again(desk: Desk) -> None:
    letter = await desk.write(NoticeKind.CARD)
    desk.store.is_broken = True
    with pytest.raises(OSError, match="disk"):
        await desk.courier.deliver(letter)
    desk.store.is_broken = False
    await desk.courier.deliver(letter)
    assert len(desk.telegram.fields("sendMessage")) == 1
    assert desk.room.card == 101


async def test_a_letter_that_was_not_sent_is_kept(desk: Desk) -> None:
    for error, answer in (
        (RetryAfter, refusal(429, "Too Many Requests: retry after 3", retry_after=3)),
        (NetworkError, refusal(502, "Bad Gateway")),
        (BadRequest, refusal(400, "Bad Request: chat not found")),
    ):
        desk.telegram.next("sendMessage", answer)
        with pytest.raises(error):
            await desk.deliver(NoticeKind.CARD)
        assert desk.waiting == [NoticeKind.CARD]
        assert desk.room.card is None


async def test_the_card_follows_the_room_s_state(desk: Desk) -> None:
    await desk.is_now(RoomState.LIVE)
    await desk.deliver(NoticeKind.REFRESH)
    [edited] = desk.telegram.fields("editMessageText")
    assert edited["message_id"] == "7"
    assert "Live now" in edited["text"]
    assert desk.telegram.fields("unpinChatMessage") == []


@pytest.mark.parametrize("state", [RoomState.ENDED, RoomState.CANCELLED, RoomState.MISSED])
async def test_a_card_leaves_the_top_when_its_talk_is_over(desk: Desk, state: RoomState) -> None:
    await desk.is_now(state)
    desk.telegram.next("unpinChatMessage", refusal(400, "Bad Request: message to unpin not found"))
    await desk.deliver(NoticeKind.REFRESH)
    [unpinned] = desk.telegram.fields("unpinChatMessage")
    assert unpinned["message_id"] == "7"
    assert desk.waiting == []


async def test_a_card_that_says_so_already_is_no_error(desk: Desk) -> None:
    await desk.is_now(RoomState.LIVE)
    desk.telegram.next("editMessageText", refusal(400, "Bad Request: message is not modified: specified new"))
    await desk.deliver(NoticeKind.REFRESH)
    assert desk.waiting == []


async def test_a_room_without_a_card_has_nothing_to_refresh(desk: Desk) -> None:
    await desk.deliver(NoticeKind.REFRESH)
    assert desk.telegram.fields("editMessageText") == []


async def test_what_events_have_overtaken_are_not_sent(desk: Desk) -> None:
    await desk.is_now(RoomState.ENDED)
    for kind in (NoticeKind.REMINDER, NoticeKind.STARTED, NoticeKind.ENDING, NoticeKind.TROUBLE):
        await desk.deliver(kind)
    assert desk.telegram.fields("sendMessage") == []


async def test_letters_about_a_forgotten_room_are_forgotten(desk: Desk) -> None:
    letter = await desk.write(NoticeKind.CANCELLED)
    async with desk.store.writing() as records:
        del records.rooms.rows[letter.notice.room]
    await desk.courier.deliver(letter)
    assert desk.waiting == []


async def test_a_group_that_became_a_supergroup_is_followed_and_told_there(desk: Desk) -> None:
    await desk.is_now(RoomState.LIVE)
    answer = refusal(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=NEW_CHAT
    )
    desk.telegram.next("sendMessage", answer)
    await desk.deliver(NoticeKind.STARTED)
    assert [one["chat_id"] for one in desk.telegram.fields("sendMessage")] == [
        "-1001000000001",
        str(NEW_CHAT),
    ]
    assert desk.room.plan.chat == NEW_CHAT
    assert desk.waiting == [NoticeKind.CARD]
