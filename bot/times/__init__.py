"""Words to time: when a talk starts and how long it lasts, in English and Italian, without ever guessing."""

from bot.times.answers import (
    Doubt,
    DurationNotUnderstood,
    Question,
    TimeImpossible,
    TimeInPast,
    TimeNotUnderstood,
    When,
)
from bot.times.durations import read_duration
from bot.times.reading import read_time

__all__ = [
    "Doubt",
    "DurationNotUnderstood",
    "Question",
    "TimeImpossible",
    "TimeInPast",
    "TimeNotUnderstood",
    "When",
    "read_duration",
    "read_time",
]
