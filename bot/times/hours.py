"""An hour as it was said to the hours it may mean: halves of the day, parts of the day, midnight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.times.answers import Doubt, TimeImpossible
from bot.times.parts import Clock, Daypart, Face

SMALL_HOURS = range(6)
"""Hours that belong to the night before as much as to the day they begin."""
_LATE = (Daypart.EVENING, Daypart.NIGHT)


@dataclass(frozen=True)
class Hour:
    """An hour of the 24-hour clock, `days` after the day that was said."""

    hour: int
    minute: int
    days: int = 0

    def on(self, day: date) -> datetime:
        """The naive local time on `day`. Raises TimeImpossible at the end of the calendar."""
        try:
            return datetime.combine(day, time(self.hour, self.minute)) + timedelta(days=self.days)
        except OverflowError as error:
            raise TimeImpossible(day.isoformat()) from error


@dataclass(frozen=True)
class Hours:
    """The hours that may be meant and the doubt when it is not just one.

    `coming` when the doubt is none in "tonight" or without a day: of two nights the one to come is meant.
    """

    choices: tuple[Hour, ...]
    doubt: Doubt | None = None
    coming: bool = False


def hours(clock: Clock, parts: Sequence[Daypart]) -> Hours:
    """The hours that `clock` may mean beside the parts of the day that were said with the day."""
    if clock.face is Face.MIDNIGHT:
        return _midnight(clock.minute)
    hour = clock.hour
    if clock.part is None and not parts:
        return _either_half(clock) if clock.face is Face.TWELVE else Hours((Hour(hour, clock.minute),))
    if clock.part is not None:
        first = _within(clock, clock.part, rolls=False)
        if first.doubt is not None or not parts:
            return first
        clock = Clock(first.choices[0].hour, clock.minute, Face.EXACT)
    last = Hours(())
    for part in parts:
        last = _within(clock, part, rolls=True)
        if last.doubt is not None:
            return last
    return last


def _midnight(minute: int) -> Hours:
    return Hours((Hour(0, minute), Hour(0, minute, days=1)), Doubt.WHICH_NIGHT, coming=True)


def _either_half(clock: Clock, *, small_hours_after: int = 0) -> Hours:
    """Both halves of the day; the small hours may be so many days after it ("tomorrow evening at one")."""
    early = clock.hour % 12
    days = small_hours_after if early in SMALL_HOURS else 0
    return Hours((Hour(early, clock.minute, days), Hour(early + 12, clock.minute)), Doubt.AM_OR_PM)


def _within(clock: Clock, part: Daypart, *, rolls: bool) -> Hours:
    """The clock's hours in a part of the day; `rolls` when a late part may reach into the small hours."""
    if clock.face is Face.TWELVE:
        if clock.hour == 12 and part in _LATE:
            return _midnight(clock.minute)
        fitting = [hour for hour in (clock.hour % 12, clock.hour % 12 + 12) if hour in part.value]
        if len(fitting) != 1:
            return _either_half(clock, small_hours_after=int(rolls and part in _LATE))
        clock = Clock(fitting[0], clock.minute, Face.EXACT)
    if rolls and part in _LATE and clock.hour in SMALL_HOURS:
        both = Hour(clock.hour, clock.minute), Hour(clock.hour, clock.minute, days=1)
        return Hours(both, Doubt.WHICH_NIGHT, coming=True)
    if clock.hour in part.value:
        return Hours((Hour(clock.hour, clock.minute),))
    literal = Hour(clock.hour, clock.minute)
    meant = [Hour(clock.hour + 12, clock.minute)] if clock.hour + 12 in part.value else []
    return Hours((literal, *meant), Doubt.PART_OF_DAY)
