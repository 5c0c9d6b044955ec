"""Pages: a room's packets as live Ogg Opus, without another encode, short of nothing that listeners need."""

import random

from containers.ogg import PageWriter
from containers.opus import PRE_SKIP, SILENT_PACKET
from voice.mixing.units import RATE, SLOT
from voice.outlets.backlog import Sound

PAGE_PACKETS = 10
"""Packets (0.2 s) a page: what a listener is behind by it."""

LONGEST_FILLED = 1 * RATE
"""Samples of a gap that are filled with silence, so that no player runs dry; in a longer one all did."""


class Pages:
    """One logical stream. In a long gap the positions, which keep true time, jump (RFC 7845, section 4)."""

    def __init__(self) -> None:
        self._writer = PageWriter(random.getrandbits(32), PRE_SKIP)
        self._packets: list[bytes] = []
        self._began: int | None = None
        self._due = 0

    def head(self, title: str) -> bytes:
        """What the stream begins with."""
        return self._writer.head({"TITLE": title} if title else {})

    def add(self, sound: Sound) -> bytes:
        """The pages that this slot makes full; mostly none."""
        pages = b"" if self._began is None else self._bridge(sound.at)
        if self._began is None:
            self._began = sound.at
        self._packets.append(sound.opus)
        self._due = sound.at + SLOT
        return pages + self._full()

    def _bridge(self, at: int) -> bytes:
        """Make up for what is missing before this sample."""
        missing = at - self._due
        if missing > LONGEST_FILLED:
            return self._page()
        pages = b""
        for _ in range(missing // SLOT):
            self._packets.append(SILENT_PACKET)
            self._due += SLOT
            pages += self._full()
        return pages

    def _full(self) -> bytes:
        return self._page() if len(self._packets) >= PAGE_PACKETS else b""

    def _page(self) -> bytes:
        packets, self._packets = self._packets, []
        begins = self._due - len(packets) * SLOT - (self._began or 0)
        return self._writer.page(packets, at=begins) if packets else b""
