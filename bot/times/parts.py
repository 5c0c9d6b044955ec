"""The parts a phrase is made of once its words are understood: days, clocks, spans, zones."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TypeVar

YEARS = range(1960, 2200)
"""Four figures that are rather a year, where a year may stand, than an hour; no clock shows 1960."""


LAST_DAY = -1
"""Of a month, in `Dated`."""


class Daypart(Enum):
    """A part of the day, by the hours that it holds."""

    MORNING = frozenset(range(1, 12))
    LUNCH = frozenset(range(11, 16))
    AFTERNOON = frozenset(range(12, 20))
    EVENING = frozenset(range(17, 24))
    NIGHT = frozenset({*range(19, 24), *range(6)})


class Face(Enum):
    """How an hour was said."""

    EXACT = "on the 24-hour clock, or settled by am or pm"
    TWELVE = "on the 12-hour face, with nothing that settles the half of the day"
    MIDNIGHT = "by the name of midnight, which is at both ends of a day"


@dataclass(frozen=True)
class Clock:
    """An hour of the day; `part` is the part of the day said with it ("9 in the evening")."""

    hour: int
    minute: int
    face: Face
    part: Daypart | None = None


@dataclass(frozen=True)
class Attached:
    """A part of the day said with the day ("tomorrow evening"), not with the hour."""

    part: Daypart


@dataclass(frozen=True)
class Ahead:
    """So many days or months from today (negative: before it)."""

    days: int = 0
    months: int = 0


class Week(Enum):
    """Which of the many Thursdays."""

    NEAREST = "Thursday"
    THIS = "this Thursday"
    NEXT = "next Thursday"
    LAST = "last Thursday"
    OF_THIS_WEEK = "Thursday of this week"
    OF_NEXT_WEEK = "Thursday of next week"
    LATER = "Thursday week"
    IN_WEEKS = "Thursday in two weeks"


@dataclass(frozen=True)
class Weekday:
    """A day of the week, 0 for Monday; `weeks` counts those that were said to lie between."""

    day: int
    week: Week = Week.NEAREST
    weeks: int = 1


@dataclass(frozen=True)
class Dated:
    """A day of the month, or its last; without `month` the next such, or that of the month `months_ahead`.

    Without `year` the next such date, or that of the year `years_ahead`.
    """

    day: int
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None
    years_ahead: int | None = None

    def day_in(self, year: int, month: int) -> int | None:
        """Its number in that month, if the month has it."""
        length = monthrange(year, month)[1]
        return length if self.day == LAST_DAY else self.day if self.day <= length else None


def in_figures(*fields: int | None) -> str:
    """A date as it is quoted: its day, its month and its year, as far as they were said."""
    return "/".join(str(field) for field in fields if field is not None)


@dataclass(frozen=True)
class Nth:
    """The third Thursday of a month, or the last (`count` -1); the month as in `Dated`."""

    count: int
    weekday: int
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None

    def day_in(self, year: int, month: int) -> int | None:
        """Its number in that month, if the month has it."""
        first, length = monthrange(year, month)
        days = range(1 + (self.weekday - first) % 7, length + 1, 7)
        return days[self.count if self.count < 0 else self.count - 1] if self.count <= len(days) else None


@dataclass(frozen=True)
class Orders:
    """A date in digits that may be read as day/month or as month/day."""

    readings: tuple[Dated, Dated]


@dataclass(frozen=True)
class Vague:
    """A week, or the month or year so many ahead, with no day in it."""

    week: Week | None = None
    months_ahead: int | None = None
    years_ahead: int | None = None


@dataclass(frozen=True)
class Span:
    """A length of time from now: calendar months and days, and elapsed time."""

    months: int = 0
    days: int = 0
    elapsed: timedelta = timedelta(0)


@dataclass(frozen=True)
class Zoned:
    """The zone in which the rest was said, by its key in the time zone database."""

    key: str


@dataclass(frozen=True)
class Rhythm:
    """What comes round, in terms of RFC 5545: `by` are the parts of the rule that name days, if any do.

    `interval` is 0 where words may mean more than one ("biweekly"). `is_rule` when it was written so.
    """

    frequency: str
    interval: int = 1
    by: str = ""
    is_rule: bool = False

    @property
    def rule(self) -> str:
        """The rule of RFC 5545."""
        return f"FREQ={self.frequency};INTERVAL={self.interval}{';' if self.by else ''}{self.by}"

    @property
    def needs_day(self) -> bool:
        """Whether it must be said on which day it is, or begins."""
        return self.frequency != "DAILY" and not any(name in self.by for name in ("DAY=", "YEARDAY="))


class Bound(Enum):
    """Which end of a series the days that follow are."""

    FROM = "from"
    UNTIL = "until"


@dataclass(frozen=True)
class SomeMonth:
    """A month as the end, or the beginning, of a series: all of it belongs to it."""

    month: int
    year: int | None = None


@dataclass(frozen=True)
class Times:
    """How many times a series comes round."""

    count: int


@dataclass(frozen=True)
class Lasting:
    """How long a series goes on, from its first occurrence."""

    span: Span


@dataclass(frozen=True)
class Either:
    """A piece that has two readings, of which the rest of the phrase may leave one."""

    readings: tuple["Part", "Part"]


Day = Ahead | Weekday | Dated | Nth | Orders | Vague
OfSeries = Rhythm | Bound | SomeMonth | Times | Lasting
Part = Day | Clock | Attached | Span | Zoned | OfSeries | Either
Kept = TypeVar("Kept", Clock, Attached, Span, Zoned, Rhythm, Times, Lasting, Either)


@dataclass(frozen=True)
class Phrase:
    """One way to read all the words; `joined` when an "and", "or" or "to" stands between two of its parts."""

    parts: tuple[Part, ...]
    joined: bool = False

    def of(self, kind: type[Kept]) -> tuple[Kept, ...]:
        """The parts of one type, each once, in the order of the words."""
        return tuple(dict.fromkeys(part for part in self.parts if isinstance(part, kind)))

    @property
    def days(self) -> tuple[Day, ...]:
        """The days that were said, each once, in the order of the words."""
        return tuple(dict.fromkeys(part for part in self.parts if isinstance(part, Day)))
