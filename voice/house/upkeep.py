"""Upkeep: one piece of work goes on for each thing that is wanted, and none for anything else."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Iterable
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Upkeep(Generic[Thing]):
    """Starts and cancels work while `run` runs. What ends by itself begins anew when it is wanted again."""

    def __init__(self, work: Callable[[Thing], Coroutine[Any, Any, None]]) -> None:
        self._work = work
        self._wanted: tuple[Thing, ...] = ()
        self._was_said = asyncio.Event()

    def want(self, things: Iterable[Thing]) -> None:
        """From now on these are wanted, and nothing else; what is under way for one of them goes on."""
        self._wanted = tuple(things)
        self._was_said.set()

    async def run(self) -> None:
        """Work, for ever; cancelled, all work ends."""
        under_way: dict[Thing, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as tasks:
            while True:
                await self._was_said.wait()
                self._was_said.clear()
                unwanted = [under_way.pop(thing) for thing in under_way.keys() - set(self._wanted)]
                for task in unwanted:
                    task.cancel()
                if unwanted:
                    await asyncio.wait(unwanted)
                for thing in self._wanted:
                    if thing not in under_way or under_way[thing].done():
                        under_way[thing] = tasks.create_task(self._work(thing))
