"""Days as they are said, to dates, seen from a Tuesday."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.times import Doubt, TimeImpossible
from bot.times.calendar_days import Almanac, Dates, together
from bot.times.parts import Ahead, Dated, Day, Nth, Orders, Span, Vague, Week, Weekday

TUESDAY = date(2026, 11, 24)
THURSDAY, FRIDAY, SUNDAY = 3, 4, 6


def _from(today: date, *, gone: bool = False, sunday_first: bool = False) -> Almanac:
    def is_ahead(day: date) -> bool:
        return day > today if gone else day >= today

    return Almanac(today, is_ahead, sunday_first)


def _one(dates: Dates) -> date:
    (only,) = dates.candidates
    assert dates.doubt is None
    return only


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Ahead(0), date(2026, 11, 24)),
        (Ahead(2), date(2026, 11, 26)),
        (Ahead(months=2), date(2027, 1, 24)),
        (Weekday(THURSDAY), date(2026, 11, 26)),
        (Weekday(THURSDAY, Week.THIS), date(2026, 11, 26)),
        (Weekday(THURSDAY, Week.OF_NEXT_WEEK), date(2026, 12, 3)),
        (Weekday(THURSDAY, Week.LATER), date(2026, 12, 3)),
        (Weekday(THURSDAY, Week.LATER, weeks=2), date(2026, 12, 10)),
        (Weekday(THURSDAY, Week.IN_WEEKS, weeks=2), date(2026, 12, 10)),
        (Weekday(1, Week.IN_WEEKS, weeks=2), date(2026, 12, 8)),
        (Weekday(1, Week.LAST), date(2026, 11, 17)),
        (Weekday(THURSDAY, Week.LAST), date(2026, 11, 19)),
        (Dated(3), date(2026, 12, 3)),
        (Dated(31), date(2026, 12, 31)),
        (Dated(3, months_ahead=0), date(2026, 11, 3)),
        (Dated(3, 1), date(2027, 1, 3)),
        (Dated(29, 2), date(2028, 2, 29)),
        (Dated(26, 11, 2025), date(2025, 11, 26)),
        (Nth(1, 0, 12), date(2026, 12, 7)),
        (Nth(-1, FRIDAY), date(2026, 11, 27)),
        (Nth(1, 0), date(2026, 12, 7)),
        (Nth(2, 1, months_ahead=1), date(2026, 12, 8)),
        (Nth(4, 0, 2, 2027), date(2027, 2, 22)),
    ],
)
def test_a_day_is_a_date(day: Day, expected: date) -> None:
    assert _one(_from(TUESDAY).dates([day])) == expected


def test_a_leap_day_is_found_across_a_century_without_one() -> None:
    assert _one(_from(date(2096, 3, 1)).dates([Dated(29, 2)])) == date(2104, 2, 29)


@pytest.mark.parametrize(
    "day", [Dated(30, 2), Dated(29, 2, 2027), Dated(31, months_ahead=0), Ahead(months=99_999)]
)
def test_days_that_no_calendar_has_are_impossible(day: Day) -> None:
    with pytest.raises(TimeImpossible):
        _from(TUESDAY).dates([day])


@pytest.mark.parametrize(
    ("days", "doubt"),
    [
        ([Weekday(1)], Doubt.WHICH_WEEK),
        ([Weekday(THURSDAY, Week.NEXT)], Doubt.WHICH_WEEK),
        ([Orders((Dated(3, 4), Dated(4, 3)))], Doubt.WHICH_ORDER),
        ([Ahead(1), Dated(26, 11)], Doubt.TWO_DAYS),
        ([Weekday(THURSDAY), Weekday(FRIDAY)], Doubt.TWO_DAYS),
        ([Weekday(0), Dated(26, 11)], Doubt.WEEKDAY_MISMATCH),
        ([Vague(Week.OF_NEXT_WEEK)], Doubt.MISSING_DAY),
        ([Vague(months_ahead=1), Weekday(THURSDAY)], Doubt.MISSING_DAY),
    ],
)
def test_days_in_doubt_say_why(days: list[Day], doubt: Doubt) -> None:
    assert _from(TUESDAY).dates(days).doubt is doubt


def test_days_that_agree_are_one() -> None:
    almanac = _from(TUESDAY)
    assert _one(almanac.dates([Weekday(THURSDAY), Dated(26, 11), Ahead(2)])) == date(2026, 11, 26)


def test_a_weekday_settles_the_order_of_a_date() -> None:
    order = Orders((Dated(3, 12), Dated(12, 3)))
    assert _one(_from(TUESDAY).dates([Weekday(THURSDAY), order])) == date(2026, 12, 3)


def test_a_date_that_is_today_with_its_hour_gone_is_in_doubt() -> None:
    dates = _from(TUESDAY, gone=True).dates([Dated(24, 11)])
    assert dates == Dates((date(2027, 11, 24),), Doubt.WHICH_DAY)


def test_a_week_or_month_said_apart_takes_in_its_day() -> None:
    almanac = _from(TUESDAY)
    assert _one(almanac.dates([Weekday(THURSDAY), Vague(Week.OF_NEXT_WEEK)])) == date(2026, 12, 3)
    assert _one(almanac.dates([Vague(months_ahead=1), Dated(3)])) == date(2026, 12, 3)


def test_weeks_that_begin_on_sunday_are_another_week_for_sundays() -> None:
    sunday = Weekday(SUNDAY, Week.OF_NEXT_WEEK)
    assert _one(_from(TUESDAY).dates([sunday])) == date(2026, 12, 6)
    both = _from(TUESDAY, sunday_first=True).dates([sunday])
    assert both == Dates((date(2026, 11, 29), date(2026, 12, 6)), Doubt.WHICH_WEEK)


def test_a_span_of_weeks_moves_a_weekday_and_any_other_span_is_a_day_itself() -> None:
    thursday = Weekday(THURSDAY)
    assert together([thursday], Span(days=14)) == (Weekday(THURSDAY, Week.IN_WEEKS, 2),)
    assert together([thursday], Span(days=3)) == (thursday, Ahead(3))
    assert together([], Span(days=14)) == (Ahead(14),)


@pytest.mark.parametrize(
    "almanac", [_from, lambda today: _from(today, sunday_first=True)], ids=["monday first", "sunday first"]
)
@settings(deadline=None)
@given(today=st.dates(date(2000, 1, 1), date(2100, 1, 1)), weekday=st.integers(0, 6))
def test_weekdays_are_that_weekday_and_near(
    almanac: Callable[[date], Almanac], today: date, weekday: int
) -> None:
    for week in Week:
        for candidate in almanac(today).dates([Weekday(weekday, week)]).candidates:
            assert candidate.weekday() == weekday
            assert abs(candidate - today) <= timedelta(days=20)
            assert (candidate < today) <= (week in (Week.LAST, Week.OF_THIS_WEEK))
