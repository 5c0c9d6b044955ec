"""What every Store must do with the keys of tickets, and with who took one."""

from dataclasses import replace

from rooms.before import Before
from rooms.ids import PersonId
from rooms.records import Store
from rooms.room import OVER, RoomState
from rooms.ticket_keys import TicketKey
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON
from tests.fakes.talks import ADA, BRUNO


async def test_a_room_has_a_key_once_it_was_made(store: Store) -> None:
    room = await new_room(store)
    key = TicketKey(room.id, b"public", b"\x00private\xff")
    async with store.writing() as records:
        assert await records.tickets.key(room.id) is None
        await records.tickets.save_key(key)
    async with store.reading() as records:
        assert await records.tickets.key(room.id) == key


async def test_a_ticket_is_given_once_to_a_person_and_room(store: Store) -> None:
    one, other = await new_room(store), await new_room(store)
    async with store.writing() as records:
        assert await records.tickets.give(one.id, ADA.person)
        assert not await records.tickets.give(one.id, ADA.person)
        assert await records.tickets.give(one.id, BRUNO.person)
        assert await records.tickets.give(other.id, ADA.person)


async def test_only_rooms_that_are_over_for_good_are_to_be_forgotten(store: Store) -> None:
    over = set()
    for state in RoomState:
        room = await new_room(store, state=state)
        async with store.writing() as records:
            await records.tickets.save_key(TicketKey(room.id, b"", b""))
        if state in OVER:
            over.add(room.id)
    cancelled = await new_room(store, state=RoomState.CANCELLED)
    async with store.writing() as records:
        await records.tickets.save_key(TicketKey(cancelled.id, b"", b""))
        await records.rooms.keep_before(Before(cancelled.id, cancelled.plan, RoomState.SCHEDULED, NOON))
        assert set(await records.tickets.over()) == over
        await records.rooms.forget_before(cancelled.id)
        assert set(await records.tickets.over()) == over | {cancelled.id}


async def test_a_forgotten_room_leaves_nothing_and_others_stay(store: Store) -> None:
    one, other = await new_room(store), await new_room(store)
    async with store.writing() as records:
        for room in (one, other):
            await records.tickets.save_key(TicketKey(room.id, b"", b""))
            await records.tickets.give(room.id, ADA.person)
        await records.tickets.forget(one.id)
        await records.tickets.forget(one.id)
        assert await records.tickets.key(one.id) is None
        assert await records.tickets.give(one.id, ADA.person)
        assert await records.tickets.key(other.id) is not None
        assert not await records.tickets.give(other.id, ADA.person)


async def test_they_go_with_their_room(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.tickets.save_key(TicketKey(room.id, b"", b""))
        await records.tickets.give(room.id, ADA.person)
        await records.rooms.remove(room.id)
        assert await records.tickets.key(room.id) is None
        assert [trace.where for trace in await records.traces.of_person(ADA.person)] == []


async def test_who_took_a_ticket_is_told_so_and_can_be_erased(store: Store) -> None:
    greta = PersonId(710044)
    room = await new_room(store)
    async with store.writing() as records:
        await records.rooms.save(replace(room, state=RoomState.SCHEDULED))
        await records.tickets.give(room.id, greta)
        (trace,) = await records.traces.of_person(greta)
        assert (trace.where, dict(trace.what)) == (
            "ticket_holders",
            {"room": str(room.id), "person": str(greta)},
        )
        await records.traces.erase_person(greta)
        assert await records.traces.of_person(greta) == []
