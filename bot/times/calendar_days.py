"""Days as they are said to dates: weekdays, dates without a year, and days that do not go together."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from bot.times.answers import Doubt, TimeImpossible
from bot.times.parts import Ahead, Dated, Day, Orders, Vague, Week, Weekday

_LEAP_CYCLE = 9
"""Years within which every date comes round: eight from leap year to leap year at the turn of a century."""
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Dates:
    """The dates that may be meant, and the doubt when it is not just one."""

    candidates: tuple[date, ...]
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Almanac:
    """Reads days from the view of `today`; `is_ahead` tells on which dates the hour is still to come."""

    today: date
    is_ahead: Callable[[date], bool]
    sunday_first: bool = False
    """Whether weeks may be thought to begin on Sunday, as in America."""

    def dates(self, days: Sequence[Day]) -> Dates:
        """The dates on which `days` agree, or the doubt with the dates of each. Raises TimeImpossible."""
        if any(isinstance(day, Vague) for day in days):
            return Dates((), Doubt.MISSING_DAY)
        if len(days) == 1:
            return self._one(days[0])
        weekdays = [day for day in days if isinstance(day, Weekday)]
        others = [self._one(day) for day in days if not isinstance(day, Weekday)]
        if not others or len({day.day for day in weekdays}) > 1:
            return self._apart(days, Doubt.TWO_DAYS)
        common = [one for one in others[0].candidates if all(one in other.candidates for other in others)]
        if not common:
            return self._apart(days, Doubt.TWO_DAYS)
        fitting = tuple(one for one in common if all(one.weekday() == day.day for day in weekdays))
        if not fitting:
            return self._apart(days, Doubt.WEEKDAY_MISMATCH)
        return Dates(fitting, others[0].doubt if len(fitting) > 1 else None)

    def _apart(self, days: Sequence[Day], doubt: Doubt) -> Dates:
        each = [one for day in days for one in self._one(day).candidates]
        return Dates(tuple(dict.fromkeys(each)), doubt)

    def _one(self, day: Day) -> Dates:
        if isinstance(day, Ahead):
            return Dates((self._shifted(day),))
        if isinstance(day, Weekday):
            return self._weekday(day)
        if isinstance(day, Dated):
            gone = day.year is None and self._is_today(day) and not self.is_ahead(self.today)
            return Dates((self._dated(day),), Doubt.WHICH_DAY if gone else None)
        if isinstance(day, Orders):
            candidates = tuple(self._dated(reading) for reading in day.readings)
            return Dates(candidates, Doubt.WHICH_ORDER)
        return Dates((), Doubt.MISSING_DAY)

    def _shifted(self, day: Ahead) -> date:
        months = self.today.month - 1 + day.months
        try:
            start = self.today.replace(
                year=self.today.year + months // _MONTHS_OF_A_YEAR, month=months % _MONTHS_OF_A_YEAR + 1
            )
            return start + timedelta(days=day.days)
        except (ValueError, OverflowError) as error:
            raise TimeImpossible(f"{self.today:%d} +{day.months}m") from error

    def _weekday(self, day: Weekday) -> Dates:
        monday = self.today - timedelta(days=self.today.weekday())
        this_week, next_week = (monday + timedelta(days=day.day + 7 * weeks) for weeks in (0, 1))
        following = self.today + timedelta(days=(day.day - self.today.weekday() - 1) % 7 + 1)
        if day.week is Week.OF_THIS_WEEK:
            return self._choice(this_week, *([following] if self._weeks_differ(day.day) else []))
        if day.week is Week.OF_NEXT_WEEK:
            other = next_week + timedelta(days=-7 if day.day == 6 else 7)
            return self._choice(next_week, *([other] if self._weeks_differ(day.day) else []))
        if day.week is Week.LAST:
            return Dates((following - timedelta(days=14 if following == self.today else 7),))
        if day.week is Week.NEXT:
            late = following + timedelta(days=7) if self._weeks_differ(day.day) else next_week
            return self._choice(following, next_week, late)
        is_today = this_week == self.today
        later = timedelta(days=7 if day.week is Week.LATER else 0)
        if is_today and (day.week is Week.LATER or self.is_ahead(self.today)):
            return self._choice(self.today + later, following + later)
        return Dates((following + later,))

    def _weeks_differ(self, day: int) -> bool:
        """Whether it matters for this weekday, today, on which day weeks are thought to begin."""
        return self.sunday_first and (day == 6) != (self.today.weekday() == 6)

    def _choice(self, *candidates: date) -> Dates:
        different = tuple(sorted(set(candidates)))
        return Dates(different, Doubt.WHICH_WEEK if len(different) > 1 else None)

    def _is_today(self, day: Dated) -> bool:
        return next(self._occurrences(day), None) == self.today

    def _dated(self, day: Dated) -> date:
        possible = list(islice(self._occurrences(day), _LEAP_CYCLE * _MONTHS_OF_A_YEAR))
        if not possible:
            raise TimeImpossible("/".join(str(field) for field in (day.day, day.month, day.year) if field))
        return next((one for one in possible if self.is_ahead(one)), possible[-1])

    def _occurrences(self, day: Dated) -> Iterator[date]:
        """The dates, from today on, that have this day and month; the one date when the year is given."""
        if day.year is not None:
            pairs = [(day.year, day.month or self.today.month)]
        elif day.month is not None:
            pairs = [(self.today.year + years, day.month) for years in range(_LEAP_CYCLE)]
        else:
            first = self.today.month - 1 + (day.months_ahead or 0)
            count = 1 if day.months_ahead is not None else _MONTHS_OF_A_YEAR + 1
            months = range(first, first + count)
            pairs = [(self.today.year + month // 12, month % 12 + 1) for month in months]
        for year, month in pairs:
            if year <= date.max.year and day.day <= monthrange(year, month)[1]:
                yield date(year, month, day.day)
