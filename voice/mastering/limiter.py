"""The limiter: turns a sound down where it would be too loud, as little and as smoothly as it can."""

from collections.abc import Iterable, Iterator

import numpy as np

from voice.mastering.interpolation import STEP, Samples, peaks

REACH = 9
"""Steps (4.5 ms) before and after a peak in which the gain goes down and comes back."""

MARGIN = 2 * REACH + 2
"""Steps (10 ms) before and after a sound on which its gain depends."""

_WINDOW = np.hanning(2 * REACH + 3)[1:-1].astype(np.float32)
_WINDOW /= _WINDOW.sum()


def limited(sounds: Iterable[Samples], ceiling: float) -> Iterator[Samples]:
    """The sound with no true peak above the ceiling, as long as it was, in other pieces.

    Args:
        sounds: pieces of whole steps.
        ceiling: 1 is full scale.
    """
    margin = np.zeros(MARGIN * STEP, np.float32)
    waiting = margin
    for sound in sounds:
        waiting = np.concatenate((waiting, sound))
        if len(waiting) > 2 * len(margin):
            yield _limit(waiting, ceiling)
            waiting = waiting[-2 * len(margin) :]
    yield _limit(np.concatenate((waiting, margin)), ceiling)


def _limit(sound: Samples, ceiling: float) -> Samples:
    """What lies between the margins, limited.

    The gain of a step is a mean of the least gains that any peak within reach of its neighbours asks for, and
    so never above the gain that its own peak asks for; between steps it goes in straight lines.
    """
    body = sound[MARGIN * STEP : -MARGIN * STEP]
    found = peaks(sound, ceiling)
    if found.max() <= ceiling:
        return body
    asked = ceiling / np.maximum(found, ceiling)
    least = np.lib.stride_tricks.sliding_window_view(asked, 2 * REACH + 1).min(axis=1)
    smooth = np.convolve(least, _WINDOW, mode="valid")
    borders = np.minimum(smooth[:-1], smooth[1:])
    share = np.arange(STEP, dtype=np.float32) / STEP
    gains = borders[:-1, None] * (1 - share) + borders[1:, None] * share
    turned_down: Samples = (body.reshape(-1, STEP) * gains).reshape(-1).astype(np.float32)
    return turned_down
