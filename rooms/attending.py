"""Attending: people say that they come to a talk, ask to be reminded, ask its host, or report it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from rooms import announcing, seating
from rooms.appointments import Answer
from rooms.authority import refuse_uninvited, require
from rooms.errors.people import (
    HostUnreachable,
    QuestionMissing,
    QuestionTooLong,
    ReasonTooLong,
    TooManyQuestions,
    Unreachable,
)
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.guests import Guest, GuestList
from rooms.ids import PersonId, RoomId, private_chat
from rooms.moderation import REASON_LENGTH, DeedKind, deed_of
from rooms.notices import NoticeKind, notice_to
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.roles import Action, Asker, Role
from rooms.room import Room, RoomState

QUESTION_LENGTH = 500
"""Characters of a question at most."""

QUESTIONS = 3
"""Questions that one person may ask a talk's host within `QUESTIONS_WITHIN`."""

QUESTIONS_WITHIN = timedelta(hours=1)

REFRESHED_ONCE_IN = timedelta(seconds=3)
"""A card that many press at once is edited no more often: Telegram takes 20 changes a minute in a group."""

HEARD_ONCE_IN = timedelta(days=1)
"""Who reports a talk again so soon is not heard again."""

_LINES_READ = 500


class Seat(StrEnum):
    """What somebody has after they said that they come, or that they do not after all."""

    SEATED = "seated"
    WAITING = "waiting"
    """All seats are taken: somebody must go first."""
    WAITING_UNTOLD = "waiting untold"
    """The same, and whoever waits cannot be told that it came to it: they never wrote to the bot."""
    GONE = "gone"


