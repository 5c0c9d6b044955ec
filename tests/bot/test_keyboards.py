"""The buttons under messages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from telegram import InlineKeyboardMarkup

from bot import keyboards
from bot.times import When
from rooms.ids import RoomId
from rooms.room import Room, RoomState
from tests.bot.forum import PUBLIC_URL, ROME
from tests.bot.speeches import ENGLISH
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import HOUR, a_plan

ROOM = Room(RoomId(1), a_plan(), RoomState.SCHEDULED, "the-key")


def urls(keyboard: InlineKeyboardMarkup | None) -> list[str | None]:
    return [button.url for row in keyboard.inline_keyboard for button in row] if keyboard else []


def test_the_way_in_leads_to_room_and_programme() -> None:
    keyboard = keyboards.listening(ROOM, CAREERS, PUBLIC_URL, ENGLISH.words)
    assert urls(keyboard) == [f"{PUBLIC_URL}/l/the-key", f"{PUBLIC_URL}/g/programme-of-careers"]


@pytest.mark.parametrize("state", [RoomState.CLOSING, RoomState.ENDED, RoomState.CANCELLED, RoomState.MISSED])
def test_where_nothing_is_to_be_heard_only_the_programme_is_left(state: RoomState) -> None:
    room = replace(ROOM, state=state)
    assert urls(keyboards.listening(room, CAREERS, PUBLIC_URL, ENGLISH.words)) == [
        f"{PUBLIC_URL}/g/programme-of-careers"
    ]
    assert keyboards.listening(room, None, PUBLIC_URL, ENGLISH.words) is None


def test_lists_of_choices_stay_short() -> None:
    options = [When(NOON + number * HOUR, ROME) for number in range(50)]
    choices = keyboards.choosing(options, timedelta(hours=1), ENGLISH)
    assert choices is not None
    assert len(choices.inline_keyboard) == keyboards.MOST
    assert keyboards.choosing([], timedelta(hours=1), ENGLISH) is None
    assert len(keyboards.cancelling([ROOM] * 50, ENGLISH).inline_keyboard) == keyboards.MOST
