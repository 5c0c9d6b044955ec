"""A store that can be made to fail."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.fakes.store import MemoryRecords, MemoryStore


class BreakableStore(MemoryStore):
    """Refuses to be written to while it is broken."""

    is_broken = False

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[MemoryRecords]:
        if self.is_broken:
            raise OSError("the disk is full")
        async with super().writing() as records:
            yield records
