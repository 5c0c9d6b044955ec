"""Reads how long a talk lasts."""

import re
from datetime import timedelta

from bot.times.answers import DurationNotUnderstood, TimeNotUnderstood
from bot.times.lexemes import Kind, Lexeme
from bot.times.patterns import pattern, written
from bot.times.quantities import QUANTITY, span
from bot.times.tokens import lexemes
from bot.times.vocabulary import vocabulary
from rooms.errors.times import DurationOutOfRange

SHORTEST = timedelta(seconds=1)
LONGEST = timedelta(hours=24)
_MONTH = timedelta(days=30)
_DAYS = re.compile(r"(\d{1,5})\s?(d|g|gg|w)", re.ASCII)
"""Days and weeks by their letters, which a talk's length never has."""
_POLITE = frozenset({Kind.FILLER, Kind.AT, Kind.OF, Kind.THE, Kind.COMMA})
_WHOLE = pattern(QUANTITY)


def read_duration(words: str, language: str) -> timedelta:
    """The length of time that `words` name in `language` ("en" or "it"): "45m", "1:30", "un'ora e mezza".

    Raises DurationNotUnderstood, or DurationOutOfRange when it is nothing or more than a day.
    """
    length = _length(words, language, month=None)
    if not SHORTEST <= length <= LONGEST:
        raise DurationOutOfRange(length, (SHORTEST, LONGEST))
    return length


def read_span(words: str, language: str) -> timedelta:
    """A length of time of any size, "7d" or "2 settimane"; a month is 30 days, a year twelve of them.

    Raises DurationNotUnderstood.
    """
    letter = _DAYS.fullmatch(words.strip().lower())
    if letter is not None:
        return int(letter[1]) * (timedelta(weeks=1) if letter[2] == "w" else timedelta(days=1))
    return _length(words, language, month=_MONTH)


def _length(words: str, language: str, month: timedelta | None) -> timedelta:
    """Months are refused where they have no length."""
    try:
        found = lexemes(words, vocabulary(language))
    except TimeNotUnderstood as error:
        raise DurationNotUnderstood(words) from error
    while found and found[0].kind in _POLITE:
        found = found[1:]
    while found and found[-1].kind in _POLITE:
        found = found[:-1]
    is_clock = [one.kind for one in found] == [Kind.CLOCK]
    length = _hours_and_minutes(found) if is_clock else _quantity(found, month)
    if length is None:
        raise DurationNotUnderstood(words)
    return length


def _hours_and_minutes(found: list[Lexeme]) -> timedelta | None:
    hours, minutes = found[0].text.split(":")[:2]
    if len(minutes) != 2 or int(minutes) > 59:
        return None
    return timedelta(hours=int(hours), minutes=int(minutes))


def _quantity(found: list[Lexeme], month: timedelta | None) -> timedelta | None:
    if _WHOLE.fullmatch(written(found)) is None:
        return None
    length = span(found)
    if length is None or (length.months and month is None):
        return None
    try:
        return timedelta(days=length.days) + length.elapsed + length.months * (month or timedelta(0))
    except OverflowError:
        return None
