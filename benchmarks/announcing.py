"""How long it takes to announce in many groups at once, against what the flood limits permit at best."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from app import catalogues
from app.archive import Archive
from app.clock import SystemClock
from benchmarks.measuring import Row
from benchmarks.town import TOKEN, Town, open_town
from bot.acquaintances import Acquaintances
from bot.atelier import open_atelier
from bot.connection import make_bot
from bot.courier import Courier
from bot.letters import Opener
from bot.outbox import Outbox
from bot.settings import BotSettings
from bot.words import Languages
from rooms.agenda import Agenda
from rooms.evenings import Evenings
from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.jobs import JobKind
from rooms.listening import Stages
from rooms.plan import Plan
from rooms.planning import Planning
from rooms.records import Store
from rooms.timetable import Timing
from sandbox.bot_api.floods import OVERALL
from storage.database import open_database
from voice.pool.relay import Relay

GROUPS = 200

BEST = (GROUPS - 1) // OVERALL.count * OVERALL.seconds
"""Seconds that it takes at best: as many as the limit allows at once, as many again when its time is over,
and so on until the last."""

GLANCE = 0.2
"""Seconds between two looks whether something is left: looking costs time too."""

PATIENCE = 120.0
"""Seconds until everything must have been sent."""

ROME = ZoneInfo("Europe/Rome")


async def rows() -> AsyncIterator[Row]:
    """The time until the last of the cards stands in its group."""
    async with open_town(GROUPS, has_floods=True) as town:
        began = await _announce(town)
        report = await town.report()
    _check(report)
    seconds = max(report["posted"]) - began
    note = f"{GROUPS} cards in {seconds:.2f} s, {BEST:.2f} s at best; {report['floods']} refused as floods"
    yield Row("announce-200", seconds / BEST, 1.2, note)


async def _announce(town: Town) -> float:
    """Let agenda and outbox announce a talk in every group; gives when they began."""
    settings = BotSettings(
        TOKEN,
        f"{town.address}/bot",
        f"{town.address}/file/bot",
        "https://talks.example",
        ROME,
        "en",
        Path(os.devnull),
    )
    with tempfile.TemporaryDirectory() as folder:
        async with (
            open_database(Path(folder) / "loggione.db") as store,
            make_bot(settings) as bot,
            open_atelier() as atelier,
        ):
            clock = SystemClock()
            await _plan(store, town)
            planning = Planning(store, clock, Timing(open_early=timedelta(minutes=10)))
            opener = Opener(settings, store, Languages(catalogues.load(catalogues.BOT_TEXTS)), clock)
            acquaintances = Acquaintances(settings, planning, store, clock)
            outbox = Outbox(store, Courier(bot, atelier, opener, acquaintances, store), clock)
            relay = Relay([sys.executable, "-m", "app.relay_process"], {})  # never started: nothing opens
            agenda = Evenings(store, relay, Archive(Path(), relay), Stages(), clock).agenda
            await atelier.warm_up()  # as every bot does when it starts
            async with _at_work(outbox, agenda):
                began = monotonic()
                await _all_is_said(store)
            return began


@asynccontextmanager
async def _at_work(outbox: Outbox, agenda: Agenda) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(outbox.run()), group.create_task(agenda.run())]
        yield
        for task in tasks:
            task.cancel()


async def _plan(store: Store, town: Town) -> None:
    now = SystemClock().now()
    async with store.writing() as records:
        for number, chat in enumerate(map(ChatId, town.groups)):
            group = Group(chat, f"Group {number}", ROME, "en", f"programme-{number}")
            await records.groups.save(group)
            starts_at = now + timedelta(days=7)
            plan = Plan(
                chat, None, f"How a lorry driver became a nurse, {number}", "work", PersonId(1), "Ada Rossi",
                starts_at, timedelta(hours=1),
            )  # fmt: skip
            draft = await records.rooms.add(plan, f"key-{number}", now)
            await records.rooms.save(draft.scheduled())
            await records.jobs.add(draft.id, JobKind.ANNOUNCE, now)


async def _all_is_said(store: Store) -> None:
    """Wait until no job and no notice is left."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with store.reading() as records:
                if await records.jobs.next_due() is None and await records.outbox.next_due() is None:
                    return
            await asyncio.sleep(GLANCE)


def _check(report: dict[str, Any]) -> None:
    """Fast and wrong is no result."""
    if set(report["cards"]) != {1}:
        raise RuntimeError("not every group has exactly one card")
    if set(report["pins"]) != {1}:
        raise RuntimeError("not every card was pinned")
