"""What becomes of a letter."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time

import pytest
from aiohttp import web
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from rooms.announcing import put_on_top
from rooms.ids import ChatId, PersonId
from rooms.notices import NoticeKind
from rooms.people import Person
from rooms.quiet import QuietHours
from rooms.room import RoomState
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT

NEW_CHAT = ChatId(-1009999999999)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        yield desk


async def test_a_card_is_kept_with_its_room_as_its_letter_is_forgotten_and_pinned(desk: Desk) -> None:
    commits = desk.store.committed.rings
    await desk.deliver(NoticeKind.CARD)
    assert desk.store.committed.rings == commits + 3, "the letter, the card with it, and that it is pinned"
    assert desk.waiting == []
    assert desk.card == 101
    [pinned] = desk.telegram.fields("pinChatMessage")
    assert (pinned["message_id"], pinned["disable_notification"]) == ("101", "true")


async def test_a_bot_that_may_not_pin_has_announced_all_the_same(desk: Desk) -> None:
    desk.telegram.next(
        "pinChatMessage", refusal(400, "Bad Request: not enough rights to manage pinned messages")
    )
    await desk.deliver(NoticeKind.CARD)
    assert desk.card == 101
    await desk.deliver(NoticeKind.REFRESH)
    assert len(desk.telegram.fields("pinChatMessage")) == 1


async def test_a_card_that_could_not_be_pinned_is_as_soon_as_the_bot_may(desk: Desk) -> None:
    desk.telegram.next(
        "pinChatMessage", refusal(400, "Bad Request: not enough rights to manage pinned messages")
    )
    await desk.deliver(NoticeKind.CARD)
    async with desk.store.writing() as records:
        await put_on_top(records, CHAT, desk.clock.now())
    assert desk.waiting == [NoticeKind.REFRESH]
    for _ in range(2):
        await desk.deliver(NoticeKind.REFRESH)
    assert [one["message_id"] for one in desk.telegram.fields("pinChatMessage")] == ["101", "101"]


async def test_a_card_that_could_not_be_pinned_for_now_is_with_the_next_change(desk: Desk) -> None:
    desk.telegram.next("pinChatMessage", refusal(429, "Too Many Requests: retry after 3", retry_after=3))
    await desk.deliver(NoticeKind.CARD)
    await desk.deliver(NoticeKind.REFRESH)
    assert len(desk.telegram.fields("pinChatMessage")) == 2


async def test_a_talk_that_takes_place_after_all_is_on_top_again(desk: Desk) -> None:
    await desk.deliver(NoticeKind.CARD)
    for state in (RoomState.CANCELLED, RoomState.SCHEDULED):
        async with desk.store.writing() as records:
            await records.rooms.save(replace(desk.room, state=state))
        await desk.deliver(NoticeKind.REFRESH)
    assert len(desk.telegram.fields("unpinChatMessage")) == 1
    assert len(desk.telegram.fields("pinChatMessage")) == 2


async def test_a_card_that_is_pinned_when_its_talk_has_ended_meanwhile_comes_down_again(desk: Desk) -> None:
    made = await desk.courier.deliver(await desk.write(NoticeKind.CARD))
    assert made is not None
    async with desk.store.writing() as records:
        await records.rooms.save(replace(desk.room, state=RoomState.CANCELLED))
    await desk.deliver(NoticeKind.REFRESH)
    await desk.courier.pin(made)
    assert len(desk.telegram.fields("unpinChatMessage")) == 1
    async with desk.store.reading() as records:
        shown = await records.cards.find(desk.room.id, CHAT)
    assert shown is not None
    assert shown.is_on_top is False
    assert shown.picture != made.picture, "what the card shows since then stands"


async def test_a_card_is_sent_once_and_none_for_what_is_over(desk: Desk) -> None:
    await desk.is_now(RoomState.SCHEDULED, card=7)
    await desk.deliver(NoticeKind.CARD)
    await desk.is_now(RoomState.CANCELLED, card=None)
    await desk.deliver(NoticeKind.CARD)
    assert desk.telegram.fields("sendPhoto") == []
    assert desk.waiting == []


async def test_a_letter_that_could_not_be_noted_is_not_sent_again(desk: Desk) -> None:
    letter = await desk.write(NoticeKind.CARD)
    desk.store.is_broken = True
    with pytest.raises(OSError, match="disk"):
        await desk.carry(letter)
    desk.store.is_broken = False
    await desk.carry(letter)
    assert len(desk.telegram.fields("sendPhoto")) == 1
    assert desk.card == 101


async def test_a_letter_that_was_not_sent_is_kept(desk: Desk) -> None:
    for error, answer in (
        (RetryAfter, refusal(429, "Too Many Requests: retry after 3", retry_after=3)),
        (NetworkError, refusal(502, "Bad Gateway")),
        (BadRequest, refusal(400, "Bad Request: chat not found")),
    ):
        desk.telegram.next("sendPhoto", answer)
        with pytest.raises(error):
            await desk.deliver(NoticeKind.CARD)
        assert desk.waiting == [NoticeKind.CARD]
        assert desk.card is None


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
        await records.rooms.remove(desk.room.id)
    await desk.carry(letter)
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
    assert desk.waiting == [NoticeKind.CARD, NoticeKind.REFRESH]


async def test_a_card_with_a_picture_changes_its_words_alone_while_the_picture_stays_true(desk: Desk) -> None:
    await desk.deliver(NoticeKind.CARD)
    assert desk.telegram.fields("sendPhoto")[0]["photo"][:2] == b"\xff\xd8", "a JPEG"
    await desk.deliver(NoticeKind.REFRESH)
    [edited] = desk.telegram.fields("editMessageCaption")
    assert edited["message_id"] == "101"
    assert desk.telegram.fields("editMessageMedia") == []


async def test_a_picture_that_is_not_true_any_more_is_drawn_anew_once(desk: Desk) -> None:
    await desk.is_now(RoomState.CANCELLED, card=7, picture="what it showed before")
    await desk.deliver(NoticeKind.REFRESH)
    await desk.deliver(NoticeKind.REFRESH)
    [edited] = desk.telegram.fields("editMessageMedia")
    assert "Cancelled." in edited["media"]
    assert len(desk.telegram.fields("editMessageCaption")) == 1


async def test_where_no_pictures_may_be_sent_the_card_is_words(desk: Desk) -> None:
    objection = "Bad Request: not enough rights to send photos to the chat"
    desk.telegram.next("sendPhoto", refusal(400, objection))
    await desk.deliver(NoticeKind.CARD)
    assert len(desk.telegram.fields("sendMessage")) == 1
    assert desk.card == 101
    await desk.deliver(NoticeKind.REFRESH)
    assert len(desk.telegram.fields("editMessageText")) == 1


async def test_a_card_that_somebody_deleted_is_let_go(desk: Desk) -> None:
    await desk.is_now(RoomState.LIVE)
    desk.telegram.next("editMessageText", refusal(400, "Bad Request: message to edit not found"))
    await desk.deliver(NoticeKind.REFRESH)
    assert desk.card is None
    assert desk.waiting == []


async def test_who_blocked_the_bot_is_not_written_to_again(desk: Desk) -> None:
    person = Person(PersonId(55), "Dora", None, "en")
    async with desk.store.writing() as records:
        await records.people.save(person)
    desk.telegram.next("sendMessage", refusal(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(Forbidden):
        await desk.carry(await desk.write(NoticeKind.REMINDER, chat=ChatId(55)))
    assert person.id not in desk.store.records.people.rows


async def test_quiet_hours_take_the_sound_from_the_group_and_not_from_people(desk: Desk) -> None:
    quiet = QuietHours(time(0), time(23, 59))
    async with desk.store.writing() as records:
        await records.groups.save(replace(CAREERS, quiet=quiet))
    await desk.carry(await desk.write(NoticeKind.REMINDER))
    await desk.carry(await desk.write(NoticeKind.REMINDER, chat=ChatId(55)))
    group, person = desk.telegram.fields("sendMessage")
    assert group["disable_notification"] == "true"
    assert person.get("disable_notification") != "true"


async def test_a_group_that_the_bot_has_left_is_told_nothing(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await records.groups.save(replace(CAREERS, is_present=False))
    await desk.deliver(NoticeKind.CARD)
    assert desk.telegram.fields("sendPhoto") == []


async def test_a_topic_of_its_own_is_made_before_the_card_and_the_card_stands_in_it(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await records.groups.save(replace(CAREERS, makes_threads=True))
    topic = {"message_thread_id": 77, "name": "Careers after 40", "icon_color": 7322096}
    desk.telegram.next("createForumTopic", web.json_response({"ok": True, "result": topic}))
    await desk.deliver(NoticeKind.CARD)
    assert desk.room.own_thread == 77
    assert desk.telegram.fields("sendPhoto")[0]["message_thread_id"] == "77"
    await desk.deliver(NoticeKind.THREAD_CLOSED)
    assert desk.telegram.fields("closeForumTopic")[0]["message_thread_id"] == "77"


async def test_a_group_without_topics_gets_its_card_all_the_same(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await records.groups.save(replace(CAREERS, makes_threads=True))
    desk.telegram.next("createForumTopic", refusal(400, "Bad Request: the chat is not a forum"))
    await desk.deliver(NoticeKind.CARD)
    assert desk.card == 101
    assert desk.room.own_thread is None


async def test_a_copy_of_the_card_has_only_what_needs_no_membership(desk: Desk) -> None:
    await desk.carry(await desk.write(NoticeKind.CARD, chat=ChatId(-100777)))
    [sent] = desk.telegram.fields("sendPhoto")
    assert (sent["chat_id"], "message_thread_id" in sent) == ("-100777", False)
    assert "/l/" in sent["reply_markup"]
    assert "callback_data" not in sent["reply_markup"]
    assert desk.card is None, "the card at home is another one"


async def test_the_operator_is_written_to_whether_a_talk_is_concerned_or_not(desk: Desk) -> None:
    await desk.carry(await desk.alarm("The relay account <relay> cannot work."))
    (sent,) = desk.telegram.fields("sendMessage")
    said = "⚠️ The relay account &lt;relay&gt; cannot work."
    assert (sent["chat_id"], sent["text"]) == (str(ADA.person), said)
    assert desk.waiting == []
