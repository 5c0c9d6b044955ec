"""Reads when a talk starts: resolves each reading of the words, and answers only when all agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.times.answers import Doubt, Question, TimeImpossible, TimeInPast, TimeNotUnderstood, When
from bot.times.calendar_days import Almanac, Dates
from bot.times.grammar import phrases
from bot.times.hours import SMALL_HOURS, Hour, hours
from bot.times.moments import instants
from bot.times.parts import Ahead, Attached, Clock, Day, Daypart, Phrase, Span, Zoned
from rooms.errors import Refusal

_CONTRADICTIONS = (Doubt.TWO_ZONES, Doubt.TWO_DAYS, Doubt.TWO_TIMES)
_PRIORITY = (
    *_CONTRADICTIONS,
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
_REFUSALS = (TimeInPast, TimeImpossible, TimeNotUnderstood)

Outcome = When | Question | Refusal


@dataclass(frozen=True)
class _Scene:
    """Where and when the words were said, and in which zone they speak."""

    words: str
    now: datetime
    zone: ZoneInfo
    today: date
    language: str


def read_time(words: str, *, now: datetime, zone: ZoneInfo, language: str) -> When | Question:
    """The moment that `words` name in `language` ("en" or "it"), said at `now` (aware UTC) in `zone`.

    A When lies after `now`. A Question says what the words leave open.
    Raises TimeNotUnderstood, TimeImpossible or TimeInPast.
    """
    outcomes = [_in_its_zones(phrase, words, now, (zone, language)) for phrase in phrases(words, language)]
    sound = [one for one in outcomes if isinstance(one, When | Question)]
    agreeing = [one for one in sound if not (isinstance(one, Question) and one.kind in _CONTRADICTIONS)]
    return _agreed(agreeing or sound or outcomes, Doubt.DAY_OR_HOUR)


def _agreed(outcomes: Sequence[Outcome], doubt: Doubt) -> When | Question:
    """The outcome, if all are the same; else the question which of them."""
    different = list(dict.fromkeys(outcomes))
    sound = [one for one in different if not isinstance(one, Refusal)]
    if not sound:
        raise min(
            (one for one in different if isinstance(one, Refusal)),
            key=lambda one: next(
                rank for rank, kind in enumerate((*_REFUSALS, Refusal)) if isinstance(one, kind)
            ),
        )
    if len(different) == 1:
        return sound[0]
    options = [option for one in sound for option in (one.options if isinstance(one, Question) else (one,))]
    kinds = {one.kind for one in sound if isinstance(one, Question)}
    return Question(kinds.pop() if len(kinds) == len(sound) == 1 else doubt, _soonest_first(options))


def _soonest_first(options: Iterable[When]) -> tuple[When, ...]:
    return tuple(sorted(dict.fromkeys(options), key=lambda option: option.instant))


def _in_its_zones(phrase: Phrase, words: str, now: datetime, said: tuple[ZoneInfo, str]) -> Outcome:
    """The outcome in the zone of the phrase, else of the group; "today" may be another day in each."""
    own, language = said
    spoken = [ZoneInfo(zoned.key) for zoned in phrase.of(Zoned)] or [own]
    outcomes: list[Outcome] = []
    for zone in spoken:
        for today in {now.astimezone(zone).date(): None, now.astimezone(own).date(): None}:
            try:
                outcomes.append(_resolve(phrase, _Scene(words, now, zone, today, language)))
            except Refusal as refusal:
                outcomes.append(refusal)
    try:
        return _agreed(outcomes, Doubt.TWO_ZONES if len(spoken) > 1 else Doubt.WHICH_DAY)
    except Refusal as refusal:
        return refusal


def _resolve(phrase: Phrase, scene: _Scene) -> When | Question:
    answer = _resolve_parts(phrase, scene)
    if phrase.joined and not (isinstance(answer, Question) and answer.kind in _CONTRADICTIONS):
        raise TimeNotUnderstood(scene.words)
    return answer


def _resolve_parts(phrase: Phrase, scene: _Scene) -> When | Question:
    clocks, days, parts = phrase.of(Clock), phrase.days, phrase.of(Attached)
    spans = phrase.of(Span)
    if spans:
        if len(spans) > 1 or (spans[0].elapsed and (clocks or days or parts)):
            raise TimeNotUnderstood(scene.words)
        if spans[0].elapsed or spans[0] == Span():
            return _after(spans[0], scene)
        days = (*days, Ahead(spans[0].days, spans[0].months))
    if not clocks:
        return _without_time(days, parts, scene)
    found = _Candidates(scene, [Doubt.TWO_TIMES] if len(clocks) > 1 else [])
    for clock in clocks:
        found.add(clock, days, [attached.part for attached in parts])
    return found.answer()


def _after(span: Span, scene: _Scene) -> When | Question:
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
    whens = _soonest_first(When(instant, scene.zone) for instant in options)
    return whens[0] if len(whens) == 1 else Question(Doubt.WHICH_DAY, whens)


def _without_time(days: Sequence[Day], parts: Sequence[Attached], scene: _Scene) -> Question:
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

    def __init__(self, scene: _Scene, doubts: list[Doubt]) -> None:
        self._scene = scene
        self._doubts = doubts
        self._instants: list[datetime] = []

    def add(self, clock: Clock, days: Sequence[Day], parts: Sequence[Daypart]) -> None:
        """Take in what `clock` may mean on the days that were said, or on the next it comes round."""
        read = hours(clock, parts)
        before = len(self._instants)
        for hour in read.choices:
            self._add_hour(hour, days)
        ahead = {instant for instant in self._instants[before:] if instant > self._scene.now}
        said_today = list(days) == [Ahead(0)]
        if read.doubt and not (read.coming and said_today and len(ahead) == 1):
            self._doubts.append(read.doubt)
        elif read.doubt:
            self._instants[before:] = ahead

    def _add_hour(self, hour: Hour, days: Sequence[Day]) -> None:
        def is_ahead(day: date) -> bool:
            return instants(hour.on(day), self._scene.zone)[0][-1] > self._scene.now

        if days:
            almanac = Almanac(self._scene.today, is_ahead, sunday_first=self._scene.language == "en")
            dates = almanac.dates(days)
        else:
            dates = self._next(hour, is_ahead(self._scene.today))
        self._doubts += [dates.doubt] if dates.doubt else []
        for day in dates.candidates:
            found, doubt = instants(hour.on(day), self._scene.zone)
            self._instants += found
            self._doubts += [doubt] if doubt else []

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
        options = _soonest_first(When(instant.astimezone(UTC), self._scene.zone) for instant in ahead)
        if self._doubts:
            return Question(min(self._doubts, key=_PRIORITY.index), options)
        return options[0]
