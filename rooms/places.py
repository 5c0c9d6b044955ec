"""Places: how much work goes on side by side, and how it is leased for as many of them as are free."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from rooms.records import Records, Store

_T = TypeVar("_T")


class Places:
    """So many pieces of work at once; whoever has done one gives its place back."""

    def __init__(self, number: int) -> None:
        self._free = asyncio.Semaphore(number)

    async def fill(self, store: Store, take: Callable[[Records], Awaitable[_T | None]]) -> list[_T]:
        """As much work as there are places for, each piece with its place; waits until there is one.

        It is taken in one transaction, `take` giving None once there is none left. When that fails nothing
        was taken, and every place is free again.
        """
        await self._free.acquire()
        idle, taken = 1, []
        try:
            async with store.writing() as records:
                while idle and (work := await take(records)) is not None:
                    taken.append(work)
                    idle -= 1
                    if not self._free.locked():
                        await self._free.acquire()
                        idle += 1
        except BaseException:
            idle += len(taken)
            raise
        finally:
            for _ in range(idle):
                self._free.release()
        return taken

    def release(self) -> None:
        """A piece of work is done."""
        self._free.release()
