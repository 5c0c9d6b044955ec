"""A house in memory: every use case wired to fakes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from rooms.agenda import Agenda
from rooms.conducting import Conducting
from rooms.listening import Stages
from rooms.notices import Notice, NoticeKind
from rooms.planning import Planning
from rooms.room import Plan, Room
from tests.fakes.calls import FakeCalls
from tests.fakes.clock import FakeClock, settle
from tests.fakes.store import MemoryStore
from tests.fakes.talks import ADA, TIMING, a_plan


class House:
    """All of `rooms` at work on fakes."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FakeClock()
        self.calls = FakeCalls()
        self.stages = Stages()
        self.planning = Planning(self.store, self.clock, TIMING)
        self.conducting = Conducting(self.store, self.calls, self.stages, self.clock)

    async def schedule(self, plan: Plan | None = None) -> Room:
        draft = await self.planning.propose(plan or a_plan(), ADA)
        return await self.planning.confirm(draft.id, ADA)

    def room(self, room: Room) -> Room:
        return self.store.records.rooms.rows[room.id]

    def told(self) -> list[tuple[NoticeKind, str]]:
        rows = [row.what for row in self.store.records.outbox.rows if isinstance(row.what, Notice)]
        return [(notice.kind, notice.detail) for notice in rows if notice.kind is not NoticeKind.REFRESH]

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Agenda and watch run, as in the program, until the block ends."""
        async with running(Agenda(self.store, self.conducting, self.clock).run, self.conducting.watch):
            yield


@asynccontextmanager
async def running(*activities: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_run(activity)) for activity in activities]
        await settle()
        yield
        for task in tasks:
            task.cancel()


async def _run(activity: Callable[[], Awaitable[None]]) -> None:
    await activity()


@pytest.fixture
def house() -> House:
    return House()
