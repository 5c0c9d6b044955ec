"""What /rooms costs in a group with many talks on record, against the same handler with a constant answer."""

import asyncio
import os
import random
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import CallbackContext

from app import catalogues
from app.clock import SystemClock
from benchmarks.filling import multiply_talks
from benchmarks.measuring import Row
from benchmarks.town import ADA, TOKEN, Town, open_town
from bot.acquaintances import Acquaintances
from bot.connection import App, connected
from bot.dispatch import Dispatch
from bot.features import Command, Feature
from bot.patience import PER_SECOND
from bot.programme import Programme
from bot.settings import BotSettings
from bot.visits import Reception, Visit
from bot.words import Languages
from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.plan import Plan
from rooms.planning import Planning
from rooms.records import Store
from rooms.room import Room
from rooms.timetable import Timing
from storage.database import open_database

TALKS = 10_000
"""On record in each of two groups: over in the one, ahead in the other."""

TIMES = 40
"""Commands of each kind."""

PAUSE = 1.2 / PER_SECOND
"""Seconds between two commands, so that no flood limit is waited for."""

ROME = ZoneInfo("Europe/Rome")
NOW = SystemClock().now()

Handle = Callable[[], Awaitable[None]]


class Constant(Feature):
    """Answers always the same."""

    @property
    def commands(self) -> Mapping[str, Command]:
        """/rooms."""
        return {"rooms": self.rooms}

    async def rooms(self, visit: Visit) -> None:
        """Answer."""
        await visit.reply("Nothing is on the programme.")


async def rows() -> AsyncIterator[Row]:
    """The two groups' lists, each against the constant answer in the same group."""
    async with open_town(2, has_floods=False) as town, _handlers(town) as handlers:
        spent: dict[str, list[float]] = {name: [] for name in handlers}
        order = [*handlers] * TIMES
        random.shuffle(order)
        for name in order:
            spent[name].append(await _seconds(handlers[name]))
    for group in ("over", "ahead"):
        ratio = statistics.median(spent[group]) / statistics.median(spent[f"constant, {group}"])
        note = f"/rooms with {TALKS} talks {group} against a constant answer"
        yield Row(f"rooms-command, {group}", ratio, 3.0, note)


async def _seconds(handle: Handle) -> float:
    await asyncio.sleep(PAUSE)
    began = perf_counter()
    await handle()
    return perf_counter() - began


@asynccontextmanager
async def _handlers(town: Town) -> AsyncIterator[Mapping[str, Handle]]:
    """What handles /rooms in each of the groups, and what answers constantly there."""
    address = town.address
    settings = BotSettings(
        TOKEN, f"{address}/bot", f"{address}/file/bot", "https://talks.example", ROME, "en", Path(os.devnull)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "loggione.db"
        async with open_database(path) as store, connected(settings) as application:
            chats = dict(zip(("over", "ahead"), map(ChatId, town.groups), strict=True))
            await _fill(store, path, chats)
            clock = SystemClock()
            planning = Planning(store, clock, Timing(open_early=timedelta(minutes=10)))
            languages = Languages(catalogues.load(catalogues.BOT_TEXTS))
            acquaintances = Acquaintances(settings, planning, store, clock)
            reception = Reception(settings, acquaintances, languages, clock)
            real = Dispatch(reception, [Programme(planning, clock, settings.public_url)], store, clock)
            constant = Dispatch(reception, [Constant()], store, clock)
            yield {
                f"{prefix}{name}": _handle(application, dispatch, chat, title)
                for prefix, dispatch in (("", real), ("constant, ", constant))
                for title, (name, chat) in enumerate(chats.items())
            }


def _handle(application: App, dispatch: Dispatch, chat: ChatId, number: int) -> Handle:
    """Ada says /rooms in the group, and the bot handles it."""
    message = {
        "message_id": 1,
        "date": int(NOW.timestamp()),
        "chat": {"id": chat, "type": "supergroup", "title": f"Group {number}"},
        "from": {"id": ADA, "is_bot": False, "first_name": "Ada"},
        "text": "/rooms",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    update = Update.de_json({"update_id": 1, "message": message}, application.bot)
    context = CallbackContext.from_update(update, application)
    return lambda: dispatch.message(update, context)


async def _fill(store: Store, path: Path, chats: Mapping[str, ChatId]) -> None:
    async with store.writing() as records:
        for number, chat in enumerate(chats.values()):
            await records.groups.save(Group(chat, f"Group {number}", ROME, "en", f"programme-{number}"))
        long_ago = await records.rooms.add(_plan(chats["over"], NOW - timedelta(days=30)), "over", NOW)
        await records.rooms.save(_held(long_ago))
        ahead = await records.rooms.add(_plan(chats["ahead"], NOW + timedelta(days=1)), "ahead", NOW)
        await records.rooms.save(ahead.scheduled())
    multiply_talks(path, TALKS)


def _plan(chat: ChatId, starts_at: datetime) -> Plan:
    return Plan(
        chat, None, "How a driver became a nurse", "work", PersonId(ADA), "Ada", starts_at, timedelta(hours=1)
    )


def _held(room: Room) -> Room:
    return room.scheduled().opening().live().closing().ended()
