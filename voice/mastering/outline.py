"""The outline: how loud a talk is over time, in as few numbers as a picture or a page needs."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

POINTS = 800
"""Numbers that a page gets."""


def outline(peaks: Sequence[float], points: int) -> list[float]:
    """How loud each of so many equal stretches is, from 0 to 1, the loudest being 1.

    Args:
        peaks: of each slot; where there are fewer slots than points, they are spread.
        points: how many numbers are wanted.
    """
    if not len(peaks):
        return [0.0] * points
    borders = np.linspace(0, len(peaks), points + 1)
    begins = np.minimum(borders[:-1].astype(int), len(peaks) - 1)
    ends = np.maximum(np.ceil(borders[1:]).astype(int), begins + 1)
    array = np.asarray(peaks, np.float32)
    power = np.concatenate((np.zeros(1), np.cumsum(array.astype(np.float64) ** 2)))
    loud = np.sqrt((power[ends] - power[begins]).clip(0) / (ends - begins))
    return [round(float(value), 3) for value in loud / max(float(loud.max()), 1e-4)]


def write_outline(path: Path, peaks: Sequence[float]) -> None:
    """Write `POINTS` numbers as a JSON list. Raises `OSError`."""
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(msgspec.json.encode(outline(peaks, POINTS)))
    unfinished.rename(path)
