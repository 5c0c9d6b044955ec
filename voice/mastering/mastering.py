"""Mastering a talk: one order in, all that can be made of its recording out, as often as one likes."""

import fcntl
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rooms.ids import PersonId
from rooms.recordings import PEAKS
from voice.mastering.consents import make_true, spoken
from voice.mastering.levelling import Levelled, gain_for, level, measured
from voice.mastering.orders import Order, Replay, Voice, replay_to_json
from voice.mastering.outline import write_outline
from voice.mastering.parts import Label, sizes_of, write_parts
from voice.mastering.picture import Scene, write_picture
from voice.mastering.renditions import write_renditions
from voice.recording.spliced import Splice, read_gaps, read_slotwise, read_splice
from voice.recording.splicing import TALK, splice, voices

BIT_RATE = 40_000
LEAST_BIT_RATE = 26_000
"""Bits a second; below it a voice suffers, and a second file is better."""

ANSWER = "replay.json"
WAVEFORM = "waveform.png"
_WHOLE = "whole.ogg"
_CAUTION = 0.96
"""Of the bit rate that would just fit."""


def master(order: Order) -> Replay:
    """Make of the room's recording what the order asks for.

    What a killed process left half done is done anew. Earlier files of the replay are replaced or removed.

    Raises:
        TooSmall: no part can be as small as the order's limit.
        OSError: the disk refuses.
    """
    if not order.folder.is_dir():
        return Replay()
    with _alone(order.folder):
        return _master(order) if splice(order.folder) is not None else Replay()


def _master(order: Order) -> Replay:
    make_true(order)
    replay = _publish(order, read_splice(order.folder / TALK))
    unfinished = order.folder / f"{ANSWER}.part"
    unfinished.write_bytes(replay_to_json(replay))
    unfinished.rename(order.folder / ANSWER)
    _clear(order.folder, replay)
    return replay


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process masters this recording, even one whose parent was killed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _publish(order: Order, talk: Splice) -> Replay:
    chapters = tuple(
        sorted((one for one in order.chapters if one.at < talk.duration), key=lambda one: one.at)
    )
    label = Label(order.title, order.artist, chapters, read_gaps(talk.path))
    whole = order.folder / _WHOLE
    levelled = _level(talk.path, whole, label, order.limit)
    parts = write_parts(order.folder, whole, levelled, label, order.limit)
    write_renditions(parts, order.title, order.artist)
    turns = order.turns or spoken(order.folder)
    turns = tuple(turn for turn in turns if turn.person not in order.excluded)
    begins = [chapter.at for chapter in chapters]
    scene = Scene(order.theme, levelled.peaks, talk.duration, turns, talk.gaps, begins)
    write_picture(order.folder / WAVEFORM, scene)
    write_outline(order.folder / PEAKS, levelled.peaks)
    return Replay(
        talk=talk.path,
        duration=talk.duration,
        parts=tuple(parts),
        chapters=chapters,
        gaps=talk.gaps,
        tracks=_tracks(order.folder),
        turns=turns,
        waveform=order.folder / WAVEFORM,
        peaks=order.folder / PEAKS,
        loudness=_finite(levelled.loudness),
        true_peak=_finite(levelled.true_peak),
    )


def _level(talk: Path, whole: Path, label: Label, limit: int) -> Levelled:
    """The levelled recording; a little coarser where that saves a second file."""
    gain, bit_rate = gain_for(measured(read_slotwise(talk))), BIT_RATE
    levelled = level(talk, whole, gain, bit_rate)
    while (size := _size(levelled, label)) > limit:
        bit_rate = round(bit_rate * _CAUTION * limit / size)
        if bit_rate < LEAST_BIT_RATE:
            break
        levelled = level(talk, whole, gain, bit_rate)
    return levelled


def _size(levelled: Levelled, label: Label) -> int:
    sizes = sizes_of(levelled, label)
    return sizes.of(0, sizes.slots)


def _tracks(folder: Path) -> tuple[Voice, ...]:
    return tuple(Voice(PersonId(int(path.stem)), path) for path in voices(folder, is_spliced=True))


def _clear(folder: Path, replay: Replay) -> None:
    """Remove what earlier masterings left."""
    kept = {path for part in replay.parts for path in (part.path, part.as_mp3)}
    for path in [
        *folder.glob("replay*.ogg"),
        *folder.glob("replay*.mp3"),
        *folder.rglob("*.part"),
        folder / _WHOLE,
    ]:
        if path not in kept:
            path.unlink(missing_ok=True)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
