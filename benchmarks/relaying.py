"""A relay at work for the benchmarks: the real relay process, its rooms open, and what comes out of them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import clock_gettime, monotonic

from benchmarks.hall import Hall
from rooms.ids import ChatId, RoomId
from rooms.ports import Opening, Packet
from voice.pool.child import Patience
from voice.pool.relay import Relay

STARTING = 60.0
"""Seconds within which the relay process must be up: it imports a large library."""

NO_SPARE = Patience(calm=24 * 3600.0)
"""The second process, which waits for the first one's death, would take processor time while it starts."""


@asynccontextmanager
async def relaying(hall: Hall, data: Path) -> AsyncIterator[Relay]:
    """A relay whose process is up; what it records is put under `data`."""
    ours = {"LOGGIONE_SANDBOX_MTPROTO": str(hall.relay), "LOGGIONE_DATA": str(data)}
    command = [sys.executable, "-m", "app.relay_process"]
    relay = Relay(command, {**os.environ, **ours}, NO_SPARE)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(relay.run())
        async with asyncio.timeout(STARTING):
            await relay.is_up.wait()
        try:
            yield relay
        finally:
            running.cancel()


def process_of(relay: Relay) -> int:
    """The number of the process at work."""
    if relay.pid is None:
        raise RuntimeError("the relay process died")
    return relay.pid


async def open_rooms(relay: Relay, chats: Sequence[int]) -> list[RoomId]:
    """Open a room in each of the chats, under way and recorded, one after the other."""
    rooms = [RoomId(number) for number in range(1, len(chats) + 1)]
    for room, chat in zip(rooms, chats, strict=True):
        await relay.open(Opening(room, ChatId(chat), "Careers", is_live=True))
    return rooms


@dataclass
class Ear:
    """The packets of one room, and when each of them came, on the machine's monotonic clock."""

    packets: list[Packet] = field(default_factory=list)
    came_at: list[float] = field(default_factory=list)


@asynccontextmanager
async def hearing(relay: Relay, rooms: Sequence[RoomId]) -> AsyncIterator[dict[RoomId, Ear]]:
    """All that the rooms send out within the block."""
    ears = {room: Ear() for room in rooms}

    async def hear(room: RoomId) -> None:
        async with relay.listen(room) as packets:
            async for packet in packets:
                ears[room].came_at.append(monotonic())
                ears[room].packets.append(packet)

    async with asyncio.TaskGroup() as tasks:
        listening = [tasks.create_task(hear(room)) for room in rooms]
        yield ears
        for task in listening:
            task.cancel()


def processor_seconds(process: int) -> float:
    """The processor time that all threads of a process have taken, also those that ended.

    By the process's own clock, whose number is made as in clock_getcpuclockid(3).
    """
    return clock_gettime((~process << 3) | 2)


def pin(process: int, cores: set[int]) -> None:
    """Let all threads of a process, and those that they will start, run on these cores only."""
    for thread in Path(f"/proc/{process}/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)
