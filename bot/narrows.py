"""The narrows between sending and noting: whatever is in them when the bot is killed will be sent again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8
"""Letters at most that are sent and not yet noted: with more, many groups are told later."""

LONGEST = 3.0
"""Seconds after which one that is still in there keeps no other out: one chat alone may be slow."""


class Narrows:
    """Keeps few letters at a time where a kill would double them."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def passage(self) -> AsyncIterator[None]:
        """Wait until there is room; the block sends a letter and notes that it was sent."""
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        latest = loop.time() + LONGEST
        leaving = loop.call_at(latest, self._places.release)
        try:
            yield
        finally:
            if loop.time() < latest:
                leaving.cancel()
                self._places.release()
