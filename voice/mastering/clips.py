"""Clips: a short piece of a talk as a file of its own, while the talk goes on or afterwards."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from containers.ogg import read_pages
from containers.opus import PRE_SKIP, SILENT_PACKET
from voice.mastering.consents import CLIPS
from voice.mastering.hearing import encoded, heard, in_integers
from voice.mastering.interpolation import Samples
from voice.mastering.levelling import CEILING, factor, gain_for
from voice.mastering.limiter import limited
from voice.mastering.loudness import Meter
from voice.mastering.parts import PRE_ROLL, slot_of
from voice.mixing.units import SLOT, SLOT_SECONDS
from voice.recording.spliced import (
    GAPS,
    PACKETS,
    Stretch,
    gaps_to_text,
    read_gaps,
    read_slots,
    read_slotwise,
    write_packets,
)
from voice.recording.splicing import TALK
from voice.recording.timeline import Segment, Timeline, recorded, runs

LONGEST = timedelta(minutes=5)

BIT_RATE = 48_000

FADE = 480
"""Samples (10 ms) in which a clip comes and goes."""


class NothingToClip(Exception):
    """Nothing was recorded there, or not yet."""


@dataclass(frozen=True, slots=True)
class _Tape:
    """What there is of a talk until now: its length in slots, its gaps, and a way to its packets."""

    slots: int
    gaps: Sequence[Stretch]
    pieces: Sequence[tuple[Segment, int]] = ()
    talk: Path | None = None

    def packets(self, begin: int, end: int) -> Iterator[bytes]:
        """One packet for each slot of the stretch."""
        if self.talk is not None:
            return itertools.islice(read_slotwise(self.talk), begin, end)
        return self._from_segments(begin, end)

    def _from_segments(self, begin: int, end: int) -> Iterator[bytes]:
        due = begin
        for segment, shift in self.pieces:
            for page in read_pages(segment.path):
                first = segment.slot + shift + page.at // SLOT
                for slot, packet in enumerate(page.packets, first):
                    if due <= slot < end:
                        yield from itertools.repeat(SILENT_PACKET, slot - due)
                        yield packet
                        due = slot + 1
        yield from itertools.repeat(SILENT_PACKET, end - due)


def clip(folder: Path, begin: timedelta | None, length: timedelta) -> Path:
    """Cut a piece out of the room's talk, as loud as a replay, in a file of its own.

    While the talk goes on, what was recorded until half a second ago can be cut.

    Args:
        folder: the room's.
        begin: from the talk's beginning; None: so that the piece ends with what was recorded last.
        length: at most `LONGEST`; where the talk is shorter, so is the piece.

    Raises:
        NothingToClip: nothing was recorded there.
        OSError: the disk refuses.
    """
    tape = _tape(folder)
    wanted = round(min(length, LONGEST).total_seconds() / SLOT_SECONDS)
    first = max(0, tape.slots - wanted) if begin is None else slot_of(begin)
    last = min(first + wanted, tape.slots)
    if last <= first:
        raise NothingToClip(str(begin))
    return _write(folder / CLIPS, tape, first, last)


def _tape(folder: Path) -> _Tape:
    """The finished talk, or the segments of one that goes on."""
    talk = folder / TALK
    if talk.exists():
        return _Tape(read_slots(talk), read_gaps(talk), talk=talk)
    timeline, gaps, heard_until = Timeline(), [], 0
    segments = list(recorded(folder))
    for segment in segments:
        for run in timeline.lay(segment, runs(segment)):
            gaps.append((heard_until, run.slot - heard_until))
            heard_until = run.slot + run.length
    pieces = [(segment, timeline.shift(segment.clock)) for segment in segments]
    return _Tape(timeline.slots, [gap for gap in gaps if gap[1]], pieces)


def _write(folder: Path, tape: _Tape, first: int, last: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{first}-{last - first}.ogg"
    sound = _cut(tape, first, last)
    meter = Meter()
    meter.feed(sound)
    level = np.float32(factor(gain_for(meter)))
    packets = encoded(map(in_integers, limited([_faded(sound * level)], factor(CEILING))), BIT_RATE)
    inside = [(max(start, first), min(start + length, last)) for start, length in tape.gaps]
    gaps = gaps_to_text((begin - first, end - begin) for begin, end in inside if end > begin)
    write_packets(path, packets, {PACKETS: str(last - first), GAPS: gaps})
    return path


def _cut(tape: _Tape, first: int, last: int) -> Samples:
    """The sound of the stretch; the decoder hears a little before it, so that it is right from the start."""
    lead = min(first, PRE_ROLL)
    return np.concatenate(list(heard(tape.packets(first - lead, last))))[lead * SLOT :]


def _faded(sound: Samples) -> Samples:
    """The last samples, by which the encoder delays, are not heard any more."""
    ramp = np.linspace(0, 1, FADE, dtype=np.float32)
    sound[:FADE] *= ramp
    sound[-FADE - PRE_SKIP : -PRE_SKIP] *= ramp[::-1]
    sound[-PRE_SKIP:] = 0
    return sound
