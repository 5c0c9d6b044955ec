"""Sound as numbers: its blocks, its silence and its loudness."""

import math

import numpy as np
from numpy.typing import NDArray

from voice.mixing.units import SLOT

Block = NDArray[np.int16]
"""Mono samples at `voice.mixing.units.RATE`."""

SILENCE: Block = np.zeros(SLOT, np.int16)
SILENCE.setflags(write=False)

FULL_SCALE = 32768.0
QUIETEST = 127


def loudness(block: Block) -> int:
    """The level in dBov as RFC 6464 counts it: 0 loudest, 127 silence."""
    if not block.size:
        return QUIETEST
    samples = block.astype(np.float32)
    power = float(np.dot(samples, samples)) / block.size
    if power < 1e-9:
        return QUIETEST
    return min(QUIETEST, max(0, round(-10 * math.log10(power / FULL_SCALE**2))))
