"""Promoting: who speaks in a talk is put on record while it is on, within a transaction of the caller's."""

from dataclasses import replace
from datetime import datetime

from rooms import announcing, consenting, seating
from rooms.appointments import MOST, Answer, Appointment, Invited
from rooms.arrangement import speakers_of
from rooms.errors.floor import SeatsTaken
from rooms.errors.people import TooManyAppointments
from rooms.errors.rights import SubjectBanned
from rooms.ids import PersonId, private_chat
from rooms.notices import NoticeKind, notice_to
from rooms.records import Records
from rooms.roles import Role
from rooms.room import Room


async def make_speaker(records: Records, room: Room, whom: Invited, now: datetime) -> bool:
    """Put on record that somebody, of whom the number is known, speaks in the talk; their hand is down.

    Returns:
        Whether they did not before.

    Raises:
        SubjectBanned, SeatsTaken, TooManyAppointments.
        ValueError: nothing but a user name is known of them.
    """
    if whom.person is None:
        raise ValueError(whom)
    await records.hands.remove(room.id, whom.person)
    if whom.person in await speakers_of(records, room):
        return False
    if await records.bans.find(room.plan.chat, whom.person, now) is not None:
        raise SubjectBanned(whom.name)
    await refuse_without_seat(records, room, whom.person)
    guests = await seating.seating(records, room)
    await _accept(records, room, whom)
    await seating.recast(records, guests, room, now)
    await announcing.refresh(records, room, now)
    await consenting.ask(records, room, whom.person, whom.name, now)
    return True


async def call_in(records: Records, room: Room, person: PersonId, now: datetime) -> None:
    """Tell somebody who is not in the call, and can be written to, that the floor is theirs."""
    if await records.people.find(person) is not None:
        await records.outbox.put(notice_to(private_chat(person), room, NoticeKind.FLOOR), now)


async def make_listener(records: Records, room: Room, person: PersonId, now: datetime) -> bool:
    """Put on record that somebody does not speak any more; whether they did. Hosts and co-hosts stay."""
    theirs = [
        one
        for one in await records.appointments.of(room.id)
        if one.role is Role.SPEAKER and one.invited.person == person and one.answer is Answer.ACCEPTED
    ]
    if not theirs:
        return False
    guests = await seating.seating(records, room)
    for appointment in theirs:
        await records.appointments.remove(appointment.id)
    await seating.recast(records, guests, room, now)
    await announcing.refresh(records, room, now)
    return True


async def refuse_without_seat(records: Records, room: Room, person: PersonId) -> None:
    """Refuse who has no seat, where as many people have one, or speak, as there are; raises `SeatsTaken`."""
    seats = room.plan.seats
    if seats is None:
        return
    guests = await seating.seating(records, room)
    if person in guests.cast or person in guests.seated:
        return
    sitting = [one for one in guests.seated if one not in guests.cast]
    appointments = await records.appointments.of(room.id)
    speaking = [one for one in appointments if one.role is Role.SPEAKER and one.answer is Answer.ACCEPTED]
    if len(sitting) + len(speaking) >= seats:
        raise SeatsTaken(seats)


async def _accept(records: Records, room: Room, whom: Invited) -> Appointment:
    """Their appointment, accepted; the one that they were offered, if they were."""
    appointments = await records.appointments.of(room.id)
    for one in appointments:
        if one.role is Role.SPEAKER and one.invited.is_same(whom):
            accepted = replace(one, invited=whom, answer=Answer.ACCEPTED)
            await records.appointments.save(accepted)
            return accepted
    if len(appointments) >= MOST:
        raise TooManyAppointments(MOST)
    return await records.appointments.add(room.id, Role.SPEAKER, whom, Answer.ACCEPTED)
