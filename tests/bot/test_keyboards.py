"""The buttons under messages."""

from dataclasses import replace

import pytest
from telegram import InlineKeyboardMarkup

from bot import keyboards
from bot.card_keys import Come
from rooms.plan import Admission
from rooms.room import RoomState
from tests.bot.forum import PUBLIC_URL
from tests.bot.speeches import ENGLISH
from tests.fakes.groups import CAREERS
from tests.fakes.talks import a_plan, a_room

WORDS = ENGLISH.words


def urls(keyboard: InlineKeyboardMarkup | None) -> list[str | None]:
    return [button.url for row in keyboard.inline_keyboard for button in row] if keyboard else []


def test_the_way_in_leads_to_room_and_programme() -> None:
    keyboard = keyboards.ways_in(a_room(), CAREERS, PUBLIC_URL, WORDS)
    assert urls(keyboard) == [f"{PUBLIC_URL}/l/the-key", f"{PUBLIC_URL}/g/programme-of-careers"]


@pytest.mark.parametrize("state", [RoomState.CLOSING, RoomState.ENDED, RoomState.CANCELLED, RoomState.MISSED])
def test_where_nothing_is_to_be_heard_only_the_programme_is_left(state: RoomState) -> None:
    room = a_room(state)
    assert urls(keyboards.ways_in(room, CAREERS, PUBLIC_URL, WORDS)) == [
        f"{PUBLIC_URL}/g/programme-of-careers"
    ]
    assert keyboards.ways_in(room, None, PUBLIC_URL, WORDS) is None


def test_who_may_not_listen_by_the_link_is_not_shown_it() -> None:
    for admission in (Admission.MEMBERS, Admission.INVITED):
        assert (
            keyboards.listening(a_room(plan=replace(a_plan(), admission=admission)), PUBLIC_URL, WORDS)
            is None
        )


def test_rows_without_buttons_are_left_out_and_lists_stay_short() -> None:
    come = keyboards.key("Come", Come(a_room().id))
    made = keyboards.rows([], [come, come], [])
    assert made is not None
    assert [len(row) for row in made.inline_keyboard] == [2]
    assert keyboards.rows([], []) is None
    column = keyboards.column([come] * 50)
    assert column is not None
    assert len(column.inline_keyboard) == keyboards.MOST


def test_the_invitation_into_a_group_asks_for_the_rights_that_are_used() -> None:
    assert urls(keyboards.inviting("loggione_bot", WORDS)) == [
        "https://t.me/loggione_bot?startgroup=hello&admin=pin_messages+manage_topics"
    ]
