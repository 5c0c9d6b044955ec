"""Announcing: which chats are told what of a talk, by notices that go into the outbox of the transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from rooms.appointments import Answer, Appointment
from rooms.bridges import carrying
from rooms.group import Group
from rooms.ids import ChatId, PersonId, private_chat
from rooms.notices import NoticeKind, notice_of, notice_to
from rooms.plan import HORIZON, LONGEST
from rooms.records import Records
from rooms.room import AHEAD, ON_AIR, Room
from rooms.timetable import announced_at


async def announce(records: Records, room: Room, now: datetime) -> None:
    """Send the talk's card to its group, to the chats in which its talks are copied, and where it is carried.

    Where it stands already it is not sent again. A group that the bot had to leave hears nothing; nor do its
    copies.
    """
    group = await records.groups.find(room.plan.chat)
    if group is not None and not group.is_present:
        return
    for chat in await _chats(records, room, group):
        if await records.cards.find(room.id, chat) is None:
            await _put(records, room, chat, NoticeKind.CARD, now)


async def announce_programme(records: Records, chat: ChatId, now: datetime) -> None:
    """Send the cards that a group lacks, and bring the others up to date.

    That is for a group to which the bot comes back, or which is another chat now. Occurrences of a series
    that are far off still wait for their time.
    """
    programme = await records.rooms.between(chat, AHEAD | ON_AIR, now - LONGEST, now + HORIZON + LONGEST)
    for room in programme:
        known_at = await announced_at(records, room)
        if known_at is None or known_at <= now:
            await announce(records, room, now)
            await refresh(records, room, now)


async def refresh(records: Records, room: Room, now: datetime) -> None:
    """Bring the talk's cards up to date, wherever they stand or are on their way."""
    group = await records.groups.find(room.plan.chat)
    cards = [card.chat for card in await records.cards.of(room.id)]
    for chat in dict.fromkeys((*await _chats(records, room, group), *cards)):
        if chat != room.plan.chat or group is None or group.is_present:
            await _put(records, room, chat, NoticeKind.REFRESH, now)


async def put_on_top(records: Records, chat: ChatId, now: datetime) -> None:
    """Pin the cards that matter and could not be pinned so far, as the bot may do so now."""
    for card in await records.cards.below(chat):
        room = await records.rooms.find(card.room)
        if room is not None and room.state in AHEAD | ON_AIR:
            await records.cards.save(replace(card, is_on_top=False))
            await _put(records, room, chat, NoticeKind.REFRESH, now)


async def tell(records: Records, room: Room, kind: NoticeKind, now: datetime, detail: str = "") -> None:
    """Tell the talk's group alone, if the bot is in it."""
    if await _is_reachable(records, room):
        await records.outbox.put(notice_of(room, kind, detail), now)


async def tell_host(records: Records, room: Room, kind: NoticeKind, now: datetime, detail: str = "") -> None:
    """Tell who minds the talk in private; where they cannot be written to, the group hears it."""
    chats = await _private_chats(records, [room.plan.host])
    if not chats:
        await tell(records, room, kind, now, detail)
    for chat in chats:
        await records.outbox.put(notice_to(chat, room, kind, detail), now)


async def tell_guests(
    records: Records, room: Room, kind: NoticeKind, now: datetime, detail: str = ""
) -> None:
    """Tell in private those whom the talk concerns, as far as they can be written to.

    That is who comes, who asked to be reminded, and who accepted to speak or to mind it.
    """
    guests = [guest.person for guest in await records.guests.of(room.id)]
    for chat in await _private_chats(records, guests + await _appointed(records, room)):
        await records.outbox.put(notice_to(chat, room, kind, detail), now)


async def remind_guests(
    records: Records, room: Room, kind: NoticeKind, now: datetime, detail: str = ""
) -> None:
    """Tell in private those who asked to be reminded; nobody, if the bot had to leave the group."""
    if await _is_reachable(records, room):
        guests = await records.guests.of(room.id)
        for chat in await _private_chats(records, [one.person for one in guests if one.wants_reminder]):
            await records.outbox.put(notice_to(chat, room, kind, detail), now)


async def ask(records: Records, room: Room, appointment: Appointment, now: datetime) -> None:
    """Ask in private who has not answered yet whether they take the role, if they can be written to."""
    person = appointment.invited.person
    if person is None and appointment.invited.username is not None:
        named = await records.people.by_username(appointment.invited.username)
        person = named.id if named is not None else None
    if person is None or appointment.answer is not Answer.WAITING:
        return
    for chat in await _private_chats(records, [person]):
        invitation = notice_to(chat, room, NoticeKind.INVITATION, str(appointment.id))
        await records.outbox.put(invitation, now)


async def close_thread(records: Records, room: Room, now: datetime) -> None:
    """The talk is over: the forum topic that was made for it alone is closed, after the last word there."""
    if room.own_thread is not None:
        await tell(records, room, NoticeKind.THREAD_CLOSED, now)


async def _is_reachable(records: Records, room: Room) -> bool:
    """Whether the bot is in the talk's group, as far as is known."""
    group = await records.groups.find(room.plan.chat)
    return group is None or group.is_present


async def _chats(records: Records, room: Room, group: Group | None) -> tuple[ChatId, ...]:
    """The talk's own chat, those in which the group's talks are copied, and those that carry it."""
    carried = carrying(await records.bridges.of(room.id))
    return tuple(dict.fromkeys((room.plan.chat, *(group.copies if group is not None else ()), *carried)))


async def _put(records: Records, room: Room, chat: ChatId, kind: NoticeKind, now: datetime) -> None:
    own = chat == room.plan.chat
    await records.outbox.put(notice_of(room, kind) if own else notice_to(chat, room, kind), now)


async def _appointed(records: Records, room: Room) -> list[PersonId]:
    return [
        appointment.invited.person
        for appointment in await records.appointments.of(room.id)
        if appointment.answer is Answer.ACCEPTED and appointment.invited.person is not None
    ]


async def _private_chats(records: Records, people: Iterable[PersonId]) -> list[ChatId]:
    """The chats of those who can be written to, each once."""
    known = [await records.people.find(person) for person in dict.fromkeys(people)]
    return [private_chat(person.id) for person in known if person is not None]
