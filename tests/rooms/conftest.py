"""A house in memory: every use case wired to fakes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from rooms.changing import Changing
from rooms.evenings import Evenings
from rooms.group import Group
from rooms.guests import Guest
from rooms.ids import ChatId, private_chat
from rooms.jobs import JobKind
from rooms.listening import Stages
from rooms.notices import Notice, NoticeKind
from rooms.people import Person
from rooms.plan import Plan
from rooms.planning import Planning
from rooms.recurrence import read_rule
from rooms.roles import Asker
from rooms.room import Room
from rooms.tending import Tending
from tests.fakes.calls import FakeCalls
from tests.fakes.clock import FakeClock, settle
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import ADA, CHAT, TIMING, a_plan
from tests.fakes.tapes import FakeTapes

WEEKLY = "FREQ=WEEKLY"


class House:
    """All of `rooms` at work on fakes."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FakeClock()
        self.calls = FakeCalls()
        self.tapes = FakeTapes()
        self.stages = Stages()
        self.planning = Planning(self.store, self.clock, TIMING)
        self.changing = Changing(self.store, self.clock, TIMING)
        self.evenings = Evenings(self.store, self.calls, self.tapes, self.stages, self.clock)
        self.conducting = self.evenings.conducting

    async def schedule(self, plan: Plan | None = None) -> Room:
        draft = await self.planning.propose(plan or a_plan(), ADA)
        return await self.planning.confirm(draft.id, ADA)

    async def schedule_series(self, plan: Plan | None = None, rule: str = WEEKLY) -> list[Room]:
        """A series from the plan's start on, by the clocks of Rome; gives what was made of it."""
        plan = plan or a_plan()
        first = plan.starts_at.astimezone(CAREERS.zone).replace(tzinfo=None)
        recurrence = read_rule(rule, first, CAREERS.zone)
        draft = await self.planning.propose(plan, ADA, recurrence=recurrence)
        room = await self.planning.confirm(draft.id, ADA)
        return self.series_of(room)

    async def know(self, group: Group) -> Group:
        """Put a group on record with all its customs."""
        async with self.store.writing() as records:
            await records.groups.save(group)
        return group

    async def meet(self, *askers: Asker) -> None:
        """They open the bot's private chat."""
        async with self.store.writing() as records:
            for asker in askers:
                await records.people.save(Person(asker.person, asker.name, asker.username, "en"))

    async def await_guest(
        self, room: Room, asker: Asker, *, comes: bool = True, is_reminded: bool = False
    ) -> None:
        """Somebody the bot may write to comes, or wants to be reminded."""
        await self.meet(asker)
        since = self.clock.now() if comes else None
        async with self.store.writing() as records:
            await records.guests.save(Guest(room.id, asker.person, since, is_reminded))

    def room(self, room: Room) -> Room:
        return self.store.records.rooms.rows[room.id]

    def series_of(self, room: Room) -> list[Room]:
        """All rooms of the room's series, in the order of the rule."""
        rows = self.store.records.rooms.rows.values()
        assert room.occurrence is not None
        made = [
            (other.occurrence.at, other)
            for other in rows
            if other.occurrence is not None and other.occurrence.series == room.occurrence.series
        ]
        return [other for _at, other in sorted(made, key=lambda pair: pair[0])]

    def starts(self, room: Room) -> list[datetime]:
        """When the talks of the room's series begin."""
        return [other.plan.starts_at for other in self.series_of(room)]

    def told(self, chat: ChatId = CHAT) -> list[tuple[NoticeKind, str]]:
        """What waits to be told in a chat, leaving out what only edits a card."""
        notices = [(notice.kind, notice.detail) for notice in self.notices() if notice.chat == chat]
        return [(kind, detail) for kind, detail in notices if kind is not NoticeKind.REFRESH]

    def told_to(self, asker: Asker) -> list[tuple[NoticeKind, str]]:
        """What waits to be told to somebody in private."""
        return self.told(private_chat(asker.person))

    def notices(self) -> list[Notice]:
        return [row.what for row in self.store.records.outbox.rows if isinstance(row.what, Notice)]

    def due(self, room: Room | None = None) -> list[tuple[JobKind, datetime]]:
        """The jobs of a room, or of all, in the order in which they are due."""
        rows = [row for row in self.store.records.jobs.rows if room is None or row.room == room.id]
        jobs = [(row.what[1], row.due_at) for row in rows if not isinstance(row.what, Notice)]
        return sorted(jobs, key=lambda job: job[1])

    async def deliver(self) -> None:
        """Everything in the outbox was sent; what a card becomes of is left to other tests."""
        async with self.store.writing() as records:
            for row in records.outbox.rows:
                await records.outbox.forget(row.id)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """All that goes by itself runs, as in the program, until the block ends."""
        tending = Tending(self.store, self.clock, TIMING)
        async with running(*self.evenings.activities.values(), tending.run):
            yield

    async def pass_time(self, by: timedelta) -> None:
        """Time passes while the house is at work."""
        async with self.at_work():
            await self.clock.advance(by)


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
