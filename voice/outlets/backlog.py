"""The backlog: sound on its way to one server, of which the oldest goes when there is too much."""

import asyncio
from collections import deque
from typing import NamedTuple

from voice.mixing.sound import Block
from voice.mixing.units import SLOT_SECONDS

LONGEST = 5.0
"""Seconds of sound that wait for a slow server."""


class Sound(NamedTuple):
    """A slot of a room's sound, as a packet and as samples; `at` counts samples and only grows."""

    at: int
    opus: bytes
    block: Block


class Backlog:
    """Takes sound at any time without waiting, and hands it out in order, as fast as it is asked for."""

    def __init__(self) -> None:
        self.taken = 0
        """Slots that were handed out."""
        self._waiting: deque[Sound] = deque(maxlen=round(LONGEST / SLOT_SECONDS))
        self._has_some = asyncio.Event()

    def put(self, sound: Sound) -> None:
        """Let the sound wait; never blocks."""
        self._waiting.append(sound)
        self._has_some.set()

    async def take(self) -> Sound:
        """The oldest slot that waits, once there is one."""
        while not self._waiting:
            self._has_some.clear()
            await self._has_some.wait()
        self.taken += 1
        return self._waiting.popleft()

    def clear(self) -> None:
        """Forget what waits: who joins now hears what is said from now on."""
        self._waiting.clear()
