"""What a live room costs: the relay process against the bare call library, both in the same call at once."""

import asyncio
import statistics
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hall import open_hall
from benchmarks.listener import listening
from benchmarks.measuring import ROUNDS, Row
from benchmarks.relaying import hearing, open_rooms, process_of, processor_seconds, relaying

BOUND = 1.6

SETTLING = 4.0
"""Seconds after joining that are not counted."""

WINDOW = 5.0
"""Seconds a round."""


async def rows() -> AsyncIterator[Row]:
    """A room with one speaker: heard, mixed, encoded, recorded and passed on, against being heard."""
    with TemporaryDirectory() as folder:
        rounds = await _measure(Path(folder))
    ratio = statistics.median(relay / bare for relay, bare in rounds)
    ours, bare = (statistics.median(shares) / WINDOW for shares in zip(*rounds, strict=True))
    note = f"a live, recorded room in {ours:.1%} of a core against {bare:.1%} of bare listening"
    yield Row("room-cpu", ratio, BOUND, note)


async def _measure(folder: Path) -> list[tuple[float, float]]:
    """For each round the processor seconds of the relay process and of the bare listener."""
    async with open_hall(folder, 1, "speech") as hall, relaying(hall, folder) as relay:
        rooms = await open_rooms(relay, hall.groups)
        async with listening(hall.listener, hall.groups) as bare, hearing(relay, rooms):
            await asyncio.sleep(SETTLING)
            return [await _round(process_of(relay), bare) for _ in range(ROUNDS)]


async def _round(*processes: int) -> tuple[float, float]:
    """Both in the same window, so that whatever else the machine does slows both."""
    before = [processor_seconds(process) for process in processes]
    await asyncio.sleep(WINDOW)
    relay, bare = (processor_seconds(process) - then for process, then in zip(processes, before, strict=True))
    return relay, bare
