"""The mixer: adds up the sounds of one slot without ever clipping hard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voice.sound import SILENCE, SLOT, Block

CEILING = 31_000.0
"""The loudest sample that leaves the mixer, about -0.5 dB of full scale."""

RELEASE = 0.04
"""How much of the full gain comes back in a slot: half a second from silence to full."""

ATTACK = 96
"""Samples (2 ms) in which the gain goes down."""


class Mixer:
    """Sums any number of voices; when they are too loud together, all of them are turned down, smoothly."""

    def __init__(self) -> None:
        self._gain = 1.0

    def mix(self, blocks: Sequence[Block]) -> Block:
        """The sum of blocks of one slot each; silence when there are none."""
        if not blocks:
            self._gain = min(1.0, self._gain + RELEASE)
            return SILENCE
        total = np.zeros(SLOT, np.float32)
        for block in blocks:
            total += block
        peak = float(np.abs(total).max())
        allowed = min(1.0, CEILING / peak) if peak else 1.0
        before = self._gain
        self._gain = min(allowed, before + RELEASE)
        if before != 1.0 or self._gain != 1.0:
            total = np.clip(total * self._ramp(before), -CEILING, CEILING)
        mixed: Block = total.astype(np.int16)
        return mixed

    def _ramp(self, before: float) -> NDArray[np.float32]:
        ramp = np.full(SLOT, self._gain, np.float32)
        length = ATTACK if self._gain < before else SLOT
        ramp[:length] = np.linspace(before, self._gain, length, dtype=np.float32)
        return ramp
