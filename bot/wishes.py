"""Reads the words after /schedule: title, when, how long."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.errors import WishIncomplete
from bot.times import DurationNotUnderstood, Question, TimeNotUnderstood, When, read_duration, read_time
from rooms.errors import Refusal
from rooms.topics import split_topic

USUAL = timedelta(hours=1)
"""How long a talk lasts when nobody says it."""

LANGUAGES = ("en", "it")
LONGEST_PHRASE = 200
"""Characters of a phrase about time; nobody needs more, and whoever sends more gets no reading."""

_BAR = re.compile(r"\s*[|\uff5c]\s*")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scene:
    """When the words were said (aware UTC), in which zone, and in which language first of all."""

    now: datetime
    zone: ZoneInfo
    language: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for; the time may still be a question."""

    title: str
    topic: str | None
    when: When | Question
    duration: timedelta


def read_wish(text: str, scene: Scene) -> Wish:
    """Read "Careers after 40 #careers | tomorrow 18:30 | 45m"; the last two in either order.

    Raises:
        WishIncomplete, TopicMalformed, and what `bot.times` refuses.
    """
    fields = _BAR.split(text.strip())
    while fields and not fields[-1]:
        fields.pop()
    if len(fields) < 2 or not all(fields[1:]):
        raise WishIncomplete
    title, topic = read_title(fields[0])
    when, duration = _read_times(fields[1:], scene)
    return Wish(title, topic, when, duration)


def read_title(field: str) -> tuple[str, str | None]:
    """Title and topic of the first field, without characters that would hide or turn what follows them.

    Raises:
        TopicMalformed.
    """
    return split_topic("".join(" " if _is_hidden(one) else one for one in field))


def title_field(text: str) -> str:
    """The first field of the words after /schedule."""
    return _BAR.split(text.strip())[0]


def _read_times(fields: list[str], scene: Scene) -> tuple[When | Question, timedelta]:
    if len(fields) == 1:
        if _reads(_duration, fields[0], scene) and not _reads(_time, fields[0], scene):
            raise WishIncomplete
        return _time(fields[0], scene), USUAL
    if len(fields) > 2:
        raise WishIncomplete
    first, second = fields
    is_swapped = _reads(_duration, first, scene) and not _reads(_duration, second, scene)
    if is_swapped and _reads(_time, second, scene):
        first, second = second, first
    return _time(first, scene), _duration(second, scene)


def _reads(reading: Callable[[str, Scene], object], words: str, scene: Scene) -> bool:
    try:
        reading(words, scene)
    except (TimeNotUnderstood, DurationNotUnderstood):
        return False
    except Refusal:
        return True  # it was understood, and will be refused for what it says
    return True


def _time(words: str, scene: Scene) -> When | Question:
    if len(words) > LONGEST_PHRASE:
        raise TimeNotUnderstood(words)
    return _in_either_language(
        lambda language: read_time(words, now=scene.now, zone=scene.zone, language=language), scene.language
    )


def _duration(words: str, scene: Scene) -> timedelta:
    if len(words) > LONGEST_PHRASE:
        raise DurationNotUnderstood(words)
    return _in_either_language(lambda language: read_duration(words, language), scene.language)


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


def _is_hidden(character: str) -> bool:
    """A control character, or one that overrides the direction of text; joiners of emoji may stay."""
    return (
        unicodedata.category(character) == "Cc"
        or character in "\u200b\u200e\u200f\u2060\ufeff"
        or ("\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069")
    )
