"""A card stands once, with its picture, and is changed in its place."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.card_pictures import mark_of
from bot.card_posting import change_card, post_card, unpin
from rooms.cards import Card
from rooms.ids import ChatId, MessageId
from rooms.room import RoomState
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal
from tests.bot.opened import opened
from tests.fakes.talks import CHAT, a_plan, a_room

OTHER = ChatId(-1001000000777)
PICTURE = b"\xff\xd8 and so on"


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        yield desk


def shown(picture: str | None, chat: ChatId = CHAT) -> Card:
    return Card(a_room().id, chat, MessageId(7), picture)


async def test_the_words_stand_under_the_picture_with_the_buttons(desk: Desk) -> None:
    letter = opened()
    card = await post_card(desk.bot, letter, PICTURE)
    assert card == Card(letter.room.id, CHAT, MessageId(101), mark_of(letter))
    [sent] = desk.telegram.fields("sendPhoto")
    assert sent["photo"][:2] == b"\xff\xd8"
    assert (sent["parse_mode"], sent["message_thread_id"]) == ("HTML", "7")
    assert sent["caption"].startswith("<b>Careers after 40</b>\n#careers")
    assert "callback_data" in sent["reply_markup"]


async def test_quiet_hours_make_it_silent(desk: Desk) -> None:
    await post_card(desk.bot, opened(is_silent=True), PICTURE)
    assert desk.telegram.fields("sendPhoto")[0]["disable_notification"] == "true"


@pytest.mark.parametrize(
    "objection",
    [
        "not enough rights to send photos to the chat",
        "CHAT_SEND_PHOTOS_FORBIDDEN",
        "PHOTO_INVALID_DIMENSIONS",
    ],
)
async def test_where_no_picture_may_stand_the_words_do(desk: Desk, objection: str) -> None:
    desk.telegram.next("sendPhoto", refusal(400, f"Bad Request: {objection}"))
    card = await post_card(desk.bot, opened(), PICTURE)
    assert (card.message, card.picture) == (101, None)
    assert desk.telegram.fields("sendMessage")[0]["text"].startswith("<b>Careers after 40</b>")


async def test_floods_and_other_objections_are_raised_and_nothing_else_is_sent(desk: Desk) -> None:
    for answer, error in (
        (refusal(429, "Too Many Requests: retry after 3", retry_after=3), RetryAfter),
        (refusal(400, "Bad Request: chat not found"), BadRequest),
        (refusal(400, "Bad Request: there is no photo in the request"), BadRequest),
    ):
        desk.telegram.next("sendPhoto", answer)
        with pytest.raises(error):
            await post_card(desk.bot, opened(), PICTURE)
    assert desk.telegram.fields("sendMessage") == []


async def test_the_longest_card_fits_under_its_picture(desk: Desk) -> None:
    plan = replace(
        a_plan("<&>" * 66), description="<&> " * 500, seats=10_000, language="de", host_name="x" * 128
    )
    await post_card(desk.bot, opened(room=a_room(plan=plan), coming=range(300)), PICTURE)
    caption = desk.telegram.fields("sendPhoto")[0]["caption"]
    visible = caption.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        visible = visible.replace(tag, "")
    assert len(visible) <= 1024


async def test_words_alone_are_changed_as_words(desk: Desk) -> None:
    letter = opened(coming=(1, 2))
    assert await change_card(desk.bot, desk.easel, letter, shown(None)) == shown(None)
    [edited] = desk.telegram.fields("editMessageText")
    assert "2 are coming" in edited["text"]
    assert desk.telegram.fields("editMessageCaption") == []


async def test_a_picture_that_is_still_true_is_not_sent_again(desk: Desk) -> None:
    letter = opened(coming=(1, 2))
    assert await change_card(desk.bot, desk.easel, letter, shown(mark_of(letter))) == shown(mark_of(letter))
    assert len(desk.telegram.fields("editMessageCaption")) == 1
    assert desk.telegram.fields("editMessageMedia") == []


async def test_a_picture_that_is_not_true_any_more_is_another_one(desk: Desk) -> None:
    letter = opened(room=a_room(RoomState.CANCELLED))
    changed = await change_card(desk.bot, desk.easel, letter, shown("before"))
    assert changed == shown(mark_of(letter))
    [edited] = desk.telegram.fields("editMessageMedia")
    assert "Cancelled." in edited["media"]


@pytest.mark.parametrize("picture", [None, "before"])
async def test_a_card_that_says_so_already_stands(desk: Desk, picture: str | None) -> None:
    method = "editMessageMedia" if picture else "editMessageText"
    desk.telegram.next(method, refusal(400, "Bad Request: message is not modified: specified new message"))
    assert await change_card(desk.bot, desk.easel, opened(), shown(picture)) is not None


@pytest.mark.parametrize(
    "objection", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
async def test_a_card_that_is_gone_is_none(desk: Desk, objection: str) -> None:
    desk.telegram.next("editMessageText", refusal(400, f"Bad Request: {objection}"))
    assert await change_card(desk.bot, desk.easel, opened(), shown(None)) is None


async def test_another_objection_to_a_change_is_raised(desk: Desk) -> None:
    desk.telegram.next("editMessageCaption", refusal(400, "Bad Request: something else"))
    letter = opened()
    with pytest.raises(BadRequest):
        await change_card(desk.bot, desk.easel, letter, shown(mark_of(letter)))


async def test_a_copy_is_changed_where_it_stands_without_members_buttons(desk: Desk) -> None:
    letter = opened(chat=OTHER)
    await change_card(desk.bot, desk.easel, letter, shown(mark_of(letter), OTHER))
    [edited] = desk.telegram.fields("editMessageCaption")
    assert edited["chat_id"] == str(OTHER)
    assert "callback_data" not in edited["reply_markup"]


@pytest.mark.parametrize(
    ("status", "objection"),
    [
        (400, "Bad Request: message to unpin not found"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
    ],
)
async def test_what_cannot_be_unpinned_is_let_be(desk: Desk, status: int, objection: str) -> None:
    desk.telegram.next("unpinChatMessage", refusal(status, objection))
    await unpin(desk.bot, shown(None))
    assert desk.telegram.fields("unpinChatMessage")[0]["message_id"] == "7"
