"""A talk has the jobs that its plan and its group's customs ask for."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from rooms.cards import Card
from rooms.group import REMINDERS, Group
from rooms.ids import MessageId
from rooms.jobs import JobKind
from rooms.quiet import QuietHours
from rooms.room import Room
from rooms.series import ANNOUNCED_EARLY
from rooms.timetable import reminders, set_jobs, set_reminders
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, HOUR, MINUTE, TIMING, a_plan
from tests.rooms.conftest import House

DAY = timedelta(days=1)
NIGHT = QuietHours(time(22), time(8))
ROME = CAREERS.zone


def rome(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME).astimezone(UTC)


async def set_for(house: House, room: Room, group: Group | None) -> list[tuple[JobKind, datetime]]:
    async with house.store.writing() as records:
        await set_jobs(records, room, group, house.clock.now(), TIMING)
    return house.due(room)


async def test_a_short_talk_in_two_minutes_is_neither_reminded_of_nor_warned_of_its_end(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + 2 * MINUTE, duration=4 * MINUTE))
    preparing = [JobKind.COUNT_DOWN, JobKind.GREEN_ROOM]
    assert [kind for kind, _ in house.due(room)] == [*preparing, JobKind.OPEN, JobKind.START, JobKind.END]


async def test_a_talk_far_ahead_is_reminded_of_a_day_an_hour_and_ten_minutes_before(house: House) -> None:
    starts_at = NOON + 3 * DAY
    room = await house.schedule(a_plan(starts_at=starts_at))
    reminded = [at for kind, at in house.due(room) if kind is JobKind.REMIND]
    assert reminded == [starts_at - DAY, starts_at - HOUR, starts_at - 10 * MINUTE]


async def test_jobs_set_again_take_the_place_of_those_before(house: House) -> None:
    room = await house.schedule()
    before = house.due(room)
    assert await set_for(house, room, None) == before


async def test_a_group_is_reminded_as_it_chose(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + 3 * DAY))
    due = await set_for(house, room, replace(CAREERS, reminders=(HOUR, timedelta(0))))
    assert [at for kind, at in due if kind is JobKind.REMIND] == [NOON + 3 * DAY - HOUR]


async def test_reminders_chosen_anew_leave_the_other_jobs_alone(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + 3 * DAY))
    others = [job for job in house.due(room) if job[0] is not JobKind.REMIND]
    async with house.store.writing() as records:
        await set_reminders(records, room, replace(CAREERS, reminders=()), NOON)
    assert house.due(room) == others


@pytest.mark.parametrize(
    ("starts_at", "wanted"),
    [
        (rome(26, 18, 30), [rome(25, 18, 30), rome(26, 17, 30), rome(26, 18, 20)]),
        (rome(26, 23), [rome(26, 8), rome(26, 22), rome(26, 22, 50)]),
        (rome(26, 7), [rome(25, 8), rome(26, 6), rome(26, 6, 50)]),
        (rome(26, 9), [rome(25, 9), rome(26, 8), rome(26, 8, 50)]),
        (rome(26, 8, 30), [rome(25, 8, 30), rome(26, 7, 30), rome(26, 8, 20)]),
    ],
)
def test_a_reminder_waits_for_the_end_of_the_quiet_hours_if_an_hour_is_left_then(
    starts_at: datetime, wanted: list[datetime]
) -> None:
    assert reminders(a_plan(starts_at=starts_at), replace(CAREERS, quiet=NIGHT)) == wanted


def test_two_reminders_that_wait_for_the_same_moment_are_one() -> None:
    plan = a_plan(starts_at=rome(26, 10))
    group = replace(CAREERS, quiet=QuietHours(time(22), time(9)), reminders=(2 * HOUR, HOUR))
    assert reminders(plan, group) == [rome(26, 9)]


def test_a_group_that_chose_nothing_is_reminded_as_all_are() -> None:
    assert len(reminders(a_plan(), None)) == len(REMINDERS) - 1


async def test_the_start_of_a_talk_that_is_due_already_is_not_in_the_past(house: House) -> None:
    room = await house.schedule(a_plan(starts_at=NOON + MINUTE // 2))
    assert house.due(room)[0] == (JobKind.OPEN, NOON)


async def test_a_later_occurrence_is_announced_a_week_before(house: House) -> None:
    rooms = await house.schedule_series()
    announced = [at for kind, at in house.due() if kind is JobKind.ANNOUNCE]
    assert announced == [room.plan.starts_at - ANNOUNCED_EARLY for room in rooms[1:]]


async def test_occurrences_that_come_every_day_are_announced_one_by_one(house: House) -> None:
    rooms = await house.schedule_series(rule="FREQ=DAILY")
    announced = [at for kind, at in house.due() if kind is JobKind.ANNOUNCE]
    assert announced == [room.plan.starts_at for room in rooms[:-1]]


async def test_nothing_is_reminded_of_before_it_is_announced(house: House) -> None:
    rooms = await house.schedule_series(rule="FREQ=DAILY")
    for room in rooms[1:]:
        first = next(kind for kind, _ in house.due(room) if kind is not JobKind.COUNT_DOWN)
        assert first is JobKind.ANNOUNCE
        assert [at for kind, at in house.due(room) if kind is JobKind.REMIND] == [
            room.plan.starts_at - HOUR,
            room.plan.starts_at - 10 * MINUTE,
        ]


async def test_an_occurrence_moved_before_the_one_before_it_is_still_announced(house: House) -> None:
    rooms = await house.schedule_series()
    early = rooms[1].plan.starts_at - 3 * DAY
    outcome = await house.changing.change(rooms[3].id, ADA, lambda plan: replace(plan, starts_at=early))
    moved = outcome.room
    assert (JobKind.ANNOUNCE, max(NOON, early - ANNOUNCED_EARLY)) in house.due(moved)


async def test_what_has_its_card_is_not_announced_again(house: House) -> None:
    rooms = await house.schedule_series()
    async with house.store.writing() as records:
        await records.cards.save(Card(rooms[1].id, CHAT, MessageId(1)))
    due = await set_for(house, rooms[1], CAREERS)
    assert JobKind.ANNOUNCE not in [kind for kind, _ in due]
