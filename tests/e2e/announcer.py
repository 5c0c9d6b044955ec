"""The bot and its agenda without a voice: `python -m tests.e2e.announcer <database> <Bot API>`."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app import catalogues
from app.clock import SystemClock
from bot.application import Bot
from bot.atelier import open_atelier
from bot.settings import BotSettings
from bot.use_cases import use_cases
from rooms.evenings import Evenings
from rooms.listening import Stages
from rooms.timetable import Timing
from storage.database import open_database
from tests.fakes.calls import FakeCalls
from tests.fakes.tapes import FakeTapes

TOKEN = "700000004:a-token-of-the-storm"
TIMING = Timing(open_early=timedelta(minutes=10))
ROME = ZoneInfo("Europe/Rome")


async def run(path: Path, address: str) -> None:
    """Run until killed."""
    clock = SystemClock()
    settings = BotSettings(
        TOKEN, f"{address}/bot", f"{address}/file/bot", "https://talks.example", ROME, "en", Path(os.devnull)
    )
    async with open_database(path) as store, open_atelier() as atelier, asyncio.TaskGroup() as group:
        evenings = Evenings(store, FakeCalls(), FakeTapes(), Stages(), clock)
        cases = use_cases(store, clock, TIMING, evenings)
        group.create_task(evenings.agenda.run())
        bot = Bot(settings, cases, store, clock, catalogues.load(catalogues.BOT_TEXTS))
        group.create_task(bot.run(atelier))


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), sys.argv[2]))
