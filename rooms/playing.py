"""Playing: the sounds that are brought into a talk, one after the other."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

LOUDEST = 200
"""Per cent of a sound's own loudness at most."""

LONGEST_QUEUE = 50
"""Sounds that may wait for their turn."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound to be played: a file on this machine, or an address (http, https). People read its title."""

    title: str
    path: Path | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Playback:
    """What plays now, if anything does, and what comes next. `volume` is in per cent.

    `length` is None where nobody knows it, as of a live stream. `error` tells what became of the sound
    before, if it could not be played to its end: the class name of a `SoundRefused`.
    """

    now: str | None = None
    at: timedelta = timedelta()
    length: timedelta | None = None
    queue: tuple[str, ...] = ()
    volume: int = 100
    is_paused: bool = False
    error: str | None = None
