"""A start of all that looks after talks, in a process of its own, up to where it rests."""

import asyncio
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from app.archive import Archive
from app.clock import SystemClock
from bot.outbox import Outbox
from rooms.cards import Card
from rooms.evenings import Evenings
from rooms.listening import Stages
from rooms.measuring import Measuring
from rooms.notices import Letter
from rooms.tending import Tending
from rooms.timetable import Timing
from storage.database import open_database
from voice.pool.relay import Relay

PATIENCE = 60.0
"""Seconds until everything must rest."""


class _Watch(SystemClock):
    """Knows who waits."""

    def __init__(self) -> None:
        self.waiting: set[str] = set()
        self.changed = asyncio.Event()

    async def wait(self, event: asyncio.Event, until: datetime | None) -> None:
        task = asyncio.current_task()
        self.waiting.add("" if task is None else task.get_name())
        self.changed.set()
        await super().wait(event, until)


class _Idle:
    """A courier with nothing to do."""

    async def deliver(self, letter: Letter) -> Card | None:
        raise RuntimeError(f"{letter.notice.kind} was not to be sent")

    async def pin(self, card: Card) -> None:
        raise RuntimeError(f"the card of room {card.room} was not to be pinned")


async def start(path: Path) -> float:
    """Start everything on the database; gives the seconds until all of it waits for what comes."""
    began, clock, stages = perf_counter(), _Watch(), Stages()
    async with open_database(path) as store, asyncio.TaskGroup() as group:
        relay = Relay([sys.executable, "-m", "app.relay_process"], {})  # never started: nothing is due
        evenings = Evenings(store, relay, Archive(Path(), relay), stages, clock)
        loops = {
            "agenda": evenings.agenda.run(),
            "outbox": Outbox(store, _Idle(), clock).run(),
            "tending": Tending(store, clock, Timing(open_early=timedelta(minutes=10))).run(),
            "measuring": Measuring(store, clock, stages).run(),
        }
        tasks = [group.create_task(loop, name=name) for name, loop in loops.items()]
        async with asyncio.timeout(PATIENCE):
            while clock.waiting != set(loops):
                clock.changed.clear()
                await clock.changed.wait()
        seconds = perf_counter() - began
        for task in tasks:
            task.cancel()
    return seconds


def _resident() -> float:
    """This process's memory in MiB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    took = asyncio.run(start(Path(sys.argv[1])))
    sys.stdout.write(f"{took} {_resident()}\n")
