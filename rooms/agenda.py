"""The agenda: runs every job at its time, late ones late and once, one at a time for each room."""

import asyncio
import logging
from datetime import timedelta

from rooms.conducting import Conducting
from rooms.errors import CallRefused, NoSuchRoom
from rooms.jobs import Job, JobKind
from rooms.notices import NoticeKind, notice_of
from rooms.ports import Clock, Store
from rooms.room import AHEAD, RoomState

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than the slowest job; after a crash of another process its jobs are ours this late at most."""

AT_ONCE = 32
"""Jobs that run side by side."""

PATIENCE = timedelta(seconds=30)
"""The longest pause between two tries of a job."""


class Agenda:
    """The loop over due jobs. A job whose try fails is tried again after a growing pause, never dropped."""

    def __init__(self, store: Store, conducting: Conducting, clock: Clock) -> None:
        self._store = store
        self._conducting = conducting
        self._clock = clock
        self._places = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Take up what an earlier process left, then run jobs for ever."""
        async with self._store.writing() as records:
            await records.jobs.reclaim()
        await self._conducting.resume()
        async with asyncio.TaskGroup() as running:
            while True:
                ring = self._store.committed.next_ring()
                await self._places.acquire()
                job = await self._lease()
                if job is not None:
                    running.create_task(self._try(job))
                    continue
                self._places.release()
                async with self._store.reading() as records:
                    due = await records.jobs.next_due()
                await self._clock.wait(ring, due)

    async def _lease(self) -> Job | None:
        now = self._clock.now()
        async with self._store.reading() as records:
            due = await records.jobs.next_due()
        if due is None or due > now:
            return None
        async with self._store.writing() as records:
            return await records.jobs.lease(now, now + LEASE)

    async def _try(self, job: Job) -> None:
        try:
            await self._do(job)
        except CallRefused:
            await self._postpone(job)
        except Exception:
            log.exception("job %s of room %s failed", job.kind, job.room)
            await self._postpone(job)
        else:
            async with self._store.writing() as records:
                await records.jobs.finish(job.id)
        finally:
            self._places.release()

    async def _do(self, job: Job) -> None:
        try:
            match job.kind:
                case JobKind.OPEN:
                    await self._conducting.open(job.room)
                case JobKind.START:
                    await self._conducting.start(job.room)
                case JobKind.END:
                    await self._conducting.end(job.room)
                case JobKind.REMIND:
                    await self._tell(job, NoticeKind.REMINDER, AHEAD)
                case JobKind.WARN:
                    await self._tell(job, NoticeKind.ENDING, frozenset({RoomState.LIVE}))
                case JobKind.FORGET_DRAFT:
                    await self._forget_draft(job)
        except NoSuchRoom:
            log.debug("job %s came after its room was forgotten", job.kind)

    async def _postpone(self, job: Job) -> None:
        pause = min(timedelta(seconds=2 ** min(job.attempts, 10)), PATIENCE)
        async with self._store.writing() as records:
            await records.jobs.postpone(job.id, self._clock.now() + pause)

    async def _tell(self, job: Job, kind: NoticeKind, states: frozenset[RoomState]) -> None:
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(job.room)
            is_stale = now >= (room.plan.starts_at if kind is NoticeKind.REMINDER else room.plan.ends_at)
            if room.state in states and not is_stale:
                await records.outbox.put(notice_of(room, kind), now)

    async def _forget_draft(self, job: Job) -> None:
        async with self._store.writing() as records:
            room = await records.rooms.get(job.room)
            if room.state is RoomState.DRAFT:
                await records.rooms.remove(room.id)
