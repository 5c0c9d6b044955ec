"""How many rooms a relay process holds on one core without losing anything that is said in them."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.continuity import breaks
from benchmarks.hall import open_hall
from benchmarks.measuring import Row
from benchmarks.precedence import precedence
from benchmarks.relaying import Ear, hearing, open_rooms, pin, process_of, processor_seconds, relaying
from voice.mixing.units import RATE, SLOT

ROOMS = 15

SETTLING = 6.0
"""Seconds after the last room was opened that are not counted: jitter buffers get used to their speakers."""

WINDOW = 25.0
"""Seconds that are counted."""

LATE = 0.1
"""Seconds behind the most punctual packet of its room from which on a packet is late."""


async def rows() -> AsyncIterator[Row]:
    """Fifteen rooms, each with a speaker and recorded, while the rest of Telegram is on other cores."""
    with TemporaryDirectory() as folder:
        cores = os.sched_getaffinity(0)
        try:
            with precedence():
                ears, share = await _measure(Path(folder), cores)
        finally:
            pin(os.getpid(), cores)
    held = sum(_is_whole(ear) for ear in ears)
    note = f"{held} of {ROOMS} rooms on one core without a lost or late frame, in {share:.0%} of it"
    yield Row("rooms-per-core", ROOMS / max(held, 1), 1.0, note)


async def _measure(folder: Path, cores: set[int]) -> tuple[list[Ear], float]:
    """What is heard of the rooms, and the share of its core that the relay process takes for them."""
    core = max(cores)
    pin(os.getpid(), cores - {core} or cores)  # threads of earlier benchmarks, too
    async with open_hall(folder, ROOMS, "tone") as hall, relaying(hall, folder) as relay:
        process = process_of(relay)
        pin(process, {core})
        rooms = await open_rooms(relay, hall.groups)
        await asyncio.sleep(SETTLING)
        before = processor_seconds(process)
        async with hearing(relay, rooms) as ears:
            await asyncio.sleep(WINDOW)
        return list(ears.values()), (processor_seconds(process) - before) / WINDOW


def _is_whole(ear: Ear) -> bool:
    """Whether nothing is missing of a room: no slot, no sound in one, and none came late."""
    begins = [packet.at for packet in ear.packets]
    delays = [came - at / RATE for came, at in zip(ear.came_at, begins, strict=True)]
    if len(begins) < WINDOW * RATE / SLOT - 5 or max(delays) - min(delays) > LATE:
        return False
    is_gapless = begins == list(range(begins[0], begins[-1] + SLOT, SLOT))
    return is_gapless and not breaks([packet.opus for packet in ear.packets])
