"""Days as they are said to dates: weekdays, dates without a year, and days that do not go together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from bot.times.answers import Doubt, TimeImpossible
from bot.times.parts import Ahead, Dated, Day, Nth, Orders, Span, Vague, Week, Weekday, in_figures

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
        days = _placed(days)
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
        if not fitting and self._is_all_today(days):
            return Dates((self.today,))
        if not fitting:
            return self._apart(days, Doubt.WEEKDAY_MISMATCH)
        return Dates(fitting, others[0].doubt if len(fitting) > 1 else None)

    def _is_all_today(self, days: Sequence[Day]) -> bool:
        """Whether all of them are today, however late it is."""
        dated = [day for day in days if isinstance(day, Dated | Nth) and day.year is None]
        weekdays = {day.day for day in days if isinstance(day, Weekday)}
        return (
            len(dated) + len(weekdays) == len(days)
            and weekdays == {self.today.weekday()}
            and all(map(self._is_today, dated))
        )

    def _apart(self, days: Sequence[Day], doubt: Doubt) -> Dates:
        each = [one for day in days for one in self._one(day).candidates]
        return Dates(tuple(dict.fromkeys(each)), doubt)

    def _one(self, day: Day) -> Dates:
        if isinstance(day, Ahead):
            return Dates((self._shifted(day),))
        if isinstance(day, Weekday):
            return self._weekday(day)
        if isinstance(day, Dated | Nth):
            gone = day.year is None and self._is_today(day) and not self.is_ahead(self.today)
            return Dates((self._dated(day),), Doubt.WHICH_DAY if gone else None)
        if isinstance(day, Orders):
            candidates = tuple(self._dated(reading) for reading in day.readings)
            return Dates(candidates, Doubt.WHICH_ORDER)
        return Dates((), Doubt.MISSING_DAY)

    def _shifted(self, day: Ahead) -> date:
        years, month = divmod(self.today.month - 1 + day.months, _MONTHS_OF_A_YEAR)
        year, month = self.today.year + years, month + 1
        try:
            return self.today.replace(year, month) + timedelta(days=day.days)
        except (ValueError, OverflowError) as error:
            raise TimeImpossible(in_figures(self.today.day, month, year)) from error

    def _weekday(self, day: Weekday) -> Dates:
        following = self.today + timedelta(days=(day.day - self.today.weekday() - 1) % 7 + 1)
        later = timedelta(weeks=day.weeks)
        if day.week is Week.OF_THIS_WEEK:
            return self._choice(*self._in_week(day.day, 0))
        if day.week is Week.OF_NEXT_WEEK:
            return self._choice(*self._in_week(day.day, 1))
        if day.week is Week.LAST:
            return Dates((self.today - timedelta(days=(self.today.weekday() - day.day - 1) % 7 + 1),))
        if day.week is Week.NEXT:
            return self._choice(following, *self._in_week(day.day, 1))
        is_today = day.day == self.today.weekday()
        if day.week is Week.IN_WEEKS:
            return self._choice(*([self.today + later] if is_today else self._in_so_many(day, following)))
        if day.week is Week.LATER:
            return self._choice(following + later, *([self.today + later] if is_today else []))
        if is_today and self.is_ahead(self.today):
            return self._choice(self.today, following)
        return Dates((following,))

    def _in_so_many(self, day: Weekday, following: date) -> tuple[date, ...]:
        return following + timedelta(weeks=day.weeks), *self._in_week(day.day, day.weeks)

    def _in_week(self, day: int, weeks: int) -> tuple[date, ...]:
        """That weekday in the week so many ahead: two where it matters on which day weeks begin."""
        monday = self.today - timedelta(days=self.today.weekday())
        one = monday + timedelta(days=day, weeks=weeks)
        other = one + timedelta(days=-7 if day == 6 else 7)
        differ = self.sunday_first and (day == 6) != (self.today.weekday() == 6)
        return (one, other) if differ and other >= self.today else (one,)

    def _choice(self, *candidates: date) -> Dates:
        different = tuple(sorted(set(candidates)))
        return Dates(different, Doubt.WHICH_WEEK if len(different) > 1 else None)

    def _is_today(self, day: Dated | Nth) -> bool:
        return next(self._occurrences(day), None) == self.today

    def _dated(self, day: Dated | Nth) -> date:
        possible = list(islice(self._occurrences(day), _LEAP_CYCLE * _MONTHS_OF_A_YEAR))
        if not possible:
            number = day.day if isinstance(day, Dated) else day.count
            raise TimeImpossible(in_figures(number, day.month, day.year))
        return next((one for one in possible if self.is_ahead(one)), possible[-1])

    def _occurrences(self, day: Dated | Nth) -> Iterator[date]:
        """The dates that fit, from this year or this month on; only the one date when its year was said."""
        if day.year is not None:
            pairs = [(day.year, day.month or self.today.month)]
        elif isinstance(day, Dated) and day.years_ahead is not None and day.month is not None:
            pairs = [(self.today.year + day.years_ahead, day.month)]
        elif day.month is not None:
            pairs = [(self.today.year + years, day.month) for years in range(_LEAP_CYCLE)]
        else:
            first = self.today.month - 1 + (day.months_ahead or 0)
            count = 1 if day.months_ahead is not None else _MONTHS_OF_A_YEAR + 1
            months = range(first, first + count)
            pairs = [(self.today.year + month // 12, month % 12 + 1) for month in months]
        for year, month in pairs:
            number = day.day_in(year, month) if year <= date.max.year else None
            if number is not None:
                yield date(year, month, number)


def together(days: Sequence[Day], span: Span) -> Sequence[Day]:
    """The days with a span of days or months: "Thursday" and "in two weeks" are one day, if not today's."""
    weeks, rest = divmod(span.days, 7)
    alone = days[0] if len(days) == 1 else None
    if isinstance(alone, Weekday) and alone.week is Week.NEAREST and weeks and not (rest or span.months):
        return (replace(alone, week=Week.IN_WEEKS, weeks=weeks),)
    return (*days, Ahead(span.days, span.months))


def _placed(days: Sequence[Day]) -> Sequence[Day]:
    """The days in the week or month that was said apart from them: "Thursday at six, next week"."""
    for vague in (day for day in days if isinstance(day, Vague)):
        others = [day for day in days if day is not vague]
        placed = [_within(day, vague) for day in others]
        if placed != others:
            return placed
    return days


def _within(day: Day, vague: Vague) -> Day:
    if vague.week and isinstance(day, Weekday) and day.week in (Week.NEAREST, Week.THIS):
        return replace(day, week=vague.week)
    if vague.months_ahead is not None and isinstance(day, Dated) and day.month is None:
        return replace(day, months_ahead=vague.months_ahead)
    if vague.years_ahead is not None and isinstance(day, Dated) and day.month and not day.year:
        return replace(day, years_ahead=vague.years_ahead)
    return day
