"""Airwaves within one process: hands each room's packets to whoever listens."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rooms.ids import RoomId
from rooms.ports import Packet

BACKLOG = 100
"""Packets (20 ms each) kept for one who listens slowly; then the oldest go."""


class MemoryAirwaves:
    """The Airwaves port in memory. Publishing costs the same whether listeners keep up or not."""

    def __init__(self, backlog: int = BACKLOG) -> None:
        self._backlog = backlog
        self._listeners: dict[RoomId, set[_Listener]] = {}

    def publish(self, room: RoomId, packet: Packet) -> None:
        """Hand the packet to all who listen to the room now; never blocks."""
        for listener in self._listeners.get(room, ()):
            listener.take(packet)

    @asynccontextmanager
    async def listen(self, room: RoomId) -> AsyncIterator[AsyncIterator[Packet]]:
        """The room's packets from now on."""
        listener = _Listener(self._backlog)
        self._listeners.setdefault(room, set()).add(listener)
        try:
            yield listener
        finally:
            listeners = self._listeners[room]
            listeners.discard(listener)
            if not listeners:
                del self._listeners[room]


class _Listener:
    """One listener's packets on their way."""

    def __init__(self, backlog: int) -> None:
        self._waiting: deque[Packet] = deque(maxlen=backlog)
        self._has_some = asyncio.Event()

    def take(self, packet: Packet) -> None:
        self._waiting.append(packet)
        self._has_some.set()

    def __aiter__(self) -> "_Listener":
        return self

    async def __anext__(self) -> Packet:
        while not self._waiting:
            self._has_some.clear()
            await self._has_some.wait()
        return self._waiting.popleft()
