"""The parts a phrase is made of once its words are understood: days, clocks, spans, zones."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TypeVar

YEARS = range(1900, 2200)
"""Four figures that are rather a year, where a year may stand, than an hour."""


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
    """A day of the month; without `month` the next such day, or that of the month `months_ahead`."""

    day: int
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None

    def day_in(self, year: int, month: int) -> int | None:
        """Its number in that month, if the month has it."""
        return self.day if self.day <= monthrange(year, month)[1] else None


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
    """A week, or the month so many ahead, with no day in it."""

    week: Week | None = None
    months_ahead: int | None = None


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
class Either:
    """A piece that has two readings, of which the rest of the phrase may leave one."""

    readings: tuple["Part", "Part"]


Day = Ahead | Weekday | Dated | Nth | Orders | Vague
Part = Day | Clock | Attached | Span | Zoned | Either
Kept = TypeVar("Kept", Clock, Attached, Span, Zoned, Either)


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
