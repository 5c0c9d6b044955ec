"""The recurrence rule of RFC 5545: what it says, written in one form, and the days it unfolds into.

Days are unfolded here and not by dateutil, whose rules always count from their first day, and look until the
year 9999 when nothing fits. These begin wherever they are asked to, and end.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As RFC 5545 has them, in the order of `date.weekday()`."""


class Frequency(StrEnum):
    """How long the periods are that a rule counts."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Nth:
    """A weekday (0 is Monday) of a period: its `count`th, from the end when negative, or with 0 each."""

    count: int
    weekday: int

    def __str__(self) -> str:
        return f"{self.count or ''}{WEEKDAYS[self.weekday]}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What comes round, in the terms of RFC 5545, section 3.3.10; empty where nothing was said.

    `until` is naive local time, or aware UTC. Only `times` or `until` is set.
    """

    frequency: Frequency
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weekdays: tuple[Nth, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    times: int | None = None
    until: datetime | None = None
    _fits: tuple[Callable[[date], bool], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fits", tuple(self._filters()))

    def __str__(self) -> str:
        utc = "Z" if self.until and self.until.tzinfo else ""
        weeks_matter = self.frequency is Frequency.WEEKLY and (self.interval > 1 or self.positions)
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": self.interval if self.interval > 1 else "",
            "BYMONTH": _listed(self.months),
            "BYMONTHDAY": _listed(self.month_days),
            "BYYEARDAY": _listed(self.year_days),
            "BYDAY": _listed(self.weekdays),
            "BYSETPOS": _listed(self.positions),
            "WKST": WEEKDAYS[self.week_start] if weeks_matter and self.week_start else "",
            "COUNT": self.times or "",
            "UNTIL": f"{self.until:%Y%m%dT%H%M%S}{utc}" if self.until else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def with_days_of(self, first: date) -> "Rule":
        """The rule with what it leaves to its first day: the weekday, the day of the month, the month."""
        if self.month_days or self.year_days or self.weekdays or self.frequency is Frequency.DAILY:
            return self
        if self.frequency is Frequency.WEEKLY:
            return replace(self, weekdays=(Nth(0, first.weekday()),))
        months = self.months or ((first.month,) if self.frequency is Frequency.YEARLY else ())
        return replace(self, months=months, month_days=(first.day,))

    def days(self, first: date, since: date, until: date) -> Iterator[date]:
        """The days that fit, in order, from `since` to `until`; periods are counted from that of `first`.

        None before `first`, which itself is among them only if it fits. Without regard to the rule's own end.
        """
        begin, earliest = self._period(first), max(first, since)
        skipped = (self._period(earliest) - begin) // self.interval
        for number in range(begin + skipped * self.interval, self._period(until) + 1, self.interval):
            yield from (day for day in self._chosen(self._days_of(number)) if earliest <= day <= until)

    def _period(self, day: date) -> int:
        """The number of the period that holds the day."""
        if self.frequency is Frequency.DAILY:
            return day.toordinal()
        if self.frequency is Frequency.WEEKLY:
            return (day.toordinal() - 1 - self.week_start) // 7  # the first day of the calendar is a Monday
        return day.year * 12 + day.month - 1 if self.frequency is Frequency.MONTHLY else day.year

    def _days_of(self, number: int) -> Sequence[date]:
        """The days of a period, as far as the calendar goes."""
        if self.frequency is Frequency.DAILY:
            begin, length = number, 1
        elif self.frequency is Frequency.WEEKLY:
            begin, length = number * 7 + 1 + self.week_start, 7
        elif self.frequency is Frequency.YEARLY:
            begin, length = date(number, 1, 1).toordinal(), 365 + isleap(number)
        else:
            year, month = number // 12, number % 12 + 1
            begin, length = date(year, month, 1).toordinal(), monthrange(year, month)[1]
        ordinals = range(max(begin, date.min.toordinal()), min(begin + length - 1, date.max.toordinal()) + 1)
        return [date.fromordinal(ordinal) for ordinal in ordinals]

    def _chosen(self, period: Sequence[date]) -> Sequence[date]:
        days = [day for day in period if all(fits(day) for fits in self._fits)]
        if not self.positions:
            return days
        places = {place - 1 if place > 0 else len(days) + place for place in self.positions}
        return [day for place, day in enumerate(days) if place in places]

    def _filters(self) -> Iterator[Callable[[date], bool]]:
        months, month_days, year_days = set(self.months), set(self.month_days), set(self.year_days)
        if months:
            yield lambda day: day.month in months
        if month_days:
            yield lambda day: not month_days.isdisjoint(_places(day.day, monthrange(day.year, day.month)[1]))
        if year_days:
            yield lambda day: not year_days.isdisjoint(_places(_day_of_year(day), 365 + isleap(day.year)))
        if self.weekdays:
            yield self._is_weekday

    def _is_weekday(self, day: date) -> bool:
        counts = [one.count for one in self.weekdays if one.weekday == day.weekday()]
        if not counts or 0 in counts:
            return bool(counts)
        in_month = self.frequency is Frequency.MONTHLY or bool(self.months)
        place = day.day if in_month else _day_of_year(day)
        length = monthrange(day.year, day.month)[1] if in_month else 365 + isleap(day.year)
        return (place - 1) // 7 + 1 in counts or -((length - place) // 7 + 1) in counts


def _listed(values: Sequence[object]) -> str:
    return ",".join(map(str, values))


def _places(place: int, length: int) -> tuple[int, int]:
    """A place counted from the beginning and, below zero, from the end."""
    return place, place - length - 1


def _day_of_year(day: date) -> int:
    return (day - date(day.year, 1, 1) + timedelta(days=1)).days
