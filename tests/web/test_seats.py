"""Places in the gallery: one for each ticket, forgotten with their room."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from functools import partial

import pytest

from rooms.errors.tickets import SeatLost, SeatUnknown
from rooms.room import RoomState
from tests.web.counter import members_only
from tests.web.house import House, open_house, settled
from web.seats import REMEMBERED, Seats


class Stream:
    """One that may be let go."""

    def __init__(self) -> None:
        self.is_gone = False

    def let_go(self) -> None:
        self.is_gone = True


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await members_only(house)
        yield house


@pytest.fixture
async def seats(house: House) -> AsyncIterator[Seats]:
    seats = Seats(house.gallery)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(seats.run())
        await settled()
        yield seats
        running.cancel()


async def test_a_ticket_has_one_place_where_it_was_shown_last(house: House, seats: Seats) -> None:
    first = seats.show(house.room, b"one")
    seats.check(house.room.id, first)
    second = seats.show(house.room, b"one")
    assert first != second
    seats.check(house.room.id, second)
    with pytest.raises(SeatLost):
        seats.check(house.room.id, first)


async def test_tickets_do_not_disturb_each_other(house: House, seats: Seats) -> None:
    names = [seats.show(house.room, bytes([number])) for number in range(50)]
    for name in names:
        seats.check(house.room.id, name)


async def test_names_that_were_never_given_are_unknown(house: House, seats: Seats) -> None:
    seats.show(house.room, b"one")
    for name in ("", "guessed"):
        with pytest.raises(SeatUnknown):
            seats.check(house.room.id, name)


async def test_a_ticket_shown_for_ever_fills_no_memory(house: House, seats: Seats) -> None:
    names = [seats.show(house.room, b"one") for _ in range(100)]
    with pytest.raises(SeatUnknown):
        seats.check(house.room.id, names[0])
    with pytest.raises(SeatLost):
        seats.check(house.room.id, names[-2])
    (seat,) = seats._seats[house.room.id].values()
    assert len(seat.lost) == REMEMBERED


async def test_shown_again_all_that_was_heard_with_it_ends(house: House, seats: Seats) -> None:
    sound, events = Stream(), Stream()
    name = seats.show(house.room, b"one")
    with (
        seats.taken(house.room.id, name, "sound", sound.let_go),
        seats.taken(house.room.id, name, "events", events.let_go),
    ):
        assert (sound.is_gone, events.is_gone) == (False, False)
        seats.show(house.room, b"one")
        assert (sound.is_gone, events.is_gone) == (True, True)


async def test_streams_that_leave_as_they_are_let_go_disturb_nothing(house: House, seats: Seats) -> None:
    """A connection that is ended does at once what is to be done at its end."""
    name = seats.show(house.room, b"one")

    def leave(kind: str) -> None:
        holding[kind].__exit__(None, None, None)

    holding: dict[str, AbstractContextManager[None]] = {
        kind: seats.taken(house.room.id, name, kind, partial(leave, kind)) for kind in ("sound", "events")
    }
    for one in holding.values():
        one.__enter__()
    seats.show(house.room, b"one")
    (seat,) = seats._seats[house.room.id].values()
    assert seat.streams == {}


async def test_a_second_stream_of_a_kind_takes_over_and_the_first_leaves_it_alone(
    house: House, seats: Seats
) -> None:
    first, second, third = Stream(), Stream(), Stream()
    name = seats.show(house.room, b"one")
    holding = seats.taken(house.room.id, name, "sound", first.let_go)
    holding.__enter__()
    with seats.taken(house.room.id, name, "sound", second.let_go):
        assert first.is_gone
        holding.__exit__(None, None, None)
        with seats.taken(house.room.id, name, "sound", third.let_go):
            assert second.is_gone


@pytest.mark.parametrize("state", [RoomState.ENDED, RoomState.CANCELLED, RoomState.MISSED])
async def test_the_end_of_a_room_is_the_end_of_its_places(
    house: House, seats: Seats, state: RoomState
) -> None:
    name = seats.show(house.room, b"one")
    await settled()
    await house.become(state)
    await settled()
    with pytest.raises(SeatUnknown):
        seats.check(house.room.id, name)
    assert seats._seats == {}


async def test_so_is_its_being_forgotten(house: House, seats: Seats) -> None:
    seats.show(house.room, b"one")
    await settled()
    await house.revoke()
    await settled()
    assert seats._seats == {}


async def test_a_fault_forgets_and_is_noted_without_names(
    house: House, seats: Seats, caplog: pytest.LogCaptureFixture
) -> None:
    name = seats.show(house.room, b"one")
    house.store.records = None  # type: ignore[assignment]
    house.gallery._changed.ring()
    await settled()
    assert seats._seats == {}
    assert "the places of a room broke" in caplog.text
    assert name not in caplog.text
