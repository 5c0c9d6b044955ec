"""Doubt: how far silence is certain, and which of it turns out to be a gap."""

import math
from collections import deque
from collections.abc import Callable

from voice.mixing.units import SLOT
from voice.recording.spliced import Stretch

LONGEST = 30_000
"""Slots (10 min) that are in doubt at most; older ones count as silence."""


class Doubt:
    """Remembers the slots in which nothing was heard since the line stood for certain.

    That a line is dead is noticed late, and until then it sounds like silence: when it is lost after all,
    they are a part of the gap.
    """

    def __init__(self) -> None:
        self.stood: Callable[[], float] = lambda: math.inf
        """Tells until which sample of the room's clock the line stood for certain."""
        self._slots: deque[int] = deque(maxlen=LONGEST)

    def follow(self, slot: int, *, is_voiced: bool, is_silent: bool) -> None:
        """Take note of a slot: with voices, which prove that the line stands; or silent; or neither."""
        if is_voiced:
            self._slots.clear()
        if not is_silent:
            return
        self._slots.append(slot)
        stood = self.stood()
        while self._slots and (self._slots[0] + 1) * SLOT <= stood:
            self._slots.popleft()

    def lose(self) -> list[Stretch]:
        """The line is lost: what was a gap already, in slots of the room's clock."""
        gaps: list[Stretch] = []
        for slot in self._slots:
            begin, length = gaps[-1] if gaps else (slot, 0)
            if slot == begin + length and gaps:
                gaps[-1] = (begin, length + 1)
            else:
                gaps.append((slot, 1))
        self._slots.clear()
        return gaps
