"""What every Store must do with guests and appointments."""

from dataclasses import replace

from rooms.appointments import Answer, Appointment, Invited
from rooms.guests import Guest
from rooms.ids import AppointmentId, PersonId, RoomId
from rooms.records import Store
from rooms.roles import Role
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON
from tests.fakes.talks import MINUTE

CHIARA, DARIO, ELIO = PersonId(44), PersonId(45), PersonId(46)


async def test_a_guest_reads_back_the_same_and_is_replaced(store: Store) -> None:
    room = await new_room(store)
    guest = Guest(room.id, CHIARA, NOON, wants_reminder=True)
    async with store.writing() as records:
        await records.guests.save(Guest(room.id, CHIARA, wants_reminder=True))
        await records.guests.save(guest)
        assert await records.guests.find(room.id, CHIARA) == guest
        assert await records.guests.of(room.id) == [guest]
        assert await records.guests.find(room.id, DARIO) is None
        assert await records.guests.find(RoomId(99), CHIARA) is None


async def test_a_guest_who_asks_for_nothing_is_forgotten(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.guests.save(Guest(room.id, CHIARA, NOON))
        await records.guests.save(Guest(room.id, CHIARA))
        await records.guests.save(Guest(room.id, DARIO))
        assert await records.guests.of(room.id) == []


async def test_guests_come_in_the_order_in_which_they_said_so(store: Store) -> None:
    room, other = await new_room(store), await new_room(store)
    reminded = Guest(room.id, PersonId(1), wants_reminder=True)
    last, first = Guest(room.id, CHIARA, NOON + MINUTE), Guest(room.id, ELIO, NOON)
    beside = Guest(room.id, DARIO, NOON + MINUTE)
    async with store.writing() as records:
        for guest in (reminded, beside, last, first, Guest(other.id, CHIARA, NOON)):
            await records.guests.save(guest)
        assert await records.guests.of(room.id) == [first, last, beside, reminded]
        assert await records.guests.coming(room.id) == 3
        assert await records.guests.coming(other.id) == 1
        assert await records.guests.coming(RoomId(99)) == 0


async def test_appointments_come_in_the_order_in_which_they_were_made(store: Store) -> None:
    room, other = await new_room(store), await new_room(store)
    by_number, by_name = Invited("Dario", DARIO), Invited("Elio", username="elio")
    async with store.writing() as records:
        first = await records.appointments.add(room.id, Role.SPEAKER, by_number, Answer.WAITING)
        await records.appointments.add(other.id, Role.COHOST, by_number, Answer.ACCEPTED)
        second = await records.appointments.add(room.id, Role.COHOST, by_name, Answer.ACCEPTED)
        assert first == Appointment(first.id, room.id, Role.SPEAKER, by_number, Answer.WAITING)
        assert await records.appointments.of(room.id) == [first, second]
        assert await records.appointments.find(second.id) == second
        assert await records.appointments.find(AppointmentId(99)) is None


async def test_an_answer_is_kept_and_a_withdrawn_appointment_is_gone(store: Store) -> None:
    room = await new_room(store)
    invited = Invited("Elio", username="elio")
    async with store.writing() as records:
        offered = await records.appointments.add(room.id, Role.SPEAKER, invited, Answer.WAITING)
        accepted = replace(offered, answer=Answer.ACCEPTED, invited=replace(invited, person=ELIO))
        await records.appointments.save(accepted)
        assert await records.appointments.find(offered.id) == accepted
        await records.appointments.remove(offered.id)
        await records.appointments.save(accepted)
        assert await records.appointments.of(room.id) == []
        another = await records.appointments.add(room.id, Role.SPEAKER, invited, Answer.WAITING)
        assert another.id > offered.id


async def test_guests_and_appointments_go_with_their_room(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.guests.save(Guest(room.id, CHIARA, NOON))
        offered = await records.appointments.add(
            room.id, Role.SPEAKER, Invited("Dario", DARIO), Answer.WAITING
        )
        await records.rooms.remove(room.id)
        assert await records.guests.of(room.id) == []
        assert await records.appointments.find(offered.id) is None
