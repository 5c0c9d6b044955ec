"""Appointing: people are asked to mind a talk, to speak or to listen, and answer; talks change hands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rooms import announcing, seating
from rooms.appointments import MOST, Answer, Appointment, Invited
from rooms.arrangement import speakers_of
from rooms.authority import require
from rooms.errors.people import (
    AlreadyAppointed,
    BotInvited,
    HostInvited,
    NoInvitationNeeded,
    NotAppointed,
    NotInvited,
    PersonUnknown,
    TooManyAppointments,
)
from rooms.errors.rights import Banned, SubjectBanned
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.ids import NOBODY, AppointmentId, PersonId, RoomId, private_chat
from rooms.moderation import DeedKind, deed_of
from rooms.notices import NoticeKind, notice_to
from rooms.plan import Admission
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.roles import Action, Asker, Role
from rooms.room import Room, RoomState

OFFERED = frozenset({Role.COHOST, Role.SPEAKER, Role.LISTENER})
"""The roles that somebody can be asked to take."""


class Appointing:
    """Who has which part in a talk; nobody has the same one twice."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def invite(self, room_id: RoomId, asker: Asker, role: Role, invited: Invited) -> Appointment:
        """Ask somebody to take a role; who declined it can be asked again.

        They are asked in private if the bot may write to them, and find the buttons at the card otherwise.

        Raises:
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember, NoInvitationNeeded, SubjectBanned,
            AlreadyAppointed, TooManyAppointments, HostInvited, BotInvited.
            ValueError: the role is none that is offered.
        """
        if role not in OFFERED:
            raise ValueError(role)
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _going_on(records, room_id)
            await require(records, Action.INVITE, room, asker, now)
            if role is Role.LISTENER and room.plan.admission is not Admission.INVITED:
                raise NoInvitationNeeded
            if invited.is_bot:
                raise BotInvited(invited.name)
            person = await _number(records, invited)
            if person == room.plan.host or invited.is_host(room.plan.host, asker):
                raise HostInvited(invited.name)
            await _refuse_banned(records, room, person, invited.name, now)
            appointment = await _appoint(records, room, role, invited, person)
            if person is not None and await records.people.find(person) is not None:
                chat, detail = private_chat(person), str(appointment.id)
                await records.outbox.put(notice_to(chat, room, NoticeKind.INVITATION, detail), now)
            await announcing.refresh(records, room, now)
        return appointment

    async def answer(self, appointment_id: AppointmentId, asker: Asker, accepts: bool) -> Appointment:
        """Who was asked accepts or declines, and may think again; the host is told in private.

        Raises:
            NotInvited: somebody else is meant, or the invitation was withdrawn.
            WrongState: the talk is over.
            Banned: who is banned can only decline.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            appointment = await _appointment(records, appointment_id)
            if not appointment.invited.is_me(asker):
                raise NotInvited
            room = await _going_on(records, appointment.room)
            answer = Answer.ACCEPTED if accepts else Answer.DECLINED
            if appointment.answer is answer:
                return appointment
            if accepts:
                await _refuse_banned_asker(records, room, asker, now)
                appointment = await _named(records, appointment, asker)
            appointment = replace(appointment, answer=answer)
            guests = await seating.seating(records, room)
            await records.appointments.save(appointment)
            await seating.recast(records, guests, room, now)
            await _tell_host(records, room, appointment, now)
            await announcing.refresh(records, room, now)
        return appointment

    async def answer_in(self, room_id: RoomId, asker: Asker, accepts: bool) -> Appointment:
        """Who was asked to take a part in a talk accepts or declines it: of several, the one that waits.

        Raises:
            What `answer` raises.
        """
        async with self._store.reading() as records:
            theirs = [one for one in await records.appointments.of(room_id) if one.invited.is_me(asker)]
        if not theirs:
            raise NotInvited
        waiting = [one for one in theirs if one.answer is Answer.WAITING]
        return await self.answer((waiting or theirs)[0].id, asker, accepts)

    async def withdraw(
        self, room_id: RoomId, asker: Asker, role: Role | None, invited: Invited
    ) -> frozenset[PersonId]:
        """Take a role, or the offer of it, back from somebody; None stands for whatever they were asked for.

        Returns:
            Who might speak in the talk by that, and may no more: that one person, or nobody.

        Raises:
            NotAppointed: they have no such role, and were not asked to take it.
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _going_on(records, room_id)
            await require(records, Action.INVITE, room, asker, now)
            guests, speakers = await seating.seating(records, room), await speakers_of(records, room)
            for appointment in await _theirs(records, room, role, invited):
                await records.appointments.remove(appointment.id)
            await seating.recast(records, guests, room, now)
            await announcing.refresh(records, room, now)
            return speakers - await speakers_of(records, room)

    async def hand_over(self, room_id: RoomId, asker: Asker, to: Invited) -> Room:
        """Give a talk to another host, of whom the caller knows that they are in the group.

        The old host stays as a co-host. Other occurrences of a series keep their host.

        Raises:
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember, SubjectBanned.
            PersonUnknown: nothing but a user name is known of the new host.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _going_on(records, room_id)
            await require(records, Action.HAND_OVER, room, asker, now)
            if to.person is None:
                raise PersonUnknown(to.name)
            if to.person == room.plan.host:
                return room
            await _refuse_banned(records, room, to.person, to.name, now)
            room = await change_hands(records, room, to, asker, now)
            await announcing.refresh(records, room, now)
        return room


async def change_hands(records: Records, room: Room, to: Invited, by: Asker, now: datetime) -> Room:
    """Give a talk to a new host, who needs no other role in it; the old one, unless banned, minds it too.

    Raises:
        PersonUnknown.
    """
    if to.person is None:
        raise PersonUnknown(to.name)
    guests = await seating.seating(records, room)
    old, room = room, room.hosted_by(to.person, to.name, now)
    await records.rooms.save(room)
    for appointment in await records.appointments.of(room.id):
        is_old_hosts = appointment.invited.person == old.plan.host and appointment.role is Role.COHOST
        if appointment.invited.person == to.person or is_old_hosts:
            await records.appointments.remove(appointment.id)
    await _keep_as_cohost(records, old, now)
    await seating.recast(records, guests, room, now)
    before = await records.rooms.before(room.id)
    if before is not None:  # whoever takes a change back does not take the talk back
        plan = replace(before.plan, host=to.person, host_name=to.name)
        await records.rooms.keep_before(replace(before, plan=plan))
    deed = deed_of(room, DeedKind.HANDED_OVER, by, now, to.name)
    await records.log.add(replace(deed, person=to.person))
    return room


async def _keep_as_cohost(records: Records, room: Room, now: datetime) -> None:
    host = room.plan.host
    if host != NOBODY and await records.bans.find(room.plan.chat, host, now) is None:
        invited = Invited(room.plan.host_name, host)
        await records.appointments.add(room.id, Role.COHOST, invited, Answer.ACCEPTED)


async def _going_on(records: Records, room_id: RoomId) -> Room:
    room = await records.rooms.get(room_id)
    if room.state is RoomState.DRAFT:
        raise NoSuchRoom
    if room.is_over:
        raise WrongState(room.state, "be given to people")
    return room


async def _appointment(records: Records, appointment_id: AppointmentId) -> Appointment:
    appointment = await records.appointments.find(appointment_id)
    if appointment is None:
        raise NotInvited
    return appointment


async def _number(records: Records, invited: Invited) -> PersonId | None:
    """Whom a user name means as far as the bot knows; to write to them, never to give them rights."""
    if invited.person is not None or invited.username is None:
        return invited.person
    person = await records.people.by_username(invited.username)
    return person.id if person is not None else None


async def _refuse_banned(
    records: Records, room: Room, person: PersonId | None, name: str, now: datetime
) -> None:
    if person is not None and await records.bans.find(room.plan.chat, person, now) is not None:
        raise SubjectBanned(name)


async def _refuse_banned_asker(records: Records, room: Room, asker: Asker, now: datetime) -> None:
    ban = await records.bans.find(room.plan.chat, asker.person, now)
    if ban is not None and not asker.is_admin:
        raise Banned(ban.until, ban.reason)


async def _appoint(
    records: Records, room: Room, role: Role, invited: Invited, person: PersonId | None
) -> Appointment:
    appointments = await records.appointments.of(room.id)
    for other in appointments:
        if other.role is role and await _means(records, other.invited, invited, person):
            return await _appoint_again(records, other, invited)
    if len(appointments) >= MOST:
        raise TooManyAppointments(MOST)
    return await records.appointments.add(room.id, role, invited, Answer.WAITING)


async def _theirs(records: Records, room: Room, role: Role | None, invited: Invited) -> Sequence[Appointment]:
    """The roles that somebody has or was offered in a talk, of the kind that is meant; not none."""
    person = await _number(records, invited)
    theirs = [
        one
        for one in await records.appointments.of(room.id)
        if role in (None, one.role) and await _means(records, one.invited, invited, person)
    ]
    if not theirs:
        raise NotAppointed(invited.name)
    return theirs


async def _appoint_again(records: Records, appointment: Appointment, invited: Invited) -> Appointment:
    if appointment.answer is not Answer.DECLINED:
        raise AlreadyAppointed(invited.name)
    appointment = replace(appointment, invited=invited, answer=Answer.WAITING)
    await records.appointments.save(appointment)
    return appointment


async def _means(records: Records, one: Invited, other: Invited, person: PersonId | None) -> bool:
    """Whether two are the same person, the second of whom has this number as far as the bot knows."""
    number = await _number(records, one)
    if number is not None and person is not None:
        return number == person
    return one.username is not None and one.username == other.username


async def _named(records: Records, appointment: Appointment, asker: Asker) -> Appointment:
    """The appointment with the number and the name of who accepts, and no double of it beside it."""
    for other in await records.appointments.of(appointment.room):
        is_double = other.role is appointment.role and other.invited.person == asker.person
        if is_double and other.id != appointment.id:
            await records.appointments.remove(other.id)
    username = asker.username.lower() if asker.username else None
    return replace(appointment, invited=Invited(asker.name, asker.person, username))


async def _tell_host(records: Records, room: Room, appointment: Appointment, now: datetime) -> None:
    host = room.plan.host
    if await records.people.find(host) is not None:
        answered = notice_to(private_chat(host), room, NoticeKind.ANSWERED, str(appointment.id))
        await records.outbox.put(answered, now)
