"""The metronome: the 20 ms clock by which a room is mixed, whatever the call does."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from voice.mixing.units import SLOT_SECONDS

LONGEST_LAG = 1.0
"""Seconds; a process that was stopped for longer skips the slots it missed, a shorter delay is caught up."""

HURRY = 0.002
"""Seconds between two slots when catching up, so that the frames that came meanwhile are handed in."""


async def slots(
    began: float,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[int]:
    """The numbers of the room's 20 ms slots, each when its time has come; skipped ones were missed.

    Args:
        began: when slot 0 began, in seconds of the clock.
        clock: a monotonic clock in seconds.
        sleep: waits for that many seconds.
    """
    slot = max(0, math.ceil((clock() - began) / SLOT_SECONDS))
    while True:
        wait = began + slot * SLOT_SECONDS - clock()
        if wait < -LONGEST_LAG:
            slot -= math.floor(wait / SLOT_SECONDS)
            continue
        await sleep(max(wait, HURRY))
        yield slot
        slot += 1
