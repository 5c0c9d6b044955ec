"""Orders: what is to be made of a talk's recording, and what came of it, as they pass between processes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from rooms.ids import PersonId
from rooms.recordings import Gap, Part, Turn


class Chapter(msgspec.Struct, frozen=True):
    """A chapter of the replay; `at` counts from the talk's beginning, or from a part's."""

    at: timedelta
    title: str


class Order(msgspec.Struct, frozen=True):
    """What is to be made of one room's recording.

    `consented` get a track of their own. No sound of `excluded` may be left anywhere: whose own track was
    merged with others is silenced where they are heard on it, and where `turns` say that they spoke.
    Everybody else is in the mix alone. `theme` decides the colours of the picture: the topic, else the title.
    `limit` is in bytes, for each part of the replay.
    """

    folder: Path
    title: str
    artist: str
    theme: str
    limit: int
    chapters: tuple[Chapter, ...] = ()
    turns: tuple[Turn, ...] = ()
    consented: tuple[PersonId, ...] = ()
    excluded: tuple[PersonId, ...] = ()


class Voice(msgspec.Struct, frozen=True):
    """The track of somebody who consented, aligned with the talk."""

    person: PersonId
    path: Path


class Replay(msgspec.Struct, frozen=True):
    """What a talk's recording became. Without `parts` there was nothing.

    `talk` is the raw mix, true in time. `chapters` count from the talk's beginning. `peaks` is a JSON list of
    numbers from 0 to 1. `turns` are the order's, without those of the excluded; where it had none, what the
    tracks tell. `loudness` (LUFS) and `true_peak` (dBTP) are None for silence.
    """

    talk: Path | None = None
    duration: timedelta = timedelta()
    parts: tuple[Part, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    gaps: tuple[Gap, ...] = ()
    tracks: tuple[Voice, ...] = ()
    turns: tuple[Turn, ...] = ()
    waveform: Path | None = None
    peaks: Path | None = None
    loudness: float | None = None
    true_peak: float | None = None


class OrderMalformed(Exception):
    """The order cannot be read, or asks for what cannot be."""


def order_to_json(order: Order) -> bytes:
    """The order as JSON; durations as ISO 8601 has them."""
    return msgspec.json.encode(order, enc_hook=_path_to_text)


def order_from_json(text: bytes) -> Order:
    """The order; raises `OrderMalformed`."""
    try:
        return msgspec.json.decode(text, type=Order, dec_hook=_path_from_text)
    except msgspec.MsgspecError as error:
        raise OrderMalformed(str(error)) from error


def replay_to_json(replay: Replay) -> bytes:
    """The answer as JSON."""
    return msgspec.json.encode(replay, enc_hook=_path_to_text)


def replay_from_json(text: bytes) -> Replay:
    """The answer; raises `msgspec.MsgspecError`."""
    return msgspec.json.decode(text, type=Replay, dec_hook=_path_from_text)


def _path_to_text(value: Any) -> str:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _path_from_text(kind: type, value: Any) -> Any:
    if not issubclass(kind, Path):
        raise NotImplementedError(kind.__name__)
    if not isinstance(value, str):
        raise ValueError("a path is a text")
    return Path(value)
