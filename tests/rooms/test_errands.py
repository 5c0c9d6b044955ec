"""Jobs that need nobody but the records are done whole, and once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.errands import ERRANDS
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import BRUNO, CHIARA, HOUR, MINUTE, a_plan
from tests.rooms.conftest import House

DAY = timedelta(days=1)
REMINDER = (NoticeKind.REMINDER, "")


async def run(house: House, kind: JobKind, room: Room) -> None:
    async with house.store.writing() as records:
        await ERRANDS[kind](records, await records.rooms.get(room.id), house.clock.now())


async def in_state(house: House, state: RoomState) -> Room:
    room = await house.schedule()
    async with house.store.writing() as records:
        await records.rooms.save(replace(room, state=state))
    await house.deliver()
    return house.room(room)


async def test_a_reminder_goes_to_the_group_and_to_those_who_asked(house: House) -> None:
    room = await house.schedule()
    await house.await_guest(room, CHIARA, is_reminded=True)
    await house.await_guest(room, BRUNO)
    await house.deliver()
    await house.pass_time(50 * MINUTE)
    assert (house.told(), house.told_to(CHIARA), house.told_to(BRUNO)) == ([REMINDER], [REMINDER], [])


async def test_of_reminders_that_came_due_while_nothing_ran_one_is_told(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + 2 * DAY))
    await house.deliver()
    await house.clock.advance(2 * DAY - 5 * MINUTE)
    await house.pass_time(0 * MINUTE)
    assert house.told() == [REMINDER]
    assert [at for kind, at in house.due(room) if kind is JobKind.REMIND] == []


async def test_the_reminders_that_one_stands_for_are_not_due_any_more(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + 2 * DAY))
    await house.clock.advance(2 * DAY - 5 * MINUTE)
    await run(house, JobKind.REMIND, room)
    assert JobKind.REMIND not in [kind for kind, _ in house.due(room)]


async def test_a_reminder_that_is_yet_to_come_survives_an_earlier_one_that_was_late(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + 2 * DAY))
    await house.deliver()
    await house.clock.advance(2 * DAY - 30 * MINUTE)
    await house.pass_time(0 * MINUTE)
    assert [at for kind, at in house.due(room) if kind is JobKind.REMIND] == [NOON + 2 * DAY - 10 * MINUTE]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (RoomState.SCHEDULED, [REMINDER]),
        (RoomState.OPENING, [REMINDER]),
        (RoomState.LIVE, []),
        (RoomState.CANCELLED, []),
    ],
)
async def test_only_of_what_is_to_come_people_are_reminded(
    house: House, state: RoomState, told: list[tuple[NoticeKind, str]]
) -> None:
    await run(house, JobKind.REMIND, await in_state(house, state))
    assert house.told() == told


async def test_after_the_start_nobody_is_reminded(house: House) -> None:
    room = await in_state(house, RoomState.OPENING)
    await house.clock.advance(HOUR)
    await run(house, JobKind.REMIND, room)
    assert house.told() == []


async def test_the_end_is_warned_of_in_a_live_talk_alone(house: House) -> None:
    room = await in_state(house, RoomState.LIVE)
    await run(house, JobKind.WARN, room)
    await run(house, JobKind.WARN, await house.schedule(a_plan(starts_at=NOON + 9 * HOUR)))
    assert house.told() == [(NoticeKind.ENDING, ""), (NoticeKind.CARD, "")]


async def test_an_occurrence_that_was_cancelled_is_not_announced(house: House) -> None:
    rooms = await house.schedule_series()
    async with house.store.writing() as records:
        await records.rooms.save(rooms[1].cancelled(NOON))
    await house.deliver()
    await run(house, JobKind.ANNOUNCE, rooms[1])
    assert house.told() == []


async def test_what_comes_due_while_the_bot_is_away_is_not_told(house: House) -> None:
    room = await house.schedule()
    await house.await_guest(room, CHIARA, is_reminded=True)
    await house.know(replace(CAREERS, is_present=False))
    await house.deliver()
    await house.pass_time(50 * MINUTE)
    assert (house.told(), house.told_to(CHIARA)) == ([], [])
    assert house.room(room).state is RoomState.SCHEDULED


async def test_only_a_draft_is_forgotten_as_one(house: House) -> None:
    room = await house.schedule()
    await run(house, JobKind.FORGET_DRAFT, room)
    assert house.room(room) == room
