"""The agenda: runs every job at its time, late ones late and once, one at a time for each room."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from rooms.errands import ERRANDS
from rooms.errors.calls import CallRefused
from rooms.errors.talks import NoSuchRoom
from rooms.ids import RoomId
from rooms.jobs import Job, JobKind
from rooms.places import Places
from rooms.ports import Clock
from rooms.records import Records, Store

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than the slowest job; after a crash of another process its jobs are ours this late at most."""

AT_ONCE = 8
"""Jobs that run side by side: with more, what they cause waits for all of them to be on record."""

PATIENCE = timedelta(seconds=30)
"""The longest pause between two tries of a job."""


Step = Callable[[RoomId, datetime | None], Awaitable[object]]
"""Carries out a job of a room; takes the start of the room as it was planned when the job was leased."""


class Agenda:
    """The loop over due jobs. A job whose try fails is tried again after a growing pause, never dropped."""

    def __init__(
        self, store: Store, steps: Mapping[JobKind, Step], resume: Callable[[], Awaitable[None]], clock: Clock
    ) -> None:
        """Take what carries out each kind of job that is no errand.

        `resume` is what is done first, so that the talks on air are taken up again.
        """
        self._store = store
        self._steps = steps
        self._resume = resume
        self._clock = clock
        self._places = Places(AT_ONCE)

    async def run(self) -> None:
        """Take up what an earlier process left, then run jobs for ever."""
        async with self._store.writing() as records:
            await records.jobs.reclaim()
        await self._resume()
        async with asyncio.TaskGroup() as running:
            while True:
                ring = self._store.committed.next_ring()
                async with self._store.reading() as records:
                    due = await records.jobs.next_due()
                if due is None or due > self._clock.now():
                    await self._clock.wait(ring, due)
                    continue
                while leased := await self._lease():
                    for job, planned in leased:
                        running.create_task(self._try(job, planned))

    async def _lease(self) -> list[tuple[Job, datetime | None]]:
        """As many due jobs as there are places for, each with its place; waits until there is one.

        With each that is no errand comes the start of its room as it was planned when the job was leased.
        """
        now = self._clock.now()

        async def take(records: Records) -> tuple[Job, datetime | None] | None:
            job = await records.jobs.lease(now, now + LEASE)
            if job is None:
                return None
            room = await records.rooms.find(job.room) if job.kind not in ERRANDS else None
            return job, room.plan.starts_at if room is not None else None

        return await self._places.fill(self._store, take)

    async def _try(self, job: Job, planned: datetime | None) -> None:
        try:
            await self._do(job, planned)
        except CallRefused:
            await self._postpone(job)
        except Exception:
            log.exception("job %s of room %s failed", job.kind, job.room)
            await self._postpone(job)
        finally:
            self._places.release()

    async def _do(self, job: Job, planned: datetime | None) -> None:
        if job.kind in self._steps:
            await self._take(self._steps[job.kind], job, planned)
            return
        async with self._store.writing() as records:
            await records.jobs.finish(job.id)
            room = await records.rooms.find(job.room)
            if room is not None:
                await ERRANDS[job.kind](records, room, self._clock.now())

    async def _take(self, step: Step, job: Job, planned: datetime | None) -> None:
        try:
            await step(job.room, planned)
        except NoSuchRoom:
            log.debug("job %s came after its room was forgotten", job.kind)
        async with self._store.writing() as records:
            await records.jobs.finish(job.id)

    async def _postpone(self, job: Job) -> None:
        pause = min(timedelta(seconds=2 ** min(job.attempts, 10)), PATIENCE)
        async with self._store.writing() as records:
            await records.jobs.postpone(job.id, self._clock.now() + pause)
