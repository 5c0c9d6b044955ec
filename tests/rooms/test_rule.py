"""The days of a rule: those that dateutil finds, from wherever one begins to look."""

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rooms.rule import Frequency, Nth, Rule
from rooms.rule_reading import read_rule_text

FIRST = date(2026, 11, 26)
FIVE_YEARS = timedelta(days=5 * 365)

_WEEKDAYS = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)
_MONTHS = st.lists(st.integers(1, 12), max_size=3, unique=True).map(tuple)
_MONTH_DAYS = st.lists(st.sampled_from([1, 2, 13, 28, 29, 30, 31, -1, -2, -31]), max_size=3, unique=True)


def _plain(days: list[int]) -> tuple[Nth, ...]:
    return tuple(Nth(0, day) for day in sorted(days))


def _counted(days: list[int], counts: list[int]) -> tuple[Nth, ...]:
    return tuple(Nth(count, day) for day in days for count in counts)


_NTHS = st.builds(
    _counted, _WEEKDAYS, st.lists(st.sampled_from([1, 2, 4, 5, -1, -5]), min_size=1, max_size=2, unique=True)
)
_POSITIONS = st.sampled_from([(), (1,), (-1,), (2, -2)])
_INTERVALS = st.integers(1, 4)
RULES = st.one_of(
    st.builds(
        Rule,
        st.just(Frequency.DAILY),
        _INTERVALS,
        months=_MONTHS,
        month_days=_MONTH_DAYS.map(tuple),
        weekdays=st.just(()) | _WEEKDAYS.map(_plain),
    ),
    st.builds(
        Rule,
        st.just(Frequency.WEEKLY),
        _INTERVALS,
        months=_MONTHS,
        weekdays=_WEEKDAYS.map(_plain),
        positions=_POSITIONS,
        week_start=st.sampled_from([0, 6, 3]),
    ),
    st.builds(
        Rule,
        st.sampled_from([Frequency.MONTHLY, Frequency.YEARLY]),
        _INTERVALS,
        months=_MONTHS,
        month_days=_MONTH_DAYS.map(tuple),
        weekdays=_WEEKDAYS.map(_plain) | _NTHS,
        positions=_POSITIONS,
    ),
    st.builds(
        Rule,
        st.just(Frequency.YEARLY),
        _INTERVALS,
        year_days=st.sampled_from([(1, 100, 200), (366,), (-1,), (60, -306)]),
    ),
)


@settings(deadline=None, max_examples=200)
@given(rule=RULES, first=st.dates(date(2023, 1, 1), date(2030, 1, 1)))
@example(rule=Rule(Frequency.MONTHLY, month_days=(31,)), first=date(2027, 1, 31))
@example(rule=Rule(Frequency.WEEKLY, 2, weekdays=_plain([0, 6]), week_start=6), first=FIRST)
def test_days_are_those_that_dateutil_finds(rule: Rule, first: date) -> None:
    if rule.positions:  # dateutil takes no heed of the days of a week that lie before the first
        first -= timedelta(days=(first.weekday() - rule.week_start) % 7)
    days = list(rule.days(first, first, first + FIVE_YEARS))
    # Only as many as were found, because dateutil would look for the next until the year 9999.
    found = islice(rrulestr(str(rule), dtstart=datetime.combine(first, time())), len(days))
    assert days == [day.date() for day in found]


@given(rule=RULES, first=st.dates(date(2023, 1, 1), date(2030, 1, 1)), after=st.integers(0, 1500))
def test_one_may_begin_to_look_anywhere(rule: Rule, first: date, after: int) -> None:
    since, until = first + timedelta(days=after), first + FIVE_YEARS
    assert list(rule.days(first, since, until)) == [
        day for day in rule.days(first, first, until) if day >= since
    ]


@given(rule=RULES)
def test_a_rule_is_read_back_from_its_text(rule: Rule) -> None:
    text = str(read_rule_text(str(rule)))
    assert str(read_rule_text(text)) == text


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TH"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=26"),
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=26"),
        ("FREQ=YEARLY;BYMONTH=5", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=26"),
        ("FREQ=YEARLY;BYDAY=TH", "FREQ=YEARLY;BYDAY=TH"),
    ],
)
def test_what_a_rule_leaves_open_is_taken_from_the_first_day(text: str, full: str) -> None:
    assert str(read_rule_text(text).with_days_of(FIRST)) == full


@pytest.mark.parametrize("frequency", ["DAILY", "MONTHLY", "YEARLY"])
def test_a_rule_that_no_day_fits_ends(frequency: str) -> None:
    rule = read_rule_text(f"FREQ={frequency};BYMONTH=2;BYMONTHDAY=31")
    assert list(rule.days(FIRST, FIRST, FIRST + FIVE_YEARS)) == []


def test_the_calendar_ends_and_so_do_the_days() -> None:
    for frequency in Frequency:
        rule = Rule(frequency).with_days_of(date.max)
        assert list(rule.days(FIRST, date(9999, 12, 30), date.max))[-1] == date.max


def test_several_places_of_weekdays_go_beside_plain_ones() -> None:
    rule = read_rule_text("FREQ=MONTHLY;BYDAY=1MO,TH")
    days = rule.days(FIRST, date(2027, 2, 1), date(2027, 2, 28))
    assert [day.day for day in days] == [1, 4, 11, 18, 25]
