"""The narrows between sending and noting."""

import asyncio

import pytest

from bot.narrows import AT_ONCE, LONGEST, Narrows
from tests.fakes.clock import settle
from tests.fakes.leaping import leaping


class Queue:
    """Letters that stay in the narrows until they are let out."""

    def __init__(self, narrows: Narrows) -> None:
        self.inside = 0
        self.noted = asyncio.Event()
        self._narrows = narrows

    async def pass_through(self) -> None:
        async with self._narrows.passage():
            self.inside += 1
            await self.noted.wait()
            self.inside -= 1


def test_few_are_between_sending_and_noting() -> None:
    async def story() -> None:
        queue = Queue(Narrows())
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE + 3):
                group.create_task(queue.pass_through())
            await settle()
            assert queue.inside == AT_ONCE
            queue.noted.set()
        assert queue.inside == 0

    leaping(story())


def test_whoever_fails_makes_room() -> None:
    async def story() -> None:
        narrows = Narrows()
        for _ in range(AT_ONCE + 1):
            with pytest.raises(KeyError):
                async with narrows.passage():
                    raise KeyError

    leaping(story())


def test_one_that_takes_long_keeps_no_other_out_for_ever() -> None:
    async def story() -> None:
        narrows = Narrows()
        slow, quick = Queue(narrows), Queue(narrows)
        quick.noted.set()
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(slow.pass_through())
            await asyncio.sleep(0)
            began = asyncio.get_running_loop().time()
            await quick.pass_through()
            assert asyncio.get_running_loop().time() - began == pytest.approx(LONGEST)
            slow.noted.set()

    leaping(story())
