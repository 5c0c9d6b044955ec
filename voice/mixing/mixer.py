"""The mixer: adds up the sounds of one slot without ever clipping hard."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from voice.mixing.sound import SILENCE, Block
from voice.mixing.units import SLOT

CEILING = 31_000.0
"""The loudest sample that leaves the mixer, about -0.5 dB of full scale."""

RELEASE = 0.04
"""How much of the full gain comes back in a slot: half a second from silence to full."""

ATTACK = 96
"""Samples (2 ms) in which the gain goes down."""

Sum = NDArray[np.float32]
"""Samples that were added up, however loud; whole numbers, and so exact."""


def added(blocks: Iterable[Block]) -> Sum:
    """The blocks of one slot, added up."""
    total = np.zeros(SLOT, np.float32)
    for block in blocks:
        total += block
    return total


class Mixer:
    """Sums any number of voices; when they are too loud together, all of them are turned down, smoothly.

    Nobody is ever turned down because others are there: only what exceeds the ceiling is.
    """

    def __init__(self) -> None:
        self._gain = 1.0

    def mix(self, blocks: Sequence[Block]) -> Block:
        """The sum of blocks of one slot each; silence when there are none."""
        if not blocks:
            self.rest()
            return SILENCE
        if len(blocks) == 1 and self._gain == 1.0 and _peak(blocks[0]) <= CEILING:
            return blocks[0]
        return self.limit(added(blocks))

    def limit(self, total: Sum) -> Block:
        """What was added up elsewhere, as it leaves the mixer."""
        peak = float(np.abs(total).max())
        allowed = min(1.0, CEILING / peak) if peak else 1.0
        before = self._gain
        self._gain = min(allowed, before + RELEASE)
        if before != 1.0 or self._gain != 1.0:
            total = np.clip(total * self._ramp(before), -CEILING, CEILING)
        mixed: Block = total.astype(np.int16)
        return mixed

    def rest(self) -> None:
        """Let a slot go by in which nothing sounds."""
        self._gain = min(1.0, self._gain + RELEASE)

    def _ramp(self, before: float) -> NDArray[np.float32]:
        ramp = np.full(SLOT, self._gain, np.float32)
        length = ATTACK if self._gain < before else SLOT
        ramp[:length] = np.linspace(before, self._gain, length, dtype=np.float32)
        return ramp


def _peak(block: Block) -> int:
    return max(int(block.max()), -int(block.min()))
