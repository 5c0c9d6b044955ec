"""Doubt: silence counts as far as the line stood for certain, and no further."""

import pytest

from voice.mixing.units import SLOT
from voice.studio.doubt import LONGEST, Doubt


class Line:
    """A doubt about a line of which it is known until which slot it stood."""

    def __init__(self) -> None:
        self.stood = 0
        self.doubt = Doubt()
        self.doubt.stood = lambda: self.stood * SLOT
        self._slot = 0

    def go_on(self, number: int = 1, *, voice: bool = False, own: bool = False) -> None:
        """So many slots go by in which somebody speaks, the house plays, or nothing is heard."""
        for slot in range(self._slot, self._slot + number):
            self.doubt.follow(slot, is_voiced=voice, is_silent=not voice and not own)
        self._slot += number


@pytest.fixture
def line() -> Line:
    return Line()


def test_the_gap_begins_where_the_line_last_stood(line: Line) -> None:
    line.go_on(10)
    line.stood = 4
    line.go_on(10)
    assert line.doubt.lose() == [(4, 16)]
    assert line.doubt.lose() == []


def test_a_voice_proves_all_before_it(line: Line) -> None:
    line.go_on(10)
    line.go_on(voice=True)
    line.go_on(5)
    assert line.doubt.lose() == [(11, 5)]


def test_what_is_certain_is_no_gap(line: Line) -> None:
    line.go_on(10)
    line.stood = 100
    line.go_on()
    assert line.doubt.lose() == []


def test_what_the_house_plays_is_heard_though_it_proves_nothing(line: Line) -> None:
    line.go_on(3)
    line.go_on(4, own=True)
    line.go_on(2)
    assert line.doubt.lose() == [(0, 3), (7, 2)]


def test_slots_that_were_missed_divide_gaps(line: Line) -> None:
    for slot in (1, 2, 5, 6, 7):
        line.doubt.follow(slot, is_voiced=False, is_silent=True)
    assert line.doubt.lose() == [(1, 2), (5, 3)]


def test_doubt_does_not_grow_for_ever(line: Line) -> None:
    line.go_on(LONGEST + 10)
    assert line.doubt.lose() == [(10, LONGEST)]


def test_who_knows_nothing_of_lines_doubts_nothing() -> None:
    doubt = Doubt()
    doubt.follow(0, is_voiced=False, is_silent=True)
    assert doubt.lose() == []
