"""Reads when a talk is moved to: a moment, an hour of its own day, or by how much."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.aspects.times import Scene, read_length, read_when, reads
from bot.times import Doubt, Question, When
from rooms.plan import Plan

_HOUR_ALONE = re.compile(
    r"(?:(?:at|alle|all'|ore|le)\s*)*\d{1,2}(?:\s*[:.,h]\s*\d{2})?\s*(?:h|am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_TO = re.compile(r"^(?:to|a|per)\s+", re.IGNORECASE)
_BY = re.compile(r"^(?:by|of|di)\s+|\s+(?:later|dopo|più tardi)$", re.IGNORECASE)


def read_new_time(words: str, plan: Plan, scene: Scene) -> When | Question:
    """When the talk shall begin, by words like "Friday 19:00", "19:00" or "by 30 minutes".

    An hour alone may be of the talk's day or the next such hour there is: where these differ, it is asked.

    Raises:
        What `read_when` raises.
    """
    folded = _TO.sub("", " ".join(words.split()))
    if _HOUR_ALONE.fullmatch(folded):
        return _hour_alone(folded, plan, scene)
    by = _BY.sub("", folded)
    if not reads(read_when, folded, scene) and reads(read_length, by, scene):
        return When(plan.starts_at + read_length(by, scene), scene.zone)
    return read_when(folded, scene)


def _hour_alone(words: str, plan: Plan, scene: Scene) -> When | Question:
    """The hour as it is said now, and as it would be said at the beginning of the talk's day."""
    day = plan.starts_at.astimezone(scene.zone).date()
    midnight = datetime.combine(day, time(), scene.zone) - timedelta(seconds=1)
    readings = [read_when(words, scene), read_when(words, replace(scene, now=max(midnight, scene.now)))]
    options = [one for reading in readings for one in _options(reading)]
    moments = sorted({one.instant for one in options})
    if len(moments) < 2:
        return options[0] if options else readings[0]
    return Question(Doubt.WHICH_DAY, tuple(When(moment, scene.zone) for moment in moments))


def _options(reading: When | Question) -> tuple[When, ...]:
    return reading.options if isinstance(reading, Question) else (reading,)
