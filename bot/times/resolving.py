"""One reading of the words to its outcome: what it means at a moment, in a zone, and what it leaves open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.times.answers import Doubt, Question, TimeInPast, TimeNotUnderstood, When
from bot.times.calendar_days import Almanac, Dates, together
from bot.times.hours import SMALL_HOURS, Hour, hours
from bot.times.moments import instants
from bot.times.parts import Ahead, Attached, Clock, Day, Daypart, Phrase, Span, Zoned

CONTRADICTIONS = (Doubt.TWO_ZONES, Doubt.TWO_DAYS, Doubt.TWO_TIMES)
"""Doubts of a reading that says two things at once."""
PRIORITY = (
    *CONTRADICTIONS,
    Doubt.WEEKDAY_MISMATCH,
    Doubt.MISSING_DAY,
    Doubt.WHICH_ORDER,
    Doubt.WHICH_WEEK,
    Doubt.PART_OF_DAY,
    Doubt.AM_OR_PM,
    Doubt.WHICH_NIGHT,
    Doubt.WHICH_DAY,
    Doubt.SKIPPED_HOUR,
    Doubt.DOUBLED_HOUR,
)
"""Which of several doubts is asked about."""


Meant = TypeVar("Meant", bound=When)


@dataclass(frozen=True)
class Scene:
    """Where and when the words were said, and in which zone they speak."""

    words: str
    now: datetime
    zone: ZoneInfo
    today: date
    language: str

    @property
    def today_there(self) -> date:
        """Today in the zone; `today` may be that of whoever speaks."""
        return self.now.astimezone(self.zone).date()


def resolve(phrase: Phrase, scene: Scene) -> When | Question:
    """The moment that `phrase` means, or what it leaves open; words like "and" only ever join alternatives.

    Raises TimeNotUnderstood, TimeImpossible or TimeInPast.
    """
    answer = _resolve_parts(phrase, scene)
    if not phrase.joined or len(phrase.of(Zoned)) > 1:
        return answer
    if isinstance(answer, Question) and answer.kind is Doubt.WEEKDAY_MISMATCH:
        return replace(answer, kind=Doubt.TWO_DAYS)
    if isinstance(answer, Question) and answer.kind in CONTRADICTIONS:
        return answer
    raise TimeNotUnderstood(scene.words)


def _resolve_parts(phrase: Phrase, scene: Scene) -> When | Question:
    clocks, days, parts = phrase.of(Clock), phrase.days, phrase.of(Attached)
    spans = phrase.of(Span)
    if spans:
        if len(spans) > 1 or (spans[0].elapsed and (clocks or days or parts)):
            raise TimeNotUnderstood(scene.words)
        if spans[0].elapsed or spans[0] == Span():
            return _after(spans[0], scene)
        days = tuple(together(days, spans[0]))
    if not clocks:
        return _without_time(days, parts, scene)
    found = _Candidates(scene, [Doubt.TWO_TIMES] if len(clocks) > 1 else [])
    for clock in clocks:
        found.add(clock, days, [attached.part for attached in parts])
    return found.answer()


def _after(span: Span, scene: Scene) -> When | Question:
    """So much time from now; whole days beside hours are calendar days, unless that makes a difference."""
    elapsed = scene.now + timedelta(days=span.days) + span.elapsed
    if not (span.days or span.months):
        if elapsed <= scene.now:
            raise TimeInPast(elapsed)
        return When(elapsed, scene.zone)
    local = scene.now.astimezone(scene.zone).replace(tzinfo=None)
    almanac = Almanac(scene.today, lambda day: day >= scene.today)
    day = almanac.dates([Ahead(span.days, span.months)]).candidates[0]
    calendar, _ = instants(datetime.combine(day, local.time()), scene.zone)
    options = {instant + span.elapsed for instant in calendar} | ({elapsed} if not span.months else set())
    whens = soonest_first(When(instant, scene.zone) for instant in options)
    return whens[0] if len(whens) == 1 else Question(Doubt.WHICH_DAY, whens)


def _without_time(days: Sequence[Day], parts: Sequence[Attached], scene: Scene) -> Question:
    if not days and not parts:
        raise TimeNotUnderstood(scene.words)
    if days:
        dates = Almanac(scene.today, lambda day: day >= scene.today).dates(days)
        if dates.candidates and max(dates.candidates) < scene.today:
            raise TimeInPast
        if dates.doubt in (Doubt.TWO_DAYS, Doubt.WEEKDAY_MISMATCH, Doubt.MISSING_DAY):
            return Question(dates.doubt)
    return Question(Doubt.MISSING_TIME)


class _Candidates:
    """Gathers the moments that a phrase may mean, with the doubts that made them several."""

    def __init__(self, scene: Scene, doubts: list[Doubt]) -> None:
        self._scene = scene
        self._doubts = doubts
        self._instants: list[datetime] = []

    def add(self, clock: Clock, days: Sequence[Day], parts: Sequence[Daypart]) -> None:
        """Take in what `clock` may mean on the days that were said, or on the next it comes round."""
        read = hours(clock, parts)
        found = [self._on_days(hour, days) for hour in read.choices]
        ahead = {each for each in found if any(one > self._scene.now for one in each)}
        is_tonight = list(days) in ([], [Ahead(0)])
        if read.coming and is_tonight and len(ahead) == 1:
            found = list(ahead)
        elif read.doubt:
            self._doubts.append(read.doubt)
        self._instants += [one for each in found for one in each]

    def _on_days(self, hour: Hour, days: Sequence[Day]) -> tuple[datetime, ...]:
        def is_ahead(day: date) -> bool:
            return instants(hour.on(day), self._scene.zone)[0][-1] > self._scene.now

        if days:
            almanac = Almanac(self._scene.today, is_ahead, sunday_first=self._scene.language == "en")
            dates = almanac.dates(days)
        else:
            dates = self._next(hour, is_ahead(self._scene.today))
        self._doubts += [dates.doubt] if dates.doubt else []
        found: list[datetime] = []
        for day in dates.candidates:
            moments, doubt = instants(hour.on(day), self._scene.zone)
            found += moments
            self._doubts += [doubt] if doubt else []
        return tuple(found)

    def _next(self, hour: Hour, ahead: bool) -> Dates:
        """The day of an hour said without: today or, for small hours, the coming night; else a question."""
        if ahead:
            return Dates((self._scene.today,))
        doubt = None if hour.hour in SMALL_HOURS else Doubt.WHICH_DAY
        return Dates((self._scene.today + timedelta(days=1),), doubt)

    def answer(self) -> When | Question:
        """The one moment, or the most telling question. Raises TimeInPast when nothing lies ahead."""
        ahead = [instant for instant in self._instants if instant > self._scene.now]
        if self._instants and not ahead:
            raise TimeInPast(max(self._instants))
        options = soonest_first(When(instant.astimezone(UTC), self._scene.zone) for instant in ahead)
        if self._doubts:
            return Question(min(self._doubts, key=PRIORITY.index), options)
        return options[0]


def soonest_first(options: Iterable[Meant]) -> tuple[Meant, ...]:
    """The different moments, in their order."""
    return tuple(sorted(dict.fromkeys(options), key=lambda option: option.instant))
