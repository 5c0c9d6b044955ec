"""Marks: short tones, each of another pitch than its neighbours, as Opus; and how late each was heard."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.gallery.payload import PACKET
from voice.mixing.units import RATE, SLOT

APART = 13
"""Slots from one mark to the next: an odd number, so that marks stand everywhere in a chunk."""

LENGTH = 2
"""Slots for which a mark sounds."""

PITCHES = 8
"""Marks until the first pitch comes again, after two seconds."""

STEP = 500.0
"""Hertz from one pitch to the next, and the lowest of them."""

LOUDNESS = 12_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A tone that begins: `at` in seconds, and which of the pitches it has."""

    at: float
    pitch: int


def packets() -> Sequence[bytes]:
    """All pitches once, a packet of `PACKET` bytes for each slot; over and over, they are endless sound."""
    sound = np.concatenate([_mark(pitch) for pitch in range(PITCHES)])
    codec = _encoder()
    told = [_encoded(codec, block) for block in np.tile(sound, 2).reshape(-1, SLOT)]
    return told[len(told) // 2 :]  # what goes before the first is the last, as in endless sound


def pitch_from(slot: int) -> int | None:
    """The pitch that begins with this slot, if one does."""
    number, within = divmod(slot, APART)
    return None if within else number % PITCHES


def pitch_of(hertz: float) -> int:
    """Which of the pitches this is nearest to."""
    return round(hertz / STEP) - 1


def delays_of(said: Sequence[Mark], heard: Sequence[Mark]) -> Sequence[float]:
    """Seconds until each mark was heard, of those said from the first that was heard to the last.

    One that was not heard is at least two seconds late, by when another has its pitch; or infinitely, as
    all are where nothing was heard. What has none of the pitches is a noise.
    """
    heard = [one for one in heard if 0 <= one.pitch < PITCHES]
    if not heard:
        return [math.inf for _mark in said]
    begins, ends = (_said_as(one, said) for one in (heard[0], heard[-1]))
    return [_delay(mark, heard) for mark in said if begins <= mark.at <= ends]


def _said_as(one: Mark, said: Sequence[Mark]) -> float:
    earlier = (mark.at for mark in said if mark.pitch == one.pitch and mark.at < one.at)
    return max(earlier, default=one.at)


def _delay(mark: Mark, heard: Sequence[Mark]) -> float:
    later = (one.at - mark.at for one in heard if one.pitch == mark.pitch and one.at > mark.at)
    return min(later, default=math.inf)


def _mark(pitch: int) -> NDArray[np.int16]:
    slots = np.zeros(APART * SLOT, np.int16)
    at = np.arange(LENGTH * SLOT) / RATE
    slots[: at.size] = LOUDNESS * np.sin(2 * np.pi * STEP * (pitch + 1) * at)
    return slots


def _encoder() -> av.AudioCodecContext:
    """As the program's, but for the packets' size, which is always the same."""
    codec = av.CodecContext.create("libopus", "w")
    codec.sample_rate, codec.layout, codec.format = RATE, "mono", "s16"
    codec.bit_rate = PACKET * 8 * RATE // SLOT
    codec.options = {"application": "lowdelay", "frame_duration": "20", "vbr": "off"}
    codec.open()
    return codec


def _encoded(codec: av.AudioCodecContext, block: NDArray[np.int16]) -> bytes:
    frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), "s16", "mono")
    frame.sample_rate = RATE
    (packet,) = codec.encode(frame)
    return bytes(packet)
