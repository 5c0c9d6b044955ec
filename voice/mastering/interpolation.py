"""Interpolation: how loud a sound is between its samples (ITU-R BS.1770-5, annex 2)."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono samples at 48 kHz, full scale at 1."""

STEP = 24
"""Samples (0.5 ms) for which one peak is told."""

OVERSAMPLING = 4

_DOUBTFUL = 0.7
"""Between samples that are softer than this share of a limit, no sound of a voice rises above it."""


def peaks(sound: Samples, limit: float) -> Samples:
    """The true peak of each step but the first and the last, which are there for their neighbours' sake.

    Args:
        sound: whole steps.
        limit: what is far below it is told by its samples alone.
    """
    steps = sound.reshape(-1, STEP)
    found: Samples = np.abs(steps).max(axis=1)[1:-1]
    (doubtful,) = np.nonzero(found > _DOUBTFUL * limit)
    if doubtful.size:
        windows = np.lib.stride_tricks.sliding_window_view(sound, 3 * STEP)[doubtful * STEP]
        between = np.abs(windows @ _KERNEL).max(axis=1)
        found[doubtful] = np.maximum(found[doubtful], between)
    return found


def _kernel() -> NDArray[np.float32]:
    """What makes, of three steps, the values between the samples of the middle one, by a windowed sinc."""
    samples = np.arange(3 * STEP)[:, None]
    fractions = np.arange(1, OVERSAMPLING) / OVERSAMPLING
    wanted = (STEP + np.arange(STEP)[:, None] + fractions).reshape(1, -1)
    distance = wanted - samples
    window = np.where(np.abs(distance) <= STEP, np.cos(np.pi * distance / (2 * STEP)) ** 2, 0)
    kernel: NDArray[np.float32] = (np.sinc(distance) * window).astype(np.float32)
    return kernel


_KERNEL = _kernel()
