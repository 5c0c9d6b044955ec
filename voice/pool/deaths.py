"""Deaths: how soon a relay process that died is replaced, and how often is too often."""

import random
from collections import deque

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0
"""Seconds before a process that died is replaced: doubled by each death, with jitter."""

SETTLED = 30.0
"""Seconds of life after which a death counts as the first one again."""

MOST, WITHIN = 5, 600.0
"""Deaths in so many seconds that mend themselves; more are somebody's business."""


class Deaths:
    """Counts them; times in seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._in_a_row = 0
        self._latest: deque[float] = deque(maxlen=MOST + 1)

    def add(self, began: float, now: float) -> None:
        """A process died that began its work then."""
        self._in_a_row = 1 if now - began > SETTLED else self._in_a_row + 1
        self._latest.append(now)

    @property
    def are_too_many(self) -> bool:
        """Whether they came so thick that somebody must look."""
        return len(self._latest) > MOST and self._latest[-1] - self._latest[0] < WITHIN

    def pause(self) -> float:
        """Seconds to wait before the next life."""
        pause = FIRST_PAUSE * 2.0 ** min(max(self._in_a_row - 1, 0), 20)
        return min(pause, LONGEST_PAUSE) * random.uniform(1, 2)  # noqa: S311
