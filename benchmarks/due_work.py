"""What due work costs with many talks ahead: the next job must be found as fast among many as among few."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from app.clock import SystemClock
from benchmarks.measuring import Row, ratio_of_waits
from rooms.ids import ChatId, PersonId
from rooms.jobs import JobKind
from rooms.plan import Plan
from rooms.records import Store
from storage.database import open_database

FEW, MANY = 1_000, 10_000
"""Jobs on record."""

LOOKS = 100
"""Times that the next job is looked for, each round."""

NOW = SystemClock().now()


async def rows() -> AsyncIterator[Row]:
    """The next due job among ten times as many."""
    async with _store_with(FEW) as few, _store_with(MANY) as many:
        ratio = await ratio_of_waits(lambda: _look(many), lambda: _look(few))
    yield Row("jobs-10x", ratio, 1.3, f"the next due job among {MANY} against among {FEW}")


@asynccontextmanager
async def _store_with(jobs: int) -> AsyncIterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "loggione.db") as store:
            async with store.writing() as records:
                for number in range(jobs // 2):
                    starts_at = NOW + timedelta(minutes=number + 1)
                    room = await records.rooms.add(_plan(number, starts_at), f"key-{number}", NOW)
                    await records.jobs.add(room.id, JobKind.OPEN, starts_at)
                    await records.jobs.add(room.id, JobKind.START, starts_at)
            yield store


def _plan(number: int, starts_at: datetime) -> Plan:
    chat = ChatId(-1001000000000 - number % 500)
    return Plan(chat, None, f"Talk {number}", None, PersonId(1), "Ada", starts_at, timedelta(hours=1))


async def _look(store: Store) -> None:
    for _ in range(LOOKS):
        async with store.reading() as records:
            await records.jobs.next_due()
