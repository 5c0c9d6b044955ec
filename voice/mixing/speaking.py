"""Who speaks: decided from the loudness of every source, without flicker."""

from collections.abc import Mapping

from voice.mixing.sound import Block, loudness

BEGINS = 45
"""dBov; louder than this is speech when it lasts."""

ENDS = 52
"""dBov; only what is quieter than this is a pause."""

TO_BEGIN = 4
"""Slots (80 ms) in a row until somebody counts as speaking."""

TO_END = 30
"""Slots (600 ms) of pause until somebody counts as silent."""


class Speaking:
    """Follows all sources: `sources` speak now, `has_changed` since the last slot; `levels` are in dBov."""

    def __init__(self) -> None:
        self._streaks: dict[int, int] = {}
        self.sources: frozenset[int] = frozenset()
        self.levels: dict[int, int] = {}
        self.has_changed = False

    def follow(self, heard: Mapping[int, Block]) -> None:
        """Take note of the next slot of every source that is heard."""
        before = self.sources
        self.levels = {source: loudness(block) for source, block in heard.items()}
        for source in heard.keys() | self._streaks.keys():
            self._follow_one(source, self.levels.get(source, ENDS + 1))
        self.has_changed = self.sources != before

    def _follow_one(self, source: int, level: int) -> None:
        is_speaking = source in self.sources
        is_contrary = level > ENDS if is_speaking else level < BEGINS
        streak = self._streaks.get(source, 0) + 1 if is_contrary else 0
        if streak >= (TO_END if is_speaking else TO_BEGIN):
            self.sources = self.sources ^ {source}
            streak = 0
        if streak or source in self.sources:
            self._streaks[source] = streak
        else:
            self._streaks.pop(source, None)
