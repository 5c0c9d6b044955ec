"""The bot and its agenda without a voice: `python -m tests.e2e.announcer <database> <Bot API>`."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app import catalogues
from app.clock import SystemClock
from bot.application import Bot
from bot.settings import BotSettings
from bot.use_cases import use_cases
from rooms.agenda import Agenda
from rooms.conducting import Conducting
from rooms.listening import Stages
from rooms.timetable import Timing
from storage.database import open_database
from tests.fakes.calls import FakeCalls

TOKEN = "700000004:a-token-of-the-storm"
TIMING = Timing(open_early=timedelta(minutes=10))
ROME = ZoneInfo("Europe/Rome")


async def run(path: Path, address: str) -> None:
    """Run until killed."""
    clock = SystemClock()
    settings = BotSettings(
        TOKEN, f"{address}/bot", f"{address}/file/bot", "https://talks.example", ROME, "en"
    )
    async with open_database(path) as store, asyncio.TaskGroup() as group:
        conducting = Conducting(store, FakeCalls(), Stages(), clock)
        cases = use_cases(store, clock, TIMING, conducting)
        group.create_task(Agenda(store, conducting, clock).run())
        group.create_task(Bot(settings, cases, store, clock, catalogues.load(catalogues.BOT_TEXTS)).run())


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), sys.argv[2]))
