"""What reading a time may give: the moment meant, a question to ask back, or a refusal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from rooms.errors.refusal import Refusal
from rooms.recurrence import Recurrence


@dataclass(frozen=True)
class When:
    """A moment in the future (aware UTC), and the zone in which it was said."""

    instant: datetime
    zone: ZoneInfo


@dataclass(frozen=True)
class Every(When):
    """A series: the moment is that of its first occurrence."""

    recurrence: Recurrence

    @property
    def first(self) -> When:
        """The first occurrence, by itself."""
        return When(self.instant, self.zone)


class Doubt(StrEnum):
    """Why the words alone do not settle the moment."""

    MISSING_TIME = "missing_time"
    """A day, or a part of one, without an hour. No options."""
    MISSING_DAY = "missing_day"
    """A week or month without a day. No options."""
    AM_OR_PM = "am_or_pm"
    """An hour from 1 to 12 with nothing that settles which half of the day."""
    WHICH_WEEK = "which_week"
    """"Next Thursday", or today's weekday: this week or the one after."""
    WHICH_ORDER = "which_order"
    """3/4: the third of April or the fourth of March."""
    WHICH_DAY = "which_day"
    """An hour that has gone by today, or a day that is another one in the zone that was named."""
    WHICH_NIGHT = "which_night"
    """Midnight, or an hour after it: the night before or the night after the day."""
    DAY_OR_HOUR = "day_or_hour"
    """A number that may be a day of the month or an hour: "Friday 18", "10.12"."""
    PART_OF_DAY = "part_of_day"
    """The hour does not lie in the part of the day that was named: "16:00 in the morning"."""
    DOUBLED_HOUR = "doubled_hour"
    """The clock shows this hour twice, because summer time ends."""
    SKIPPED_HOUR = "skipped_hour"
    """The clock never shows this hour, because summer time begins; options: the hour before and after."""
    TWO_DAYS = "two_days"
    TWO_TIMES = "two_times"
    TWO_ZONES = "two_zones"
    WEEKDAY_MISMATCH = "weekday_mismatch"
    """The weekday is not that of the date; options: that date, and the next such weekday."""
    WHICH_RHYTHM = "which_rhythm"
    """How often a series comes round: "biweekly", "every third Thursday", "ogni 15 giorni". No options."""
    SHORT_MONTH = "short_month"
    """A series on a day that not every month or year has: the 31st, the 29th of February. No options."""


@dataclass(frozen=True)
class Question:
    """A doubt to be settled by the person: options are the candidates, soonest first, all in the future.

    About a series each of them is an `Every`.
    """

    kind: Doubt
    options: tuple[When, ...] = ()


class TimeNotUnderstood(Refusal):
    """The words are no time that we can read; `part` is the first piece that could not be placed."""

    def __init__(self, words: str, part: str = "") -> None:
        super().__init__(f"cannot read {part or words!r} in {words!r}")
        self.words = words
        self.part = part


class TimeImpossible(Refusal):
    """A date or an hour that no calendar and no clock shows: the 31st of November, 25:00, 13 pm."""

    def __init__(self, part: str) -> None:
        super().__init__(f"there is no {part}")
        self.part = part


class TimeInPast(Refusal):
    """The moment has gone by; `instant` (aware UTC) where the words name one."""

    def __init__(self, instant: datetime | None = None) -> None:
        super().__init__(f"{instant or 'that'} has gone by")
        self.instant = instant


class DurationNotUnderstood(Refusal):
    """The words are no length of time that we can read."""

    def __init__(self, words: str) -> None:
        super().__init__(f"cannot read {words!r} as a duration")
        self.words = words
