"""The occurrences of a series are made ahead of their time, and its people come along."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.appointments import Answer, Invited
from rooms.errors.talks import Clash
from rooms.ids import PersonId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.recurrence import read_rule
from rooms.roles import Asker, Role
from rooms.room import Room, RoomState
from rooms.series import AHEAD_BY
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHIARA, HOUR, MINUTE, a_plan
from tests.rooms.conftest import House

DARIO = Asker(PersonId(45), "Dario", is_admin=False)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
FIRST = a_plan().starts_at
RULE = read_rule("FREQ=WEEKLY", FIRST.astimezone(CAREERS.zone).replace(tzinfo=None), CAREERS.zone)


async def appoint(house: House, room: Room, role: Role, asker: Asker, answer: Answer) -> None:
    async with house.store.writing() as records:
        await records.appointments.add(room.id, role, Invited(asker.name, asker.person), answer)


def appointed(house: House, room: Room) -> list[tuple[Role, str, Answer]]:
    rows = house.store.records.appointments.rows.values()
    return [(row.role, row.invited.name, row.answer) for row in rows if row.room == room.id]


async def test_a_confirmed_series_is_made_at_least_four_weeks_ahead_and_announced_once(house: House) -> None:
    rooms = await house.schedule_series()
    assert [room.plan.starts_at for room in rooms] == [FIRST + n * WEEK for n in range(5)]
    assert {room.state for room in rooms} == {RoomState.SCHEDULED}
    assert len({room.listen_key for room in rooms}) == 5
    assert house.told() == [(NoticeKind.CARD, "")]


async def test_a_rare_series_has_its_next_occurrence_made_however_far_it_is(house: House) -> None:
    rooms = await house.schedule_series(rule="FREQ=MONTHLY;INTERVAL=6")
    async with house.at_work():
        for _ in range(4):
            await house.clock.advance(30 * MINUTE)
    later = house.series_of(rooms[0])
    assert [room.state for room in later] == [RoomState.ENDED, RoomState.SCHEDULED]
    assert later[1].plan.starts_at - FIRST > 5 * AHEAD_BY


async def test_the_series_of_rooms_are_looked_up_each_once(house: House) -> None:
    rooms = await house.schedule_series()
    alone = await house.schedule(a_plan("Alone", FIRST + 3 * DAY))
    found = await house.planning.series_of([*rooms, alone])
    assert found == house.store.records.series.rows
    assert await house.planning.series_of([alone]) == {}


async def test_a_draft_of_a_series_makes_nothing_and_is_forgotten_with_it(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA, recurrence=RULE)
    await house.pass_time(30 * MINUTE)
    assert list(house.store.records.rooms.rows) == [draft.id]
    await house.planning.discard(draft.id, ADA)
    assert house.store.records.series.rows == {}
    await house.planning.propose(a_plan(), ADA, recurrence=RULE)
    await house.pass_time(DAY)
    assert (house.store.records.series.rows, house.store.records.rooms.rows) == ({}, {})


async def test_an_occurrence_whose_hour_is_taken_is_left_out_until_the_hour_is_free(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    other = await house.schedule(a_plan("Another", FIRST + 2 * WEEK))
    with caplog.at_level(logging.INFO):
        rooms = await house.schedule_series()
    assert [room.plan.starts_at for room in rooms] == [FIRST + n * WEEK for n in (0, 1, 3, 4)]
    assert "another one has its hour" in caplog.text
    assert "Another" not in caplog.text  # what a talk is called is no business of the log's
    await house.changing.cancel(other.id, ADA)
    await house.pass_time(20 * MINUTE)
    assert house.starts(rooms[0]) == [FIRST + n * WEEK for n in range(5)]


async def test_a_series_whose_first_hour_is_taken_cannot_be_confirmed(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA, recurrence=RULE)
    await house.schedule(a_plan("Another"))
    with pytest.raises(Clash, match="Another"):
        await house.planning.confirm(draft.id, ADA)
    assert house.store.records.rooms.rows[draft.id].state is RoomState.DRAFT


async def test_each_occurrence_is_announced_in_its_time(house: House) -> None:
    rooms = await house.schedule_series()
    await house.deliver()
    for room in rooms[1:4]:
        await house.pass_time(room.plan.starts_at - WEEK - MINUTE - house.clock.now())
        await house.deliver()
        await house.pass_time(MINUTE)
        assert room.id in [notice.room for notice in house.notices() if notice.kind is NoticeKind.CARD]


async def test_the_people_of_a_series_come_along_with_what_they_answered(house: House) -> None:
    rooms = await house.schedule_series()
    await house.meet(CHIARA, DARIO)
    await appoint(house, rooms[0], Role.COHOST, CHIARA, Answer.ACCEPTED)
    await appoint(house, rooms[0], Role.SPEAKER, DARIO, Answer.WAITING)
    await appoint(house, rooms[0], Role.SPEAKER, CHIARA, Answer.DECLINED)
    await appoint(house, rooms[0], Role.COHOST, ADA, Answer.ACCEPTED)
    await house.pass_time(HOUR)
    assert appointed(house, rooms[1]) == [
        (Role.COHOST, "Chiara", Answer.ACCEPTED),
        (Role.SPEAKER, "Dario", Answer.WAITING),
    ]
    assert appointed(house, rooms[2]) == []
    assert [kind for kind, _ in house.told_to(DARIO)] == [NoticeKind.INVITATION]
    assert house.told_to(CHIARA) == []


async def test_who_was_asked_for_a_later_occurrence_already_is_not_asked_twice(house: House) -> None:
    rooms = await house.schedule_series()
    for room, answer in ((rooms[0], Answer.ACCEPTED), (rooms[1], Answer.DECLINED)):
        await appoint(house, room, Role.SPEAKER, CHIARA, answer)
    await house.pass_time(HOUR)
    assert appointed(house, rooms[1]) == [(Role.SPEAKER, "Chiara", Answer.DECLINED)]


async def test_a_series_keeps_the_plan_that_it_was_given(house: House) -> None:
    plan = replace(a_plan(), description="Bring questions.", seats=8, is_recorded=False, language="it")
    rooms = await house.schedule_series(plan)
    assert [replace(room.plan, starts_at=FIRST) for room in rooms] == [plan] * 5
    assert {kind for kind, _ in house.due(rooms[4])} == {
        JobKind.ANNOUNCE,
        JobKind.REMIND,
        JobKind.COUNT_DOWN,
        JobKind.GREEN_ROOM,
        JobKind.OPEN,
        JobKind.START,
        JobKind.WARN,
        JobKind.END,
    }


async def test_a_counted_series_ends_after_its_number(house: House) -> None:
    rooms = await house.schedule_series(rule="FREQ=WEEKLY;COUNT=3")
    await house.pass_time(6 * WEEK)
    assert len(house.series_of(rooms[0])) == len(rooms) == 3
    assert all(series.is_over for series in house.store.records.series.rows.values())
    assert house.due() == []


async def test_a_series_without_any_talk_was_never_confirmed_and_makes_none(house: House) -> None:
    first = a_plan().starts_at.astimezone(CAREERS.zone).replace(tzinfo=None)
    async with house.store.writing() as records:
        await records.series.add(a_plan(), read_rule("FREQ=DAILY", first, CAREERS.zone))
    await house.pass_time(2 * HOUR)
    assert house.store.records.rooms.rows == {}
