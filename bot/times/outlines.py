"""What is said of a series but for its hour: its rule, the day from which it is, and where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.times.answers import Doubt, TimeInPast, TimeNotUnderstood
from bot.times.calendar_days import Almanac, Dates
from bot.times.parts import (
    Bound,
    Day,
    Lasting,
    Phrase,
    Rhythm,
    SomeMonth,
    Span,
    Times,
    Vague,
    Week,
)
from bot.times.resolving import Scene
from bot.times.rhythms import is_in_short_month, merged, on_days

_DAY = timedelta(days=1)
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Outline:
    """A rule of RFC 5545 and the days from which it may be; several where the doubt asks which.

    `is_exact` when the first occurrence must be on that day, and not only after it. `lasting` is an end that
    is counted from the first occurrence, and not yet in the rule.
    """

    rule: str
    starts: tuple[date, ...]
    doubt: Doubt | None = None
    is_exact: bool = False
    lasting: Span | None = None


@dataclass(frozen=True)
class _Days:
    """The days of a phrase: those said of the rhythm or just so, after "from", and after "until"."""

    plain: Sequence[Day | SomeMonth]
    starts: Sequence[Day | SomeMonth]
    ends: Sequence[Day | SomeMonth]


def outline(phrase: Phrase, scene: Scene) -> Outline | Doubt:
    """The outline that `phrase` gives, or the doubt for which it gives none.

    Raises TimeNotUnderstood, TimeImpossible or TimeInPast.
    """
    days = _sorted(phrase)
    rhythm = merged(phrase.of(Rhythm), scene)
    rhythm, plain = on_days(rhythm, days.plain, scene)
    if not rhythm.interval:
        return Doubt.WHICH_RHYTHM
    if any(isinstance(day, Vague | SomeMonth) for day in plain) or (plain and days.starts):
        raise TimeNotUnderstood(scene.words)
    starts = _dates(days.starts or plain, scene, Bound.FROM)
    if starts.candidates and max(starts.candidates) < scene.today:
        raise TimeInPast
    if rhythm.needs_day and not starts.candidates:
        return starts.doubt or Doubt.MISSING_DAY
    if is_in_short_month(rhythm, starts.candidates):
        return Doubt.SHORT_MONTH
    return _with_end(
        Outline(rhythm.rule, starts.candidates, starts.doubt, bool(plain)), phrase, days.ends, scene
    )


def _with_end(
    said: Outline, phrase: Phrase, ends: Sequence[Day | SomeMonth], scene: Scene
) -> Outline | Doubt:
    times, lasting = phrase.of(Times), phrase.of(Lasting)
    if len(times) + len(lasting) + bool(ends) > 1:
        raise TimeNotUnderstood(scene.words)
    if ends:
        last = _dates(ends, replace(scene, today=max((scene.today, *said.starts[:1]))), Bound.UNTIL)
        if last.doubt or len(last.candidates) != 1:
            return last.doubt or Doubt.MISSING_DAY
        if last.candidates[0] < scene.today:
            raise TimeInPast
        return replace(said, rule=f"{said.rule};UNTIL={last.candidates[0]:%Y%m%d}")
    if times:
        return replace(said, rule=f"{said.rule};COUNT={times[0].count}")
    return replace(said, lasting=lasting[0].span) if lasting else said


def _sorted(phrase: Phrase) -> _Days:
    found: dict[Bound | None, list[Day | SomeMonth]] = {None: [], Bound.FROM: [], Bound.UNTIL: []}
    bound: Bound | None = None
    for part in phrase.parts:
        if isinstance(part, Bound):
            bound = part
        elif isinstance(part, Day | SomeMonth):
            found[bound].append(part)
        else:
            bound = None
    return _Days(found[None], found[Bound.FROM], found[Bound.UNTIL])


def _dates(days: Sequence[Day | SomeMonth], scene: Scene, bound: Bound) -> Dates:
    """The day that days agree on; of a week or a month the first day or the last."""
    if not days:
        return Dates(())
    alone = days[0] if len(days) == 1 else None
    if isinstance(alone, Vague | SomeMonth):
        first, last = _edges(alone, scene.today)
        return Dates((max(first, scene.today) if bound is Bound.FROM else last,))
    almanac = Almanac(scene.today, lambda day: day >= scene.today, sunday_first=scene.language == "en")
    return almanac.dates([day for day in days if not isinstance(day, SomeMonth)])


def _edges(part: Vague | SomeMonth, today: date) -> tuple[date, date]:
    """The first and the last day."""
    if isinstance(part, Vague) and part.week is not None:
        monday = today - timedelta(days=today.weekday(), weeks=-(part.week is Week.OF_NEXT_WEEK))
        return monday, monday + timedelta(days=6)
    if isinstance(part, Vague):
        months = today.year * _MONTHS_OF_A_YEAR + today.month - 1 + (part.months_ahead or 0)
    else:
        year = part.year or today.year + (part.month < today.month)
        months = year * _MONTHS_OF_A_YEAR + part.month - 1
    return _first_of(months), _first_of(months + 1) - _DAY


def _first_of(months: int) -> date:
    return date(months // _MONTHS_OF_A_YEAR, months % _MONTHS_OF_A_YEAR + 1, 1)
