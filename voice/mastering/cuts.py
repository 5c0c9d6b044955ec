"""Cuts: where a replay is parted, if it is too large for one upload."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voice.recording.spliced import PAGE_PACKETS

EARLIER = 0.25
"""Share of a part by which it may be shorter, so that it ends with a chapter, or at least in a pause."""

CALM = 15
"""Slots (0.3 s) that are looked at together when a pause is looked for."""

_PAGE_HEAD = 28


class TooSmall(Exception):
    """No part, however short, would be small enough."""


class Sizes:
    """How many bytes any stretch of a recording takes at most as a file of its own."""

    def __init__(self, packets: Sequence[int], head: int) -> None:
        """Take the bytes of each slot's packet, and those by which every file begins."""
        sizes = np.asarray(packets, np.int64)
        with_lengths = sizes + sizes // 255 + 1
        self._before: NDArray[np.int64] = np.concatenate((np.zeros(1, np.int64), np.cumsum(with_lengths)))
        self._head = head

    @property
    def slots(self) -> int:
        """The length of the recording."""
        return len(self._before) - 1

    def of(self, begin: int, end: int) -> int:
        """The bytes of a file with these slots."""
        pages = math.ceil((end - begin) / PAGE_PACKETS) + 1
        return self._head + _PAGE_HEAD * pages + int(self._before[end] - self._before[begin])

    def furthest(self, begin: int, limit: int) -> int:
        """Where a file that begins here must end at the latest."""
        low, high = begin, self.slots
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.of(begin, middle) <= limit else (low, middle - 1)
        return low


def cuts(sizes: Sizes, limit: int, chapters: Sequence[int], peaks: Sequence[float]) -> list[int]:
    """The slots at which parts begin, of parts that are about as large as each other.

    Args:
        sizes: of the recording.
        limit: in bytes.
        chapters: the slots at which chapters begin.
        peaks: how loud each slot is.

    Raises:
        TooSmall: the limit lets no sound through.
    """
    begins = [0]
    while (latest := sizes.furthest(begins[-1], limit)) < sizes.slots:
        begin = begins[-1]
        if latest == begin:
            raise TooSmall(limit)
        parts = math.ceil(sizes.of(begin, sizes.slots) / limit)
        wished = min(latest, begin + math.ceil((sizes.slots - begin) / parts))
        earliest = max(begin + 1, wished - math.ceil((wished - begin) * EARLIER))
        begins.append(_best(earliest, wished, latest, chapters, peaks))
    return begins


def _best(earliest: int, wished: int, latest: int, chapters: Sequence[int], peaks: Sequence[float]) -> int:
    """The chapter that begins nearest to where a cut is wished for; else the calmest moment."""
    beginning = [slot for slot in chapters if earliest <= slot <= latest]
    if beginning:
        return min(beginning, key=lambda slot: abs(slot - wished))
    first, last = max(0, earliest - CALM // 2), latest + CALM // 2 + 1
    around = np.asarray(peaks[first:last], np.float32)
    if len(around) < CALM:
        return latest
    loud = np.convolve(around, np.ones(CALM) / CALM, mode="valid")
    calmest = np.flatnonzero(loud <= loud.min() + 1e-4) + first + CALM // 2
    return min(latest, min(calmest.tolist(), key=lambda slot: abs(slot - wished)))
