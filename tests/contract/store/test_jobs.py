"""What every Store must do with jobs."""

from rooms.jobs import JobKind
from rooms.records import Store
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON
from tests.fakes.talks import HOUR, OTHER_CHAT


async def test_jobs_come_when_due_earliest_first(store: Store) -> None:
    first, second = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        await records.jobs.add(first.id, JobKind.START, NOON + HOUR)
        await records.jobs.add(second.id, JobKind.OPEN, NOON)
        assert await records.jobs.next_due() == NOON
        assert await records.jobs.lease(NOON - HOUR, NOON) is None
        job = await records.jobs.lease(NOON + HOUR, NOON + 2 * HOUR)
        assert job is not None
        assert (job.room, job.kind, job.due_at, job.attempts) == (second.id, JobKind.OPEN, NOON, 1)
        after = await records.jobs.lease(NOON + HOUR, NOON + 2 * HOUR)
        assert after is not None
        assert (after.room, after.kind) == (first.id, JobKind.START)


async def test_a_room_has_one_leased_job_at_a_time(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.OPEN, NOON)
        await records.jobs.add(room.id, JobKind.START, NOON)
        job = await records.jobs.lease(NOON, NOON + HOUR)
        assert job is not None
        assert job.kind is JobKind.OPEN
        assert await records.jobs.lease(NOON, NOON + HOUR) is None
        assert await records.jobs.next_due() == NOON + HOUR
        await records.jobs.finish(job.id)
        assert await records.jobs.next_due() == NOON
        start = await records.jobs.lease(NOON, NOON + HOUR)
        assert start is not None
        assert start.kind is JobKind.START


async def test_a_room_whose_job_is_leased_delays_no_other(store: Store) -> None:
    busy, idle = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        await records.jobs.add(busy.id, JobKind.OPEN, NOON)
        await records.jobs.add(busy.id, JobKind.START, NOON)
        await records.jobs.add(idle.id, JobKind.OPEN, NOON + HOUR)
        await records.jobs.lease(NOON, NOON + 3 * HOUR)
        assert await records.jobs.next_due() == NOON + HOUR
        job = await records.jobs.lease(NOON + HOUR, NOON + 3 * HOUR)
        assert job is not None
        assert job.room == idle.id


async def test_an_expired_lease_is_due_again(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.OPEN, NOON)
        await records.jobs.lease(NOON, NOON + HOUR)
        again = await records.jobs.lease(NOON + HOUR, NOON + 2 * HOUR)
        assert again is not None
        assert again.attempts == 2


async def test_reclaimed_jobs_are_due_at_once(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.OPEN, NOON)
        await records.jobs.lease(NOON, NOON + HOUR)
        await records.jobs.reclaim()
        assert await records.jobs.next_due() == NOON
        assert await records.jobs.lease(NOON, NOON + HOUR) is not None


async def test_a_postponed_job_waits_and_a_dropped_one_is_gone(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.OPEN, NOON)
        await records.jobs.add(room.id, JobKind.END, NOON + 9 * HOUR)
        job = await records.jobs.lease(NOON, NOON + HOUR)
        assert job is not None
        await records.jobs.postpone(job.id, NOON + 2 * HOUR)
        assert await records.jobs.lease(NOON + HOUR, NOON + 2 * HOUR) is None
        assert await records.jobs.next_due() == NOON + 2 * HOUR
        await records.jobs.drop(room.id, [JobKind.OPEN])
        assert await records.jobs.next_due() == NOON + 9 * HOUR


async def test_of_a_room_s_jobs_only_those_named_and_due_by_then_are_dropped(store: Store) -> None:
    room, other = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.REMIND, NOON)
        await records.jobs.add(room.id, JobKind.REMIND, NOON + HOUR)
        await records.jobs.add(room.id, JobKind.REMIND, NOON + 2 * HOUR)
        await records.jobs.add(room.id, JobKind.OPEN, NOON + HOUR)
        await records.jobs.add(other.id, JobKind.REMIND, NOON)
        await records.jobs.drop(room.id, [JobKind.REMIND], NOON + HOUR)
        left = []
        while (job := await records.jobs.lease(NOON + 9 * HOUR, NOON + 10 * HOUR)) is not None:
            left.append((job.room, job.kind, job.due_at))
            await records.jobs.finish(job.id)
    assert left == [
        (other.id, JobKind.REMIND, NOON),
        (room.id, JobKind.OPEN, NOON + HOUR),
        (room.id, JobKind.REMIND, NOON + 2 * HOUR),
    ]


async def test_who_finishes_a_job_that_is_gone_takes_no_later_one_along(store: Store) -> None:
    """A job may drop its own room's jobs, and others may be put on record, before it is finished."""
    room = await new_room(store)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.OPEN, NOON)
        job = await records.jobs.lease(NOON, NOON + HOUR)
        assert job is not None
        await records.jobs.drop(room.id, list(JobKind))
        await records.jobs.add(room.id, JobKind.END, NOON + 2 * HOUR)
        await records.jobs.finish(job.id)
        assert await records.jobs.next_due() == NOON + 2 * HOUR


async def test_whether_a_room_has_a_job_is_known_while_it_is_leased_too(store: Store) -> None:
    room, other = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.MASTER, NOON)
        job = await records.jobs.lease(NOON, NOON + HOUR)
        assert job is not None
        assert await records.jobs.has(room.id, JobKind.MASTER)
        assert not await records.jobs.has(room.id, JobKind.ERASE)
        assert not await records.jobs.has(other.id, JobKind.MASTER)
        await records.jobs.finish(job.id)
        assert not await records.jobs.has(room.id, JobKind.MASTER)
