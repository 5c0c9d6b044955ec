"""Recordings: what is kept of a talk's sound, and what is known of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rooms.ids import PersonId, RoomId

PEAKS = "peaks.json"
"""The file beside a recording's waveform that has it as numbers from 0 to 1, a JSON list."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a recording in which nothing could be heard, from its beginning."""

    at: timedelta
    length: timedelta


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a replay: as many as the limits of uploads demand. `at` is where it begins in the talk."""

    path: Path
    at: timedelta
    length: timedelta

    @property
    def as_mp3(self) -> Path:
        """The same for players that know no Opus; of what was mastered long ago there is none."""
        return self.path.with_suffix(".mp3")


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording: one Ogg Opus file, true in time, and what was made of it to be heard.

    `parts` and `waveform` (PNG) are there once it was mastered; `erase_at` is when its files are deleted,
    None: never by themselves. `edition` counts how often it was mastered: each time it may sound otherwise.
    """

    room: RoomId
    path: Path
    duration: timedelta
    gaps: tuple[Gap, ...] = ()
    parts: tuple[Part, ...] = ()
    waveform: Path | None = None
    erase_at: datetime | None = None
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a talk in a file of its own, and how long it became: less than was asked for near an end."""

    path: Path
    length: timedelta


@dataclass(frozen=True, slots=True)
class Track:
    """Somebody's voice alone, aligned with the recording; kept of those who consented."""

    room: RoomId
    person: PersonId
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a recording in which somebody spoke, pauses for breath included."""

    person: PersonId
    name: str
    at: timedelta
    length: timedelta
