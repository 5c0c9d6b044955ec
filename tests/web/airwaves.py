"""Airwaves that tell whether anybody is at them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rooms.airwaves import MemoryAirwaves
from rooms.ids import RoomId
from rooms.ports import Packet
from tests.deadline import DEADLINE


class WatchedAirwaves(MemoryAirwaves):
    """The real ones; `listening` is how many are at them now."""

    def __init__(self, backlog: int) -> None:
        super().__init__(backlog)
        self.listening = 0
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def listen(self, room: RoomId) -> AsyncIterator[AsyncIterator[Packet]]:
        async with super().listen(room) as packets:
            await self._count(1)
            try:
                yield packets
            finally:
                await self._count(-1)

    async def heard(self, least: int = 1) -> None:
        """Wait until so many listen."""
        async with asyncio.timeout(DEADLINE), self._changed:
            await self._changed.wait_for(lambda: self.listening >= least)

    async def unheard(self) -> None:
        """Wait until nobody listens."""
        async with asyncio.timeout(DEADLINE), self._changed:
            await self._changed.wait_for(lambda: not self.listening)

    async def _count(self, more: int) -> None:
        self.listening += more
        async with self._changed:
            self._changed.notify_all()
