"""What buttons carry."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import LIMIT, button, mark, pack, unpack
from bot.card_keys import AnswerInvitation, Come
from bot.customs.settings import Put, Show
from bot.errors import ButtonUnknown
from bot.moderating import Pardon
from bot.scheduling import Choose, Confirm, Discard
from rooms.ids import PersonId, RoomId

LAST = RoomId(10**18 - 1)


class Colour(StrEnum):
    RED = "red"


@button("test")
@dataclass(frozen=True, slots=True)
class Everything:
    number: int
    colour: Colour
    at: datetime
    length: timedelta
    is_sure: bool
    word: str


@pytest.mark.parametrize(
    "pressed",
    [
        Confirm(RoomId(1)),
        Discard(RoomId(12)),
        Come(LAST),
        AnswerInvitation(LAST, accepts=False),
        Pardon(PersonId(5_000_000_000), is_listed=True),
        Show("all"),
        Put("zone", "America/Argentina/Buenos_Aires"),
        Choose(datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC), 12, PersonId(0)),
        Choose(datetime(9999, 12, 31, tzinfo=UTC), 2**32 - 1, PersonId(2**52 - 1)),
        Everything(-7, Colour.RED, datetime(2026, 3, 1, tzinfo=UTC), timedelta(seconds=5), True, "set.it"),
    ],
)
def test_a_button_comes_back_as_it_was_and_leaves_room_for_its_seal(pressed: object) -> None:
    data = pack(pressed)
    assert unpack(data) == pressed
    assert len(data.encode()) <= LIMIT


@given(st.text(max_size=64))
def test_whatever_else_comes_is_unknown_and_nothing_worse(data: str) -> None:
    try:
        pressed = unpack(data)
    except ButtonUnknown:
        return
    assert unpack(pack(pressed)) == pressed


@pytest.mark.parametrize(
    "data",
    ["", "yes", "yes:", "yes:1 ", "yes:1:2", "yes:1.5", "yes:\uff11", "at:1:", "at::1",
     "at:999999999999999999:1", "cast:1:2", "cast:1:-5", "test:1:blue:0:0:1:x",
     "test:1:red:0:0:1:two words", "nothing:1"],
)  # fmt: skip
def test_malformed_data_is_unknown(data: str) -> None:
    with pytest.raises(ButtonUnknown):
        unpack(data)


def test_a_button_that_says_too_much_is_a_bug() -> None:
    with pytest.raises(ValueError, match="too long"):
        pack(Put("x" * 40, "y" * 40))


def test_two_kinds_of_buttons_never_share_a_tag() -> None:
    with pytest.raises(ValueError, match="tagged"):
        button("yes")(Colour)


def test_a_mark_stands_for_any_text_in_a_word_that_a_button_carries() -> None:
    assert mark("ж" * 32) == mark("ж" * 32) != mark("ж" * 31)
    assert re.fullmatch(r"[0-9a-f]{10}", mark("any: text"))
