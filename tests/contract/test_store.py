"""What every Store must do, whatever it is made of."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rooms.errors import NoSuchRoom
from rooms.group import Group
from rooms.ids import ChatId, MessageId, RoomId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind, notice_of
from rooms.ports import Gap, Recording, Records, Store
from rooms.room import Room, RoomState
from storage.database import open_database
from tests.fakes.clock import NOON
from tests.fakes.store import MemoryStore
from tests.fakes.talks import CHAT, HOUR, OTHER_CHAT, a_plan


@pytest.fixture(params=["sqlite", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
    else:
        async with open_database(tmp_path / "loggione.db") as database:
            yield database


async def new_room(store: Store, chat: ChatId = CHAT, starts_in: timedelta = HOUR) -> Room:
    async with store.writing() as records:
        return await records.rooms.add(
            a_plan(chat=chat, starts_at=NOON + starts_in), f"key-{chat}-{starts_in}"
        )


async def test_a_new_room_is_a_draft_and_reads_back_the_same(store: Store) -> None:
    room = await new_room(store)
    assert (room.state, room.plan) == (RoomState.DRAFT, a_plan())
    async with store.reading() as records:
        assert await records.rooms.get(room.id) == room
        assert await records.rooms.find(room.id) == room
        assert await records.rooms.by_listen_key(room.listen_key) == room


async def test_a_saved_room_replaces_the_old_one(store: Store) -> None:
    room = await new_room(store)
    on_air = replace(room.scheduled().opening().live(), card=MessageId(5)).closing().ended()
    async with store.writing() as records:
        await records.rooms.save(on_air)
    async with store.reading() as records:
        assert await records.rooms.get(room.id) == on_air


async def test_an_unknown_room_is_refused_by_id_and_key(store: Store) -> None:
    async with store.reading() as records:
        assert await records.rooms.find(RoomId(99)) is None
        with pytest.raises(NoSuchRoom):
            await records.rooms.get(RoomId(99))
        with pytest.raises(NoSuchRoom):
            await records.rooms.by_listen_key("nobody")


async def test_rooms_come_by_state_and_chat_earliest_first(store: Store) -> None:
    later = await new_room(store, starts_in=3 * HOUR)
    sooner = await new_room(store, starts_in=2 * HOUR)
    elsewhere = await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        await records.rooms.save(elsewhere.scheduled())
    async with store.reading() as records:
        assert await records.rooms.in_states([RoomState.DRAFT], CHAT) == [sooner, later]
        assert await records.rooms.in_states([RoomState.DRAFT], CHAT, limit=1) == [sooner]
        found = await records.rooms.in_states(list(RoomState))
        assert [room.id for room in found] == [elsewhere.id, sooner.id, later.id]
        assert await records.rooms.in_states([RoomState.LIVE]) == []


async def test_a_forgotten_room_takes_all_that_hangs_on_it_along(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.jobs.add(room.id, JobKind.OPEN, NOON)
        await records.outbox.put(notice_of(room, NoticeKind.CARD), NOON)
        await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR))
        await records.rooms.remove(room.id)
    async with store.reading() as records:
        assert await records.rooms.find(room.id) is None
        assert await records.jobs.next_due() is None
        assert await records.outbox.next_due() is None
        assert await records.recordings.find(room.id) is None


async def test_numbers_of_forgotten_rooms_are_not_given_again(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.rooms.remove(room.id)
    assert (await new_room(store)).id > room.id


async def test_a_failed_transaction_leaves_no_trace(store: Store) -> None:
    room = await new_room(store)
    with pytest.raises(ZeroDivisionError):
        async with store.writing() as records:
            await records.rooms.save(room.scheduled())
            await records.jobs.add(room.id, JobKind.OPEN, NOON)
            raise ZeroDivisionError
    async with store.reading() as records:
        assert await records.rooms.get(room.id) == room
        assert await records.jobs.next_due() is None


async def test_readers_see_only_what_was_committed(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as writing, store.reading() as reading:
        await writing.rooms.save(room.scheduled())
        assert await reading.rooms.get(room.id) == room


async def test_every_commit_rings_the_bell_and_a_failure_does_not(store: Store) -> None:
    ring = store.committed.next_ring()
    with pytest.raises(ZeroDivisionError):
        async with store.writing():
            raise ZeroDivisionError
    assert not ring.is_set()
    await new_room(store)
    assert ring.is_set()


async def test_a_group_is_found_by_chat_and_by_programme_key(store: Store) -> None:
    group = Group(CHAT, "Careers", ZoneInfo("Europe/Rome"), "it", "programme")
    async with store.writing() as records:
        await records.groups.save(replace(group, title="Old name"))
        await records.groups.save(group)
    async with store.reading() as records:
        assert await records.groups.find(CHAT) == group
        assert await records.groups.by_programme_key("programme") == group
        assert await records.groups.find(OTHER_CHAT) is None
        assert await records.groups.by_programme_key("other") is None


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


async def lease_kind(records: Records, hours: int = 0) -> tuple[int, NoticeKind] | None:
    now = NOON + hours * HOUR
    letter = await records.outbox.lease(now, now + HOUR)
    return None if letter is None else (letter.id, letter.notice.kind)


async def test_a_chat_gets_its_notices_in_order(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.outbox.put(notice_of(room, NoticeKind.CARD), NOON)
        await records.outbox.put(notice_of(room, NoticeKind.STARTED, "late"), NOON)
        assert await records.outbox.next_due() == NOON
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        assert (letter.notice, letter.attempts) == (notice_of(room, NoticeKind.CARD), 1)
        assert await lease_kind(records) is None
        assert await records.outbox.next_due() == NOON + HOUR
        await records.outbox.forget(letter.id)
        after = await records.outbox.lease(NOON, NOON + HOUR)
        assert after is not None
        assert after.notice == notice_of(room, NoticeKind.STARTED, "late")


async def test_a_chat_that_must_wait_delays_no_other(store: Store) -> None:
    flooded, quiet = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        await records.outbox.put(notice_of(flooded, NoticeKind.CARD), NOON)
        await records.outbox.put(notice_of(flooded, NoticeKind.STARTED), NOON)
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        await records.outbox.put_off(letter.id, NOON + 3 * HOUR)
        await records.outbox.put(notice_of(quiet, NoticeKind.REMINDER), NOON)
        assert [await lease_kind(records), await lease_kind(records)][1] is None
        assert await records.outbox.next_due() == NOON + HOUR
        assert await lease_kind(records, hours=3) is not None


async def test_an_equal_notice_that_waits_is_not_doubled_but_a_leased_one_is(store: Store) -> None:
    room = await new_room(store)
    refresh = notice_of(room, NoticeKind.REFRESH)
    async with store.writing() as records:
        await records.outbox.put(refresh, NOON)
        await records.outbox.put(refresh, NOON)
        leased = await lease_kind(records)
        assert leased is not None
        await records.outbox.put(refresh, NOON)
        await records.outbox.forget(leased[0])
        second = await lease_kind(records)
        assert second is not None
        await records.outbox.forget(second[0])
        assert await lease_kind(records) is None


async def test_letters_of_a_dead_process_are_sent_after_reclaiming_or_expiry(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.outbox.put(notice_of(room, NoticeKind.CARD), NOON)
        assert await lease_kind(records) is not None
        assert await lease_kind(records) is None
        await records.outbox.reclaim()
        assert await lease_kind(records) is not None
        assert await lease_kind(records, hours=1) is not None


async def test_a_recording_reads_back_with_its_gaps(store: Store) -> None:
    room = await new_room(store)
    gaps = (Gap(timedelta(seconds=3), timedelta(milliseconds=1500)),)
    recording = Recording(room.id, Path("var/recordings/1/talk.ogg"), HOUR, gaps)
    async with store.writing() as records:
        await records.recordings.save(replace(recording, gaps=()))
        await records.recordings.save(recording)
    async with store.reading() as records:
        assert await records.recordings.find(room.id) == recording
        assert await records.recordings.find(RoomId(99)) is None
