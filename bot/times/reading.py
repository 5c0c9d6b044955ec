"""Reads when a talk starts: resolves each reading of the words, and answers only when all agree."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.times.answers import Doubt, Question, TimeImpossible, TimeInPast, TimeNotUnderstood, When
from bot.times.grammar import phrases
from bot.times.parts import Attached, Phrase, Zoned
from bot.times.resolving import CONTRADICTIONS, Meant, Scene, resolve, soonest_first
from rooms.errors.refusal import Refusal
from rooms.zones import zone_of

_REFUSALS = (TimeInPast, TimeImpossible, TimeNotUnderstood)
"""Of several refusals, the most telling comes first."""

Resolve = Callable[[Phrase, Scene], Meant | Question]
"""Makes of one reading what it means, or the question what it means; raises refusals."""


def read_time(words: str, *, now: datetime, zone: ZoneInfo, language: str) -> When | Question:
    """The moment that `words` name in `language` ("en" or "it"), said at `now` (aware UTC) in `zone`.

    A When lies after `now`. A Question says what the words leave open.
    Raises TimeNotUnderstood, TimeImpossible or TimeInPast.
    """
    scene = Scene(words, now, zone, now.astimezone(zone).date(), language)
    return settled(phrases(words, language), scene, resolve)


def settled(readings: Sequence[Phrase], scene: Scene, resolve: Resolve[Meant]) -> Meant | Question:
    """What all good readings agree to mean, each in its zone, or a question. Raises what `resolve` does."""
    outcomes = [(phrase, _in_its_zones(phrase, scene, resolve)) for phrase in readings]
    sound = [(phrase, one) for phrase, one in outcomes if not isinstance(one, Refusal)]
    agreeing = [one for phrase, one in sound if not _contradicts_itself(one, phrase)]
    if not sound:
        return _agreed([one for _, one in outcomes], Doubt.DAY_OR_HOUR)
    return _agreed(agreeing or [one for _, one in sound], Doubt.DAY_OR_HOUR)


def _contradicts_itself(answer: When | Question, phrase: Phrase) -> bool:
    """Whether another reading of the words is to be preferred; a part of the day calls for an hour."""
    if isinstance(answer, When):
        return False
    is_evening = answer.kind is Doubt.WEEKDAY_MISMATCH and bool(phrase.of(Attached))
    return is_evening or answer.kind in CONTRADICTIONS


def _agreed(outcomes: Sequence[Meant | Question | Refusal], doubt: Doubt) -> Meant | Question:
    """The outcome, if all are the same; else the question which of them."""
    different = list(dict.fromkeys(outcomes))
    sound = [one for one in different if not isinstance(one, Refusal)]
    if not sound:
        raise min((one for one in different if isinstance(one, Refusal)), key=_rank)
    if len(different) == 1:
        return sound[0]
    options = [option for one in sound for option in (one.options if isinstance(one, Question) else (one,))]
    kinds = {one.kind for one in sound if isinstance(one, Question)}
    return Question(kinds.pop() if len(kinds) == len(sound) == 1 else doubt, soonest_first(options))


def _rank(refusal: Refusal) -> int:
    return next(rank for rank, kind in enumerate((*_REFUSALS, Refusal)) if isinstance(refusal, kind))


def _in_its_zones(phrase: Phrase, said: Scene, resolve: Resolve[Meant]) -> Meant | Question | Refusal:
    """The outcome in the zone of the phrase, else of the group; "today" may be another day in each."""
    spoken = [zone_of(zoned.key) for zoned in phrase.of(Zoned)] or [said.zone]
    outcomes: list[Meant | Question | Refusal] = []
    for zone in spoken:
        for today in {said.now.astimezone(zone).date(): None, said.today: None}:
            try:
                outcomes.append(resolve(phrase, replace(said, zone=zone, today=today)))
            except Refusal as refusal:
                outcomes.append(refusal)
    try:
        return _agreed(outcomes, Doubt.TWO_ZONES if len(spoken) > 1 else Doubt.WHICH_DAY)
    except Refusal as refusal:
        return refusal
