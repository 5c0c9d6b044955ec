"""Buttons, genuine and forged."""

import pytest

from rooms.room import RoomState
from tests.bot.forum import Forum

GONE = "This button does nothing any more. /rooms shows what is on."


@pytest.mark.parametrize(
    "data",
    ["", "x", "confirm", "confirm:", "confirm:-1", "confirm:1:2", "choose:5", "choose:999999999999999:60",
     "cancel:9999999999999999999999", "confirm:\uff11", "confirm:1\n", "drop table:1", "é" * 32],
)  # fmt: skip
async def test_data_that_no_button_carries_is_answered_politely(forum: Forum, data: str) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    answer = await forum.press(forum.ada, echo, data)
    assert (answer.text, answer.is_alert) == (GONE, True)


async def test_a_room_that_never_was_is_gone(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    for data in ("confirm:999999999999999999", "discard:77", "cancel:77"):
        assert "draft is gone" in (await forum.press(forum.ada, echo, data)).text


async def test_a_draft_cannot_be_cancelled_as_if_it_had_been_announced(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    draft = forum.rooms()[0]
    assert "draft is gone" in (await forum.press(forum.ada, echo, f"cancel:{draft.id}")).text
    assert forum.rooms() == [draft]
    await forum.tap(forum.ada, echo, "Confirm")
    assert forum.rooms()[0].state is RoomState.SCHEDULED


async def test_another_chat_s_room_is_out_of_reach(forum: Forum) -> None:
    room = await forum.schedule()
    elsewhere = forum.a_group("Elsewhere")
    draft = await forum.ask(forum.ada, "/schedule Draft | tomorrow 18:30", elsewhere)
    for data in (f"cancel:{room.id}", f"confirm:{room.id}", f"discard:{room.id}"):
        assert (await forum.press(forum.ada, draft, data)).text == GONE
    assert forum.rooms()[0].state is RoomState.SCHEDULED


async def test_buttons_under_a_private_message_do_nothing(forum: Forum) -> None:
    room = await forum.schedule()
    hello = await forum.ask(forum.daniele, "/start", forum.private(forum.daniele))
    for data in (f"cancel:{room.id}", f"confirm:{room.id}", "choose:1795600000:3600"):
        answer = await forum.press(forum.daniele, hello, data)
        assert answer.is_alert
    assert forum.rooms()[0].state is RoomState.SCHEDULED


async def test_a_choice_under_something_that_answers_no_schedule_asks_for_the_command(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/rooms")
    pressed = await forum.press(forum.ada, answer, "choose:1795600000:3600")
    assert "please send it again" in pressed.text
    assert forum.rooms() == []
