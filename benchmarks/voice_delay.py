"""How long a word is on its way: from a speaker's packet to the room's packet in which it is heard."""

import asyncio
import math
from bisect import bisect_left
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hall import open_hall
from benchmarks.measuring import Row
from benchmarks.precedence import precedence
from benchmarks.relaying import Ear, hearing, open_rooms, relaying

ROOMS = 5
"""Each with a clock that is another fraction of a slot apart from its speaker's."""

SETTLING = 4.0
"""Seconds after joining that are not counted."""

WINDOW = 15.0
"""Seconds that are counted: two marks a second in each room."""

LONGEST = 0.15
"""Seconds that it may take, all but one time in twenty."""

LOUD = 30
"""dBov; louder than this is a mark, all else is silence."""

SKIPPED = 3
"""Marks at the end that may not have been heard yet."""


async def rows() -> AsyncIterator[Row]:
    """The delay that all but one in twenty marks keep."""
    with TemporaryDirectory() as folder, precedence():
        delays = sorted(await _measure(Path(folder)))
    median, late = (delays[math.ceil(len(delays) * share) - 1] for share in (0.5, 0.95))
    note = f"95 % of {len(delays)} marks within {late * 1000:.0f} ms, half of them within {median * 1000:.0f}"
    yield Row("speaker-to-encoder", late / LONGEST, 1.0, note)


async def _measure(folder: Path) -> list[float]:
    async with open_hall(folder, ROOMS, "marks") as hall, relaying(hall, folder) as relay:
        rooms = await open_rooms(relay, hall.groups)
        await asyncio.sleep(SETTLING)
        async with hearing(relay, rooms) as ears:
            await asyncio.sleep(WINDOW)
        marks = await hall.marks()
    return [
        delay
        for group, ear in zip(hall.groups, ears.values(), strict=True)
        for delay in delays_of(marks[group], ear)
    ]


def delays_of(marks: Sequence[float], ear: Ear) -> list[float]:
    """Seconds from each mark to the packet in which it begins; infinite for one that is never heard."""
    heard = [
        came
        for came, (before, now) in zip(ear.came_at[1:], pairwise(ear.packets), strict=True)
        if now.level < LOUD <= before.level
    ]
    sent = [mark for mark in marks if ear.came_at[0] < mark < ear.came_at[-1]][:-SKIPPED]
    following = [*heard, math.inf]
    return [following[bisect_left(heard, mark)] - mark for mark in sent]
