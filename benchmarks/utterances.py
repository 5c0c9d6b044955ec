"""Utterances: what the speakers of the benchmarks say, as Opus packets that are made once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import av
import numpy as np
from numpy.typing import NDArray

from sandbox.people.repertoire import load_repertoire

RATE, SLOT = 48_000, 960

PACKET_SECONDS = SLOT / RATE

TONE = 430.0
"""Hertz: no whole number of turns in 10 ms, in 20 or in 90: where something is missing the phase jumps."""

AMPLITUDE = 8000

SETTLING = 50
"""Packets after which an encoder has got used to the tone."""

BURST = 5
"""Packets (100 ms) that a mark lasts."""

PAUSES = (17, 24, 19, 31, 22, 27)
"""Packets between two marks: of unequal number, so that no mark is taken for another one."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Packets to be said over and over, and which of them begin a mark: a burst of sound after silence."""

    packets: Sequence[bytes]
    marks: frozenset[int] = frozenset()


def _tone() -> Utterance:
    """A tone without end: 16 s by an encoder that has settled, lest the seam be heard."""
    return Utterance(encoded(tone(SETTLING + 800))[SETTLING:])


def _speech() -> Utterance:
    """All that Ada says in the sandbox, without a pause."""
    spoken = (one for one in load_repertoire().values() if one.person == "ada")
    return Utterance([packet for one in spoken for packet in one.packets()])


def _marks() -> Utterance:
    """Bursts of a tone in silence."""
    lengths = [BURST + pause for pause in PAUSES]
    begins = [0, *accumulate(lengths)][:-1]
    sound = np.zeros((sum(lengths), SLOT), np.int16)
    for begin in begins:
        sound[begin : begin + BURST] = tone(BURST).reshape(-1, SLOT)
    return Utterance(encoded(sound.reshape(-1)), frozenset(begins))


SAID: Mapping[str, Callable[[], Utterance]] = {"tone": _tone, "speech": _speech, "marks": _marks}
"""By name."""


def tone(packets: int) -> NDArray[np.int16]:
    """The tone, so many packets long."""
    turns = 2 * np.pi * TONE * np.arange(packets * SLOT) / RATE
    samples: NDArray[np.int16] = (AMPLITUDE * np.sin(turns)).astype(np.int16)
    return samples


def encoded(sound: NDArray[np.int16]) -> list[bytes]:
    """Packets of 20 ms as callers send them, at 32 kbit/s."""
    codec = av.CodecContext.create("libopus", "w")
    codec.sample_rate, codec.layout, codec.format, codec.bit_rate = RATE, "mono", "s16", 32_000
    packets = []
    for block in sound.reshape(-1, SLOT):
        frame = av.AudioFrame.from_ndarray(block[None], "s16", "mono")
        frame.sample_rate = RATE
        packets += [bytes(packet) for packet in codec.encode(frame)]
    return packets
