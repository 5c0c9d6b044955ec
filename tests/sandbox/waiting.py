"""Waiting for something to come true, with a deadline and no fixed pauses."""

import asyncio
from collections.abc import Callable


async def until(holds: Callable[[], object], seconds: float = 15.0, every: float = 0.02) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(every)
