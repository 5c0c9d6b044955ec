"""Hours as they are said, to hours of the clock."""

from datetime import date

import pytest

from bot.times import Doubt, TimeImpossible
from bot.times.hours import Hour, hours
from bot.times.parts import Clock, Daypart, Face

MORNING, AFTERNOON, EVENING, NIGHT = Daypart.MORNING, Daypart.AFTERNOON, Daypart.EVENING, Daypart.NIGHT


def _said(hour: int, minute: int = 0, part: Daypart | None = None) -> Clock:
    return Clock(hour, minute, Face.TWELVE if 1 <= hour <= 12 else Face.EXACT, part)


@pytest.mark.parametrize(
    ("clock", "parts", "expected"),
    [
        (_said(18, 30), [], Hour(18, 30)),
        (_said(9), [EVENING], Hour(21, 0)),
        (_said(9), [MORNING], Hour(9, 0)),
        (_said(3), [AFTERNOON], Hour(15, 0)),
        (_said(12, 30), [AFTERNOON], Hour(12, 30)),
        (_said(9, part=EVENING), [], Hour(21, 0)),
        (_said(2, part=NIGHT), [], Hour(2, 0)),
        (_said(11, part=NIGHT), [], Hour(23, 0)),
        (_said(9, part=EVENING), [EVENING], Hour(21, 0)),
        (_said(21), [EVENING], Hour(21, 0)),
    ],
)
def test_parts_of_the_day_settle_an_hour(clock: Clock, parts: list[Daypart], expected: Hour) -> None:
    read = hours(clock, parts)
    assert (read.choices, read.doubt) == ((expected,), None)


@pytest.mark.parametrize(
    ("clock", "parts", "doubt"),
    [
        (_said(9), [], Doubt.AM_OR_PM),
        (_said(12), [], Doubt.AM_OR_PM),
        (_said(4), [EVENING], Doubt.AM_OR_PM),
        (_said(2), [NIGHT], Doubt.WHICH_NIGHT),
        (_said(12), [EVENING], Doubt.WHICH_NIGHT),
        (Clock(0, 0, Face.MIDNIGHT), [], Doubt.WHICH_NIGHT),
        (_said(16), [MORNING], Doubt.PART_OF_DAY),
        (_said(9, part=MORNING), [EVENING], Doubt.PART_OF_DAY),
    ],
)
def test_hours_in_doubt_say_why(clock: Clock, parts: list[Daypart], doubt: Doubt) -> None:
    assert hours(clock, parts).doubt is doubt


def test_small_hours_of_a_night_are_at_both_its_ends() -> None:
    assert hours(_said(2), [NIGHT]).choices == (Hour(2, 0), Hour(2, 0, days=1))


def test_an_hour_lies_on_its_day_or_the_next() -> None:
    day = date(2026, 12, 31)
    assert Hour(18, 30).on(day).isoformat() == "2026-12-31T18:30:00"
    assert Hour(0, 0, days=1).on(day).isoformat() == "2027-01-01T00:00:00"
    with pytest.raises(TimeImpossible):
        Hour(0, 0, days=1).on(date.max)
