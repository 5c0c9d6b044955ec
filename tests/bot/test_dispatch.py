"""Commands and buttons find their feature; forged and old buttons find none."""

import pytest

from bot.callbacks import pack
from bot.card_keys import Come
from bot.minding import Cancel
from bot.scheduling import Choose, Confirm, Discard
from bot.seals import Seal
from rooms.ids import PersonId, RoomId
from rooms.room import RoomState
from sandbox.world.entities import Chat, Membership, Status
from tests.bot.forum import TOKEN, Forum
from tests.bot.sounds.records import a_file

GONE = "This button does nothing any more. /rooms shows what is on."
SEAL = Seal(TOKEN)


def sealed(button: object, chat: Chat) -> str:
    """The data of a button as the bot would have made it for the chat."""
    return SEAL.close(pack(button), chat.id)


@pytest.mark.parametrize(
    "data",
    ["", "x", "yes:1", "AAAAAAAAyes:1", "yes:", "at:5", "cancel:9999999999999999999999", "yes:\uff11",
     "drop table:1", "é" * 32],
)  # fmt: skip
async def test_data_that_the_bot_never_sealed_is_answered_politely(forum: Forum, data: str) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    answer = await forum.press(forum.ada, echo, data)
    assert (answer.text, answer.is_alert) == (GONE, True)
    assert forum.rooms()[0].state is RoomState.DRAFT


async def test_a_button_of_another_chat_is_none(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    elsewhere = forum.a_group("Elsewhere")
    other = await forum.ask(forum.ada, "/schedule Other | tomorrow 18:30", elsewhere)
    stolen = echo.keyboard[0][0]["callback_data"] if echo.keyboard else ""
    assert (await forum.press(forum.ada, other, stolen)).text == GONE
    assert {room.state for room in forum.rooms()} == {RoomState.DRAFT}


async def test_a_room_that_never_was_is_gone(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    for button in (Confirm(RoomId(10**17)), Discard(RoomId(77)), Cancel(RoomId(77)), Come(RoomId(77))):
        assert "gone" in (await forum.press(forum.ada, echo, sealed(button, forum.group))).text


async def test_a_draft_cannot_be_cancelled_as_if_it_had_been_announced(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    draft = forum.rooms()[0]
    assert "gone" in (await forum.press(forum.ada, echo, sealed(Cancel(draft.id), forum.group))).text
    assert forum.rooms() == [draft]
    await forum.tap(forum.ada, echo, "Confirm")
    assert forum.rooms()[0].state is RoomState.SCHEDULED


async def test_another_chat_s_room_is_out_of_reach(forum: Forum) -> None:
    room = await forum.schedule()
    elsewhere = forum.a_group("Elsewhere")
    draft = await forum.ask(forum.ada, "/schedule Draft | tomorrow 18:30", elsewhere)
    for button in (Cancel(room.id), Confirm(room.id), Discard(room.id), Come(room.id)):
        assert (await forum.press(forum.ada, draft, sealed(button, elsewhere))).text == GONE
    assert forum.rooms()[0].state is RoomState.SCHEDULED


async def test_a_choice_under_something_that_answers_no_schedule_asks_for_the_command(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/rooms")
    choice = Choose(forum.clock.now(), 0, PersonId(0))
    pressed = await forum.press(forum.ada, answer, sealed(choice, forum.group))
    assert "please send it again" in pressed.text
    assert forum.rooms() == []


async def test_who_writes_as_the_group_confirms_by_a_button_and_the_command_is_theirs(forum: Forum) -> None:
    forum.group.members[forum.bruno] = Membership(forum.bruno, Status.ADMINISTRATOR, is_anonymous=True)
    said = forum.say(forum.bruno, "/schedule Careers | tomorrow 18:30", sender_chat=forum.group.id)
    asked = await forum.reply_to(said)
    assert "cannot tell who you are" in asked.text
    assert "everybody sees it on the announcement" in asked.text
    await forum.tap(forum.bruno, asked, "It is me")
    await forum.heard("Shall I announce it?")
    assert forum.rooms()[0].plan.host == forum.bruno


async def test_a_member_cannot_confirm_an_admin_s_anonymous_command(forum: Forum) -> None:
    said = forum.say(forum.bruno, "/schedule Careers | tomorrow 18:30", sender_chat=forum.group.id)
    asked = await forum.reply_to(said)
    pressed = await forum.tap(forum.chiara, asked, "It is me")
    assert "Only admins" in pressed.text
    assert forum.rooms() == []
    await forum.tap(forum.bruno, asked, "It is me")  # whose button nobody else can take away
    await forum.heard("Shall I announce it?")


async def test_harmless_commands_need_no_name(forum: Forum) -> None:
    for command in ("/rooms", "/help"):
        said = forum.say(forum.bruno, command, sender_chat=forum.group.id)
        assert "cannot tell who you are" not in (await forum.reply_to(said)).text


async def test_a_command_for_another_bot_is_not_ours(forum: Forum) -> None:
    forum.say(forum.ada, "/rooms@another_bot")
    answered = await forum.ask(forum.ada, "/rooms@loggione_bot")
    assert len([one for one in forum.group.messages.values() if one.sender == forum.bot]) == 1
    assert "Nothing is on the programme" in answered.text


async def test_a_command_that_nobody_knows_is_answered_where_it_is_meant_for_us(forum: Forum) -> None:
    forum.say(forum.ada, "/dance")
    assert "/help" in (await forum.ask(forum.ada, "/dance@loggione_bot")).text
    assert "/help" in (await forum.ask(forum.ada, "what?", forum.private(forum.ada))).text
    assert len([one for one in forum.group.messages.values() if one.sender == forum.bot]) == 1


async def test_a_command_may_be_the_caption_of_a_file(forum: Forum) -> None:
    photo = a_file(forum, "document", "poster.pdf", "application/pdf")
    answer = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30", media=photo)
    assert "Careers" in answer.text
    assert forum.rooms()


async def test_a_caption_for_another_bot_is_left_alone(forum: Forum) -> None:
    photo = a_file(forum, "document", "poster.pdf", "application/pdf")
    forum.say(forum.ada, "/schedule@another_bot Careers | tomorrow 18:30", media=photo)
    await forum.ask(forum.ada, "/rooms")
    assert forum.rooms() == []


async def test_a_forwarded_command_is_none_and_forwarded_words_are_not_answered(forum: Forum) -> None:
    origin = {"type": "user", "date": 1, "sender_user": forum.chiara}
    private = forum.private(forum.ada)
    forum.say(forum.ada, "/schedule Careers | tomorrow 18:30", origin=origin)
    forum.say(forum.ada, "/play", media=a_file(forum, "audio", "song.mp3", "audio/mpeg"), origin=origin)
    said = forum.say(forum.ada, "look at that", private, origin=origin)
    answer = await forum.ask(forum.ada, "/help", private)
    assert [message for message in private.messages.values() if message.id > said.id][-1] == answer
    assert len([m for m in private.messages.values() if m.sender == forum.bot]) == 1
    assert not [m for m in forum.group.messages.values() if m.sender == forum.bot]
    assert forum.rooms() == []
