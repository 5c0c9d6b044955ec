"""Sound as numbers: the rates, sizes and loudness that everybody in the relay process agrees on."""

import math

import numpy as np
from numpy.typing import NDArray

Block = NDArray[np.int16]
"""Mono samples at `RATE`."""

RATE = 48_000
"""Samples a second."""

FRAME = 480
"""Samples in 10 ms, the native library's unit."""

SLOT = 960
"""Samples in 20 ms, the unit of mixing and encoding."""

SLOT_SECONDS = SLOT / RATE

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
