"""What many talks ahead cost: finding the next job, starting with them on record, and memory."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.clock import SystemClock
from benchmarks.filling import give_jobs, multiply_talks
from benchmarks.measuring import Row, ratio_of_waits
from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.plan import Plan
from rooms.records import Store
from storage.database import open_database

FEW, MANY = 10_000, 100_000
"""Talks on record."""

GROUPS = 500

LOOKS = 40
"""Jobs that are found and taken, each round."""

STARTS = 3

START, MEMORY = 2.0, 20.0
"""Seconds in which all loops must be at rest after a start with many talks, and MiB that those may take."""

MOST_AHEAD = timedelta(days=1)
"""How far off the first talk is; each of the others is a minute after the one before."""


async def rows() -> AsyncIterator[Row]:
    """The next job among ten times as many; a start with all of them; their memory."""
    with tempfile.TemporaryDirectory() as folder:
        none, few, many = (Path(folder) / name / "loggione.db" for name in ("none", "few", "many"))
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(_store_with(1, none))
            among_few = await stack.enter_async_context(_store_with(FEW, few))
            among_many = await stack.enter_async_context(_store_with(MANY, many))
            ratio = await ratio_of_waits(lambda: _take(among_many), lambda: _take(among_few))
        yield Row("jobs-100k", ratio, 1.3, f"a job found and taken with {MANY} talks ahead against {FEW}")
        starts = [(_start(none), _start(many)) for _ in range(STARTS)]
    seconds = statistics.median(with_many[0] for _, with_many in starts)
    note = f"a start with {MANY} talks in {seconds:.2f} s of {START:.0f}"
    yield Row("jobs-100k-start", seconds / START, 1.0, note)
    more = statistics.median(with_many[1] - without[1] for without, with_many in starts)
    yield Row("jobs-100k-memory", more / MEMORY, 1.0, f"they take {more:.1f} MiB of {MEMORY:.0f}")


@asynccontextmanager
async def _store_with(talks: int, path: Path) -> AsyncIterator[Store]:
    async with open_database(path) as store:
        async with store.writing() as records:
            for number in range(GROUPS):
                chat = ChatId(-1001000000000 - number)
                group = Group(chat, f"Group {number}", ZoneInfo("Europe/Rome"), "en", f"programme-{number}")
                await records.groups.save(group)
            chat, starts_at = ChatId(-1001000000000), SystemClock().now() + MOST_AHEAD
            plan = Plan(chat, None, "A talk", "work", PersonId(1), "Ada", starts_at, timedelta(hours=1))
            draft = await records.rooms.add(plan, "key-0", SystemClock().now())
            await records.rooms.save(draft.scheduled())
        multiply_talks(path, talks, GROUPS)
        give_jobs(path)
        yield store


async def _take(store: Store) -> None:
    """Find and take jobs as if the first hundred were due, and give them back."""
    for _ in range(LOOKS):
        async with store.reading() as records:
            due = await records.jobs.next_due()
        if due is None:
            raise RuntimeError("no job is on record")
        async with store.writing() as records:
            job = await records.jobs.lease(due, due + timedelta(minutes=2))
            if job is None:
                raise RuntimeError("a due job was not found")
            await records.jobs.postpone(job.id, job.due_at)


def _start(database: Path) -> tuple[float, float]:
    """A start in a process of its own: the seconds until all loops rest, and the MiB in memory then."""
    command = [sys.executable, "-m", "benchmarks.starting", str(database)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    seconds, mebibytes = map(float, said.split())
    return seconds, mebibytes
