"""Reads how long a talk lasts."""

from datetime import timedelta

from bot.times.answers import DurationNotUnderstood, TimeNotUnderstood
from bot.times.lexemes import Kind, Lexeme
from bot.times.patterns import pattern, written
from bot.times.quantities import QUANTITY, span
from bot.times.tokens import lexemes
from bot.times.vocabulary import vocabulary
from rooms.errors import DurationOutOfRange

SHORTEST = timedelta(seconds=1)
LONGEST = timedelta(hours=24)
_POLITE = frozenset({Kind.FILLER, Kind.AT, Kind.OF, Kind.THE, Kind.COMMA})
_WHOLE = pattern(QUANTITY)


def read_duration(words: str, language: str) -> timedelta:
    """The length of time that `words` name in `language` ("en" or "it"): "45m", "1:30", "un'ora e mezza".

    Raises DurationNotUnderstood, or DurationOutOfRange when it is nothing or more than a day.
    """
    try:
        found = lexemes(words, vocabulary(language))
    except TimeNotUnderstood as error:
        raise DurationNotUnderstood(words) from error
    while found and found[0].kind in _POLITE:
        found = found[1:]
    while found and found[-1].kind in _POLITE:
        found = found[:-1]
    length = _hours_and_minutes(found) if [one.kind for one in found] == [Kind.CLOCK] else _quantity(found)
    if length is None:
        raise DurationNotUnderstood(words)
    if not SHORTEST <= length <= LONGEST:
        raise DurationOutOfRange(length, (SHORTEST, LONGEST))
    return length


def _hours_and_minutes(found: list[Lexeme]) -> timedelta | None:
    hours, minutes = found[0].text.split(":")[:2]
    if len(minutes) != 2 or int(minutes) > 59:
        return None
    return timedelta(hours=int(hours), minutes=int(minutes))


def _quantity(found: list[Lexeme]) -> timedelta | None:
    if _WHOLE.fullmatch(written(found)) is None:
        return None
    length = span(found)
    if length is None or length.months:
        return None
    return timedelta(days=length.days) + length.elapsed
