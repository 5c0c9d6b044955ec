"""Seating: who moves up from a talk's waiting list, or back to it, is told, whatever made them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from rooms.appointments import cast
from rooms.guests import Guest, GuestList, guest_list
from rooms.ids import PersonId, private_chat
from rooms.notices import NoticeKind, notice_to
from rooms.records import Records
from rooms.room import Room

_TICK = timedelta(microseconds=1)


async def seating(records: Records, room: Room) -> GuestList:
    """Who comes to a talk, seats first."""
    people = cast(room.plan.host, await records.appointments.of(room.id))
    return guest_list(await records.guests.of(room.id), room.plan.seats, people)


async def seat(records: Records, room: Room, person: PersonId, now: datetime) -> GuestList:
    """Put somebody who comes at the end of the list, even if another one came at the same instant."""
    guests = await records.guests.of(room.id)
    last = max((guest.coming_since for guest in guests if guest.coming_since is not None), default=None)
    since = now if last is None else max(now, last + _TICK)
    known = next((guest for guest in guests if guest.person == person), Guest(room.id, person))
    await records.guests.save(replace(known, coming_since=since))
    return await seating(records, room)


async def unseat(records: Records, room: Room, person: PersonId, now: datetime) -> None:
    """Take somebody off the list of those who come, and tell who moves up."""
    guest = await records.guests.find(room.id, person)
    if guest is None or guest.coming_since is None:
        return
    before = await seating(records, room)
    await records.guests.save(replace(guest, coming_since=None))
    await tell_seated(records, room, before, await seating(records, room), now)


async def reseat(records: Records, before: Room, after: Room, now: datetime) -> None:
    """Tell who has a seat because there are more of them now, or as many as come, and who lost theirs."""
    if before.plan.seats != after.plan.seats:
        were, are = await seating(records, before), await seating(records, after)
        await tell_seated(records, after, were, are, now)
        had_one = set(were.seated)
        await _tell(records, after, NoticeKind.UNSEATED, (one for one in are.waiting if one in had_one), now)


async def recast(records: Records, before: GuestList, room: Room, now: datetime) -> None:
    """Parts were given or taken: who gave up a seat for one makes room, who lost one queues for a seat."""
    after = await seating(records, room)
    for person in before.coming:
        if person in before.cast - after.cast:
            after = await seat(records, room, person, now)
    await tell_seated(records, room, before, after, now)


async def tell_seated(
    records: Records, room: Room, before: GuestList, after: GuestList, now: datetime
) -> None:
    """Tell who waited in the one list and has a seat in the other, as far as the bot may write to them.

    While a change of the seats is held back, people know of those alone that there were before it: who lost
    a seat by it has not heard so, and who has one only by it hears of it once it stands.
    """
    held, seated = await records.rooms.before(room.id), after.seated
    if held is not None:
        before, after = (replace(guests, seats=held.plan.seats) for guests in (before, after))
    up = set(before.waiting) & set(after.seated)
    await _tell(records, room, NoticeKind.SEATED, (person for person in seated if person in up), now)


async def _tell(
    records: Records, room: Room, kind: NoticeKind, people: Iterable[PersonId], now: datetime
) -> None:
    for person in people:
        if await records.people.find(person) is not None:
            await records.outbox.put(notice_to(private_chat(person), room, kind), now)