class Attending:
    """What every member may ask of a talk that is ahead or on air; who asked the host is kept nowhere."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._asked = _Asked()
        self._refreshes = _Refreshes()

    async def come(self, room_id: RoomId, asker: Asker) -> Seat:
        """Somebody comes, or does not come any more; who moves up from the waiting list is told.

        Raises:
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember.
            InvitedOnly: of an invite-only talk, to who was not invited.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _attended(records, room_id, asker, now)
            guest = await _guest(records, room, asker)
            if guest.coming_since is not None:
                await seating.unseat(records, room, asker.person, now)
                answer = Seat.GONE
            else:
                await refuse_uninvited(records, room, asker)
                coming = await seating.seat(records, room, asker.person, now)
                answer = await _seat(records, asker.person, coming)
            await announcing.refresh(records, room, self._refreshes.next(room_id, now))
        return answer

    async def remind(self, room_id: RoomId, asker: Asker, *, wants: bool | None = None) -> bool:
        """Somebody wants to be reminded in private, or does not; without a wish, the other of what it was.

        Returns:
            Whether they do now.

        Raises:
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember, InvitedOnly.
            Unreachable: they must open the bot's private chat first.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _attended(records, room_id, asker, now)
            guest = await _guest(records, room, asker)
            wanted = not guest.wants_reminder if wants is None else wants
            if wanted and not guest.wants_reminder:
                await refuse_uninvited(records, room, asker)
                if await records.people.find(asker.person) is None:
                    raise Unreachable
            guest = replace(guest, wants_reminder=wanted)
            await records.guests.save(guest)
        return guest.wants_reminder

    async def admit_question(self, room_id: RoomId, asker: Asker) -> Room:
        """The talk whose host somebody may ask, before they write anything.

        Raises:
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember, TooManyQuestions, HostUnreachable.
        """
        now = self._clock.now()
        async with self._store.reading() as records:
            room = await _attended(records, room_id, asker, now)
            self._asked.check(room_id, asker.person, now)
            await _who_answers(records, room)
        return room

    async def admit_report(self, room_id: RoomId, asker: Asker) -> Room:
        """The talk that somebody may report, before they write anything.

        Raises:
            NoSuchRoom, NotAllowed, Banned, NotAMember.
        """
        async with self._store.reading() as records:
            room = await _announced(records, room_id)
            await require(records, Action.REPORT, room, asker, self._clock.now())
        return room

    async def ask(self, room_id: RoomId, asker: Asker, question: str) -> None:
        """Put a question, without a name, to the host, or to the first co-host whom the bot may write to.

        Raises:
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember, QuestionMissing, QuestionTooLong,
            TooManyQuestions, HostUnreachable.
        """
        question = _checked(question)
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _attended(records, room_id, asker, now)
            self._asked.check(room_id, asker.person, now)
            chat = private_chat(await _who_answers(records, room))
            await records.outbox.put(notice_to(chat, room, NoticeKind.QUESTION, question), now)
        self._asked.count(room_id, asker.person, now)

    async def report(self, room_id: RoomId, asker: Asker, reason: str, admins: Sequence[PersonId]) -> bool:
        """Tell the group's admins, as far as they can be written to, and log it.

        Returns:
            Whether it was told; not so when the same person reported the talk within `HEARD_ONCE_IN`.

        Raises:
            NoSuchRoom, NotAllowed, Banned, NotAMember, ReasonTooLong.
        """
        reason = " ".join(reason.split())
        if len(reason) > REASON_LENGTH:
            raise ReasonTooLong(len(reason), REASON_LENGTH)
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _announced(records, room_id)
            await require(records, Action.REPORT, room, asker, now)
            if await _has_reported(records, room, asker, now):
                return False
            told = f"{asker.name}: {reason}" if reason else asker.name
            for admin in admins:
                if await records.people.find(admin) is not None:
                    report = notice_to(private_chat(admin), room, NoticeKind.REPORT, told)
                    await records.outbox.put(replace(report, person=asker.person), now)
            await records.log.add(deed_of(room, DeedKind.REPORTED, asker, now, reason))
        return True


class _Refreshes:
    """When a card may show who comes: at once, and then again after a pause, however many come within it."""

    def __init__(self) -> None:
        self._latest: dict[RoomId, datetime] = {}

    def next(self, room: RoomId, now: datetime) -> datetime:
        """The instant of the next refresh: one that is ahead serves for all who come before it."""
        latest = self._latest.get(room)
        self._latest = {key: at for key, at in self._latest.items() if at + REFRESHED_ONCE_IN > now}
        if latest is None or latest + REFRESHED_ONCE_IN <= now:
            at = now
        else:
            at = latest if latest > now else latest + REFRESHED_ONCE_IN
        self._latest[room] = at
        return at


class _Asked:
    """How often somebody asked lately; in memory only, so that no question ever leads back to a person."""

    def __init__(self) -> None:
        self._instants: dict[tuple[RoomId, PersonId], list[datetime]] = {}

    def check(self, room: RoomId, person: PersonId, now: datetime) -> None:
        """Refuse one question too many; raises `TooManyQuestions`."""
        self._forget(now)
        instants = self._instants.get((room, person), [])
        if len(instants) >= QUESTIONS:
            raise TooManyQuestions(QUESTIONS, instants[0] + QUESTIONS_WITHIN)

    def count(self, room: RoomId, person: PersonId, now: datetime) -> None:
        """One more was asked."""
        self._instants.setdefault((room, person), []).append(now)

    def _forget(self, now: datetime) -> None:
        recent = {
            key: [instant for instant in instants if now - instant < QUESTIONS_WITHIN]
            for key, instants in self._instants.items()
        }
        self._instants = {key: instants for key, instants in recent.items() if instants}


async def _announced(records: Records, room_id: RoomId) -> Room:
    room = await records.rooms.get(room_id)
    if room.state is RoomState.DRAFT:
        raise NoSuchRoom
    return room


async def _attended(records: Records, room_id: RoomId, asker: Asker, now: datetime) -> Room:
    room = await _announced(records, room_id)
    await require(records, Action.ATTEND, room, asker, now)
    if room.is_over:
        raise WrongState(room.state, "be attended")
    return room


async def _guest(records: Records, room: Room, asker: Asker) -> Guest:
    return await records.guests.find(room.id, asker.person) or Guest(room.id, asker.person)


async def _seat(records: Records, person: PersonId, coming: GuestList) -> Seat:
    if person in coming.seated:
        return Seat.SEATED
    return Seat.WAITING_UNTOLD if await records.people.find(person) is None else Seat.WAITING


def _checked(question: str) -> str:
    question = question.strip()
    if not question:
        raise QuestionMissing
    if len(question) > QUESTION_LENGTH:
        raise QuestionTooLong(len(question), QUESTION_LENGTH)
    return question


async def _who_answers(records: Records, room: Room) -> PersonId:
    cohosts = [
        appointment.invited.person
        for appointment in await records.appointments.of(room.id)
        if appointment.role is Role.COHOST and appointment.answer is Answer.ACCEPTED
    ]
    for person in (room.plan.host, *cohosts):
        if person is not None and await records.people.find(person) is not None:
            return person
    raise HostUnreachable


async def _has_reported(records: Records, room: Room, asker: Asker, now: datetime) -> bool:
    """The log names talks by their titles, which is near enough for a day."""
    for deed in await records.log.of(room.plan.chat, _LINES_READ):
        if now - deed.at >= HEARD_ONCE_IN:
            return False
        if (deed.kind, deed.actor, deed.subject) == (DeedKind.REPORTED, asker.person, room.plan.title):
            return True
    return False
