"""Times, series and lengths, read in the group's language first and else in the other one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.times import (
    DurationNotUnderstood,
    Question,
    TimeNotUnderstood,
    When,
    read_duration,
    read_recurrence,
    read_time,
    speaks_of_recurrence,
)
from rooms.errors.refusal import Refusal

LANGUAGES = ("en", "it")
LONGEST_PHRASE = 200
"""Characters of a phrase about time; nobody needs more, and whoever sends more gets no reading."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scene:
    """When the words were said (aware UTC), in which zone, and in which language first of all."""

    now: datetime
    zone: ZoneInfo
    language: str


def read_when(words: str, scene: Scene) -> When | Question:
    """The moment, or the series with its first moment, that the words name.

    Raises:
        What `bot.times.read_time` and `bot.times.read_recurrence` raise.
    """
    if len(words) > LONGEST_PHRASE:
        raise TimeNotUnderstood(words)

    def read(language: str) -> When | Question:
        reading = read_recurrence if speaks_of_recurrence(words, language) else read_time
        return reading(words, now=scene.now, zone=scene.zone, language=language)

    return _in_either_language(read, scene.language)


def read_length(words: str, scene: Scene) -> timedelta:
    """The length of time that the words name.

    Raises:
        What `bot.times.read_duration` raises.
    """
    if len(words) > LONGEST_PHRASE:
        raise DurationNotUnderstood(words)
    return _in_either_language(lambda language: read_duration(words, language), scene.language)


def reads(reading: Callable[[str, Scene], object], words: str, scene: Scene) -> bool:
    """Whether a reading makes something of the words, be it to refuse them for what they say."""
    try:
        reading(words, scene)
    except (TimeNotUnderstood, DurationNotUnderstood):
        return False
    except Refusal:
        return True
    return True


def _in_either_language(reading: Callable[[str], _T], first: str) -> _T:
    """What the first language makes of it; only what it does not understand at all is left to the other."""
    try:
        return reading(first)
    except (TimeNotUnderstood, DurationNotUnderstood) as refusal:
        for other in LANGUAGES:
            if other != first:
                try:
                    return reading(other)
                except (TimeNotUnderstood, DurationNotUnderstood):
                    continue
        raise refusal from None
