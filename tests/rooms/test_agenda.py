"""Every job runs at its time, late ones late and once, one at a time for each room."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rooms.agenda import Agenda, Step
from rooms.conducting import Conducting
from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.talks import ADA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House, running


class Heavy(Conducting):
    """Openings wait until they are let go; some fail as a bug would."""

    def __init__(self, house: House) -> None:
        super().__init__(house.store, house.calls, house.stages, house.clock)
        steps: Mapping[JobKind, Step] = {
            JobKind.COUNT_DOWN: _leave_alone,
            JobKind.GREEN_ROOM: _leave_alone,
            JobKind.OPEN: self.open,
            JobKind.START: self.start,
            JobKind.END: self.end,
        }
        self.agenda = Agenda(house.store, steps, self.resume, house.clock)
        self.begun: list[RoomId] = []
        self.may_finish = asyncio.Event()
        self.fails: Callable[[], None] = lambda: None

    async def open(self, room_id: RoomId, planned: datetime | None = None) -> Room:
        self.begun.append(room_id)
        self.fails()
        await self.may_finish.wait()
        return await super().open(room_id, planned)


async def _leave_alone(_room: RoomId, _planned: datetime | None) -> None:
    """The house has no time for that."""


async def test_a_job_put_on_record_while_the_agenda_sleeps_is_run_in_time(house: House) -> None:
    async with house.at_work():
        room = await house.schedule()
        await house.clock.advance(HOUR)
        assert house.room(room).state is RoomState.LIVE


async def test_a_reminder_is_put_into_the_outbox_at_its_time(house: House) -> None:
    await house.schedule()
    async with house.at_work():
        await house.clock.advance(49 * MINUTE)
        assert [kind for kind, _ in house.told()] == [NoticeKind.CARD]
        await house.clock.advance(MINUTE)
        assert [kind for kind, _ in house.told()] == [NoticeKind.CARD, NoticeKind.REMINDER]


async def test_after_a_long_sleep_the_talk_starts_late_and_nobody_is_reminded(house: House) -> None:
    room = await house.schedule()
    await house.clock.advance(HOUR + 5 * MINUTE)
    async with house.at_work():
        assert house.room(room).state is RoomState.LIVE
    assert house.told() == [(NoticeKind.CARD, ""), (NoticeKind.STARTED, "late")]


async def test_a_talk_slept_through_is_not_opened_at_all(house: House) -> None:
    room = await house.schedule()
    await house.clock.advance(9 * HOUR)
    async with house.at_work():
        assert house.room(room).state is RoomState.MISSED
    assert house.calls.opened == []
    assert house.told() == [(NoticeKind.CARD, ""), (NoticeKind.MISSED, "")]


async def test_a_cancelled_talk_never_opens(house: House) -> None:
    room = await house.schedule()
    async with house.at_work():
        await house.changing.cancel(room.id, ADA)
        await house.clock.advance(3 * HOUR)
    assert house.calls.opened == []


async def test_jobs_left_leased_by_a_dead_process_run_at_once(house: House) -> None:
    room = await house.schedule()
    await house.clock.advance(HOUR)
    async with house.store.writing() as records:
        assert await records.jobs.lease(house.clock.now(), house.clock.now() + HOUR) is not None
    async with house.at_work():
        assert house.room(room).state is RoomState.LIVE


async def test_a_draft_nobody_confirms_is_forgotten_after_a_day(house: House) -> None:
    draft = await house.planning.propose(a_plan(starts_at=NOON + timedelta(days=3)), ADA)
    async with house.at_work():
        await house.clock.advance(timedelta(days=1))
    assert draft.id not in house.store.records.rooms.rows
    assert house.store.records.jobs.rows == []


async def test_a_slow_room_delays_its_own_jobs_and_no_others(house: House) -> None:
    slow, other = await house.schedule(), await house.schedule(a_plan(chat=OTHER_CHAT))
    heavy = Heavy(house)
    async with running(heavy.agenda.run):
        await house.clock.advance(HOUR)
        assert heavy.begun == [slow.id, other.id]
        assert [house.room(room).state for room in (slow, other)] == [RoomState.SCHEDULED] * 2
        heavy.may_finish.set()
        await house.clock.advance(0 * MINUTE)
        assert [house.room(room).state for room in (slow, other)] == [RoomState.LIVE] * 2


async def test_a_bug_in_one_job_is_loud_and_the_job_is_tried_again(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    room = await house.schedule()
    heavy = Heavy(house)
    heavy.may_finish.set()

    def stumble() -> None:
        if len(heavy.begun) == 1:
            raise ZeroDivisionError

    heavy.fails = stumble
    with caplog.at_level(logging.ERROR):
        async with running(heavy.agenda.run):
            await house.clock.advance(59 * MINUTE)
            assert house.room(room).state is RoomState.SCHEDULED
            await house.clock.advance(timedelta(seconds=2))
            assert house.room(room).state is RoomState.OPENING
    assert "ZeroDivisionError" in caplog.text


async def test_a_talk_that_is_moved_while_its_opening_begins_is_left_alone(house: House) -> None:
    room = await house.schedule()
    heavy = Heavy(house)
    async with running(heavy.agenda.run):
        await house.clock.advance(HOUR - MINUTE - timedelta(seconds=1))
        await house.changing.change(room.id, ADA, lambda plan: replace(plan, title="The same, in a moment"))
        await house.clock.advance(timedelta(seconds=1))
        assert heavy.begun == [room.id]
        later = NOON + 5 * HOUR
        await house.changing.change(room.id, ADA, lambda plan: replace(plan, starts_at=later))
        heavy.may_finish.set()
        await house.clock.advance(2 * MINUTE)
    assert house.room(room).state is RoomState.SCHEDULED
    assert house.calls.opened == []
    assert (JobKind.OPEN, later - MINUTE) in house.due(room)


async def test_a_job_of_a_forgotten_room_is_dropped(house: House) -> None:
    async with house.store.writing() as records:
        await records.jobs.add(RoomId(99), JobKind.END, NOON)
    async with house.at_work():
        pass
    assert house.store.records.jobs.rows == []
