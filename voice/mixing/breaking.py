"""Breaking off: speech that stops in its middle and goes on later was cut off by the line, not by people."""

from collections.abc import Mapping

from voice.mixing.speaking import BEGINS

PAUSE = 1.5
"""Seconds without any frame: whoever is unmuted sends some all the time, even when they are silent."""

TAIL = 1.6
"""Seconds for which frames go on behind the last packet: what the library makes up, ever quieter."""


class BreakingOff:
    """Follows the frames of a call and how loud they are, slot by slot."""

    def __init__(self) -> None:
        self._frame_at: float | None = None
        self._loud_at = 0.0
        self._loud: int | None = None

    def follow(self, frame_at: float | None, levels: Mapping[int, int]) -> int | None:
        """Whose speech was cut off, a source, in the slot in which frames come again; else None.

        Args:
            frame_at: when the last frame came, in seconds of one clock; None before the first.
            levels: of all sources that are heard in this slot, in dBov.
        """
        before, self._frame_at = self._frame_at, frame_at
        if frame_at is None:
            return None
        loudest = min(levels, key=levels.__getitem__, default=None)
        is_again = before is not None and frame_at - before >= PAUSE
        cut_off = self._loud if before is not None and is_again and before - self._loud_at <= TAIL else None
        if loudest is not None and levels[loudest] < BEGINS:
            self._loud, self._loud_at = loudest, frame_at
        return cut_off
