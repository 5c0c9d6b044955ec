"""Words to time: when a talk starts, how long it lasts and how it comes round, in English and Italian."""

from bot.times.answers import (
    Doubt,
    DurationNotUnderstood,
    Every,
    Question,
    TimeImpossible,
    TimeInPast,
    TimeNotUnderstood,
    When,
)
from bot.times.durations import read_duration, read_span
from bot.times.reading import read_time
from bot.times.recurrences import read_recurrence, speaks_of_recurrence

__all__ = [
    "Doubt",
    "DurationNotUnderstood",
    "Every",
    "Question",
    "TimeImpossible",
    "TimeInPast",
    "TimeNotUnderstood",
    "When",
    "read_duration",
    "read_recurrence",
    "read_span",
    "read_time",
    "speaks_of_recurrence",
]
