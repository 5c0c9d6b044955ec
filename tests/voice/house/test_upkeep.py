"""Upkeep: work begins when it is wanted and ends when it is not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.sandbox.waiting import until
from voice.house.upkeep import Upkeep


class Works:
    """Everything that is under way, and how often each was begun."""

    def __init__(self) -> None:
        self.under_way: set[str] = set()
        self.begun: list[str] = []
        self.enough = asyncio.Event()
        self.upkeep = Upkeep(self._work)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Upkeep[str]]:
        async with asyncio.TaskGroup() as tasks:
            run = tasks.create_task(self.upkeep.run())
            yield self.upkeep
            run.cancel()

    async def _work(self, thing: str) -> None:
        self.begun.append(thing)
        self.under_way.add(thing)
        try:
            await self.enough.wait()
        finally:
            await asyncio.sleep(0)
            self.under_way.discard(thing)


async def test_what_is_wanted_is_under_way_and_nothing_else() -> None:
    works = Works()
    async with works.running() as upkeep:
        upkeep.want(["tea", "cake"])
        await until(lambda: works.under_way == {"tea", "cake"})
        upkeep.want(["cake", "wine"])
        await until(lambda: works.under_way == {"cake", "wine"})
    assert works.begun == ["tea", "cake", "wine"]
    assert not works.under_way


async def test_what_was_wanted_before_it_ran_is_begun() -> None:
    works = Works()
    works.upkeep.want(["tea"])
    async with works.running():
        await until(lambda: works.under_way == {"tea"})


async def test_what_is_unwanted_has_ended_before_it_begins_anew() -> None:
    works = Works()
    async with works.running() as upkeep:
        upkeep.want(["tea"])
        await until(lambda: works.under_way)
        upkeep.want([])
        await until(lambda: not works.under_way)
        upkeep.want(["tea"])
        await until(lambda: works.under_way)
    assert works.begun == ["tea", "tea"]


async def test_what_ends_by_itself_begins_anew_when_it_is_wanted_again() -> None:
    works = Works()
    async with works.running() as upkeep:
        upkeep.want(["tea"])
        await until(lambda: works.under_way)
        works.enough.set()
        await until(lambda: not works.under_way)
        assert works.begun == ["tea"]
        works.enough.clear()
        upkeep.want(["tea"])
        await until(lambda: works.begun == ["tea", "tea"])


async def test_a_bug_in_the_work_is_loud() -> None:
    async def fail(_: str) -> None:
        raise ZeroDivisionError

    upkeep = Upkeep(fail)
    upkeep.want(["tea"])
    with pytest.raises(ExceptionGroup):
        await upkeep.run()
