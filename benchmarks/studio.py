"""What the sound of a room costs: mixing and encoding, as shares of the time that the sound lasts."""

import statistics
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.measuring import ROUNDS, Row, cpu_seconds
from voice.mixing.encoder import Encoder
from voice.mixing.mixer import Mixer
from voice.mixing.units import SLOT, SLOT_SECONDS

SLOTS = 250
"""5 s of sound a round."""

SPEAKERS = 10


def rows() -> Iterator[Row]:
    """Mixing ten speakers, and encoding the mix once."""
    chance = np.random.default_rng(10)
    voices = [
        (chance.normal(0, 2000, (SLOTS, SLOT))).clip(-32768, 32767).astype(np.int16) for _ in range(SPEAKERS)
    ]
    mixer, encoder = Mixer(), Encoder()
    mixed = [mixer.mix([voice[slot] for voice in voices]) for slot in range(SLOTS)]

    def mix() -> None:
        for slot in range(SLOTS):
            mixer.mix([voice[slot] for voice in voices])

    def encode() -> None:
        for block in mixed:
            encoder.encode(block)

    yield Row("mix-10", _share(mix), 0.02, "of a core, to mix 10 speakers")
    yield Row(
        "encode-room", _share(encode), 0.03, "of a core, to encode a room once, noise being the worst case"
    )


def _share(work: Callable[[], None]) -> float:
    return statistics.median(cpu_seconds(work) / (SLOTS * SLOT_SECONDS) for _ in range(ROUNDS))
