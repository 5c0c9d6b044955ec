"""Reads what was written of one aspect of a talk."""

from bot.aspects.aspect import Aspect, Change
from bot.aspects.settings import read_number_of_seats, read_value
from bot.aspects.texts import plain_line, plain_lines
from bot.aspects.times import Scene, read_length, read_when
from bot.errors import AspectNotUnderstood
from rooms.errors.talks import TitleMissing
from rooms.topics import read_tag, split_topic

_NONE = ("none", "-", "no", "nessuno", "nessuna", "niente")


def read_aspect(aspect: Aspect, text: str, scene: Scene) -> Change:
    """What the words say of an aspect that was asked for.

    Of a time it may be a `bot.times.Question`. People and pictures are not read from words.

    Raises:
        AspectNotUnderstood, TitleMissing, TopicMalformed, and what `bot.times` refuses.
    """
    match aspect:
        case Aspect.TITLE:
            return _title(text)
        case Aspect.TOPIC:
            return {"topic": None if plain_line(text).casefold() in _NONE else read_tag(plain_line(text))}
        case Aspect.WHEN:
            return {"when": read_when(plain_line(text), scene)}
        case Aspect.LENGTH:
            return {"duration": read_length(plain_line(text), scene)}
        case Aspect.DESCRIPTION:
            return {"description": plain_lines(text)}
        case Aspect.COVER if plain_line(text).casefold() in _NONE:
            return {"cover": None}
        case Aspect.SEATS:
            change = read_number_of_seats(text)
        case _:
            change = read_value(aspect, text)
    if change is None:
        raise AspectNotUnderstood(aspect, text)
    return change


def _title(text: str) -> Change:
    title, topic = split_topic(plain_line(text))
    if not title:
        raise TitleMissing
    return {"title": title} if topic is None else {"title": title, "topic": topic}
