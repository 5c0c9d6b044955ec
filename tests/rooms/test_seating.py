"""Who moves up is told, whatever made the room for them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.notices import NoticeKind
from rooms.room import Room
from rooms.seating import reseat, seat, seating, unseat
from tests.fakes.talks import ADA, BRUNO, CHIARA, a_plan
from tests.rooms.hall import DARIO, ELENA, STRANGER, Hall

COMING = (ELENA, DARIO, CHIARA, BRUNO)


@pytest.fixture
async def hall() -> Hall:
    hall = Hall()
    await hall.meet(ADA, *COMING)
    return hall


async def seated(hall: Hall, seats: int | None) -> Room:
    """A talk to which four come."""
    room = await hall.talk(replace(a_plan(), seats=seats))
    async with hall.store.writing() as records:
        for asker in COMING:
            await seat(records, room, asker.person, hall.clock.now())
    return room


async def with_seats(hall: Hall, room: Room, seats: int | None) -> None:
    async with hall.store.writing() as records:
        after = replace(room, plan=replace(room.plan, seats=seats))
        await records.rooms.save(after)
        await reseat(records, room, after, hall.clock.now())


def moved_up(hall: Hall) -> list[str]:
    return [asker.name for asker in COMING if hall.told(asker) == [(NoticeKind.SEATED, "")]]


async def test_seats_go_by_who_said_it_first(hall: Hall) -> None:
    room = await seated(hall, 2)
    async with hall.store.reading() as records:
        guests = await seating(records, room)
    assert guests.seated == (ELENA.person, DARIO.person)
    assert guests.waiting == (CHIARA.person, BRUNO.person)


async def test_a_clock_that_is_set_back_lets_nobody_jump_the_queue(hall: Hall) -> None:
    room = await seated(hall, 4)
    async with hall.store.writing() as records:
        guests = await seat(records, room, STRANGER.person, hall.clock.now() - timedelta(hours=1))
    assert guests.waiting == (STRANGER.person,)


@pytest.mark.parametrize(
    ("before", "after", "up"),
    [
        (1, 3, ["Dario", "Chiara"]),
        (2, None, ["Chiara", "Bruno"]),
        (3, 3, []),
        (3, 1, []),
        (None, 2, []),
        (4, 9, []),
    ],
)
async def test_more_seats_are_told_to_those_who_have_one_now(
    hall: Hall, before: int | None, after: int | None, up: list[str]
) -> None:
    room = await seated(hall, before)
    await with_seats(hall, room, after)
    assert moved_up(hall) == up


@pytest.mark.parametrize(
    ("before", "after", "down"), [(3, 1, ["Dario", "Chiara"]), (None, 3, ["Bruno"]), (2, 3, []), (9, 4, [])]
)
async def test_fewer_seats_are_told_to_those_who_had_one(
    hall: Hall, before: int | None, after: int | None, down: list[str]
) -> None:
    room = await seated(hall, before)
    await with_seats(hall, room, after)
    assert [asker.name for asker in COMING if hall.told(asker) == [(NoticeKind.UNSEATED, "")]] == down


async def test_who_goes_makes_room_for_the_next_one(hall: Hall) -> None:
    room = await seated(hall, 2)
    async with hall.store.writing() as records:
        await unseat(records, room, ELENA.person, hall.clock.now())
    assert moved_up(hall) == ["Chiara"]
    assert hall.guest(room, ELENA) is None


async def test_who_does_not_come_cannot_go(hall: Hall) -> None:
    room = await seated(hall, 2)
    async with hall.store.writing() as records:
        await unseat(records, room, ADA.person, hall.clock.now())
    assert moved_up(hall) == []
