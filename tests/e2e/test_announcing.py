"""Announcements outlive their announcer: killed at any moment, it loses none; a held group delays none."""

import asyncio
import random
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from app.clock import SystemClock
from bot.narrows import AT_ONCE
from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.jobs import JobKind
from rooms.plan import Plan
from sandbox.bot_api import BotApi
from sandbox.seed import BOT_RIGHTS, seed_empty
from sandbox.world.changes import Change, MessagePosted
from sandbox.world.entities import Membership, Person, Status
from sandbox.world.world import World
from storage.database import Database, open_database
from tests.e2e.announcer import ROME, TOKEN

GROUPS, TALKS, KILLS = 10, 3, 5
"""Groups, talks in each of them, and how often the announcer is killed."""

HELD, AGAIN = 2.0, 0.5
"""Seconds for which one of the groups takes nothing, and after which it is held again."""

PATIENCE = 120.0
ADA = 10_002


class Town:
    """Groups on a Bot API that keeps its flood limits, and when their cards came."""

    def __init__(self) -> None:
        self.world = World()
        bot = seed_empty(self.world, TOKEN).bot
        self.world.society.add(Person(ADA, "Ada"))
        self.groups = [self.world.society.create_group(f"Group {number}", ADA) for number in range(GROUPS)]
        for chat in self.groups:
            chat.members[bot] = Membership(bot, Status.ADMINISTRATOR, BOT_RIGHTS)
        self.api = BotApi(self.world)
        self.api.floods.is_on = True
        self.came = 0
        self._more = asyncio.Event()
        self.world.society.watch(self._notice)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        application = web.Application(client_max_size=1 << 24)
        application.add_routes(self.api.routes())
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            self.api.close()
            await runner.cleanup()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until a card that came makes it so."""
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                self._more.clear()
                await self._more.wait()

    async def until_more(self, cards: int) -> None:
        """Wait until so many more cards came, or no more can."""
        enough = min(self.came + cards, (GROUPS - 1) * TALKS)
        await self.until(lambda: self.came >= enough)

    @asynccontextmanager
    async def holding(self, chat: int) -> AsyncIterator[None]:
        """A group that takes nothing during the block."""

        async def hold() -> None:
            while True:
                self.api.floods.hold(chat, HELD)
                await asyncio.sleep(AGAIN)

        async with asyncio.TaskGroup() as group:
            task = group.create_task(hold())
            yield
            task.cancel()

    def cards(self) -> Counter[tuple[int, str]]:
        """How often each talk was announced in its group."""
        return Counter(
            (chat.id, message.text.split("\n")[0])
            for chat in self.groups
            for message in chat.messages.values()
            if message.media is not None
        )

    def _notice(self, change: Change) -> None:
        if isinstance(change, MessagePosted) and change.message.media is not None:
            self.came += 1
            self._more.set()


async def plan(store: Database, town: Town) -> None:
    """Every group has talks, all of which are to be announced now."""
    now = SystemClock().now()
    async with store.writing() as records:
        for chat in town.groups:
            group = Group(ChatId(chat.id), chat.title, ROME, "en", f"programme{chat.id}")
            await records.groups.save(group)
            for number in range(TALKS):
                plan = Plan(
                    ChatId(chat.id), None, f"Talk {number}", None, PersonId(ADA), "Ada",
                    now + timedelta(days=number + 1), timedelta(hours=1),
                )  # fmt: skip
                room = await records.rooms.add(plan, f"key-{chat.id}-{number}", now)
                await records.rooms.save(room.scheduled())
                await records.jobs.add(room.id, JobKind.ANNOUNCE, now)


async def start(database: Path, address: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.e2e.announcer", str(database), address
    )


async def nothing_waits(store: Database) -> None:
    """Wait until no announcement is on record any more."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with store.reading() as records:
                if await records.jobs.next_due() is None and await records.outbox.next_due() is None:
                    return
            await asyncio.sleep(0.2)


@pytest.mark.timeout(500)  # six programs are started one after the other, each in its own time
async def test_a_storm_of_kills_loses_no_card(tmp_path: Path) -> None:
    town, database = Town(), tmp_path / "loggione.db"
    chance = random.Random()  # noqa: S311  # the moments of the kills are no secret
    async with town.served() as address, open_database(database) as store:
        await plan(store, town)
        announcer = await start(database, address)
        try:
            async with town.holding(town.groups[0].id):
                for _ in range(KILLS):
                    await town.until_more(chance.randint(1, 4))
                    await asyncio.sleep(chance.random() / 10)
                    announcer.kill()
                    await announcer.wait()
                    announcer = await start(database, address)
                await town.until(lambda: len(town.cards()) == (GROUPS - 1) * TALKS)
            await town.until(lambda: len(town.cards()) == GROUPS * TALKS)
            await nothing_waits(store)
        finally:
            announcer.kill()
            await announcer.wait()
    assert set(town.cards()) == {
        (chat.id, f"Talk {number}") for chat in town.groups for number in range(TALKS)
    }
    doubles = town.cards().total() - GROUPS * TALKS
    assert doubles <= KILLS * AT_ONCE, "only what was sent and not yet noted is sent again"
