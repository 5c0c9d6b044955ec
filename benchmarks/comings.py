"""What coming and going leaves behind in the memory of a relay process that joins and leaves many calls."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from benchmarks.hall import open_hall
from benchmarks.measuring import Row
from benchmarks.relaying import process_of, relaying
from rooms.ids import ChatId, RoomId
from rooms.ports import Opening
from voice.pool.relay import Relay

CYCLES = 500
FIRST = 20
"""Cycles after which a process has grown to its size."""

AT_ONCE = 4
"""Groups in which that happens side by side."""

GROWTH = 20.0
"""MiB by which all further cycles may make it grow."""


async def rows() -> AsyncIterator[Row]:
    """The growth of the process that has been in and out of calls hundreds of times."""
    began = monotonic()
    with TemporaryDirectory() as folder:
        before, after = await _measure(Path(folder))
    note = (
        f"{after - before:.1f} MiB more than {before:.0f} after {CYCLES} calls joined and left, "
        f"in {monotonic() - began:.0f} s"
    )
    yield Row("join-leave-memory", max(0.0, after - before) / GROWTH, 1.0, note)


async def _measure(folder: Path) -> tuple[float, float]:
    """The memory of the relay process in MiB after the first cycles, and after all."""
    async with open_hall(folder, AT_ONCE, "tone") as hall, relaying(hall, folder) as relay:
        process = process_of(relay)
        rooms = iter(range(1, CYCLES + 1))
        await _come_and_go(relay, hall.groups, [next(rooms) for _ in range(FIRST)])
        before = _resident(process)
        await _come_and_go(relay, hall.groups, list(rooms))
        if process_of(relay) != process:
            raise RuntimeError("the relay process died")
        return before, _resident(process)


async def _come_and_go(relay: Relay, chats: Sequence[int], rooms: Sequence[int]) -> None:
    """Open and close each of the rooms, in all chats side by side."""

    async def take_turns(place: int, chat: int) -> None:
        for number in rooms[place :: len(chats)]:
            await relay.open(Opening(RoomId(number), ChatId(chat), "Careers", is_live=True))
            await relay.close(RoomId(number))

    async with asyncio.TaskGroup() as tasks:
        for place, chat in enumerate(chats):
            tasks.create_task(take_turns(place, chat))


def _resident(process: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
