"""Moderating: admins ban people from a group's talks and pardon them, and read who did what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rooms import announcing, seating
from rooms.appointing import change_hands
from rooms.appointments import Invited
from rooms.authority import require_in_group
from rooms.errors.people import ReasonTooLong
from rooms.errors.rights import BanEndsInPast, NobodyToBan
from rooms.guests import Guest
from rooms.ids import ChatId, PersonId
from rooms.moderation import REASON_LENGTH, Ban, Deed, DeedKind
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.repeating import forget_draft
from rooms.roles import Action, Asker
from rooms.room import AHEAD, ON_AIR, Room, RoomState

_ALL = 100_000


class Moderating:
    """What only admins may: to keep somebody out of a group's talks, and to see what was done."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def ban(self, asker: Asker, ban: Ban, *, is_admin: bool) -> Ban:
        """Keep somebody out of the group's talks, in the place of an earlier ban.

        They lose their seats, reminders and roles in the talks that are not over; those that they host, and
        their series, go to the admin who bans them, and their drafts are forgotten.

        Args:
            asker: who bans.
            ban: whom, from which group's talks, until when.
            is_admin: whether the one who is banned is an admin of the group, as Telegram says at this moment.

        Raises:
            NotAllowed, Banned, NotAMember, ReasonTooLong, BanEndsInPast.
            NobodyToBan: an admin, or the asker.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            await require_in_group(records, Action.BAN, ban.chat, asker, now)
            if is_admin or ban.person == asker.person:
                raise NobodyToBan
            _check(ban, now)
            await records.bans.save(ban)
            await _log(records, DeedKind.BANNED, ban, asker, now)
            await _bar_from_series(records, ban, asker)
            rooms = await records.rooms.in_states({RoomState.DRAFT} | AHEAD | ON_AIR, ban.chat, _ALL)
            for room in rooms:
                await _bar_from_room(records, room, ban, asker, now)
        return ban

    async def pardon(self, chat: ChatId, asker: Asker, person: PersonId) -> Ban | None:
        """Lift a ban; what the person had lost does not come back.

        Returns:
            The ban that held, or None when there was none.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            await require_in_group(records, Action.BAN, chat, asker, now)
            ban = await records.bans.find(chat, person, now)
            if ban is not None:
                await records.bans.lift(chat, person)
                await _log(records, DeedKind.PARDONED, ban, asker, now)
        return ban

    async def bans(self, chat: ChatId, asker: Asker) -> Sequence[Ban]:
        """The bans that hold now.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        now = self._clock.now()
        async with self._store.reading() as records:
            await require_in_group(records, Action.BAN, chat, asker, now)
            return await records.bans.of(chat, now)

    async def log(self, chat: ChatId, asker: Asker) -> Sequence[Deed]:
        """The latest lines of the group's log, the newest first.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        async with self._store.reading() as records:
            await require_in_group(records, Action.READ_LOG, chat, asker, self._clock.now())
            return await records.log.of(chat)


def _check(ban: Ban, now: datetime) -> None:
    if len(ban.reason) > REASON_LENGTH:
        raise ReasonTooLong(len(ban.reason), REASON_LENGTH)
    if ban.until is not None and ban.until <= now:
        raise BanEndsInPast(ban.until)


async def _log(records: Records, kind: DeedKind, ban: Ban, asker: Asker, now: datetime) -> None:
    deed = Deed(ban.chat, now, kind, asker.person, asker.name, ban.name, ban.person)
    await records.log.add(replace(deed, detail=ban.reason) if kind is DeedKind.BANNED else deed)


async def _bar_from_series(records: Records, ban: Ban, asker: Asker) -> None:
    for series in await records.series.going_on(ban.chat):
        if series.plan.host == ban.person:
            plan = replace(series.plan, host=asker.person, host_name=asker.name)
            await records.series.save(replace(series, plan=plan))


async def _bar_from_room(records: Records, room: Room, ban: Ban, asker: Asker, now: datetime) -> None:
    if room.state is RoomState.DRAFT:
        if room.plan.host == ban.person:
            await forget_draft(records, room)
        return
    had_part = await _lose_parts(records, room, ban.person, now)
    if room.plan.host == ban.person:
        room = await change_hands(records, room, Invited(asker.name, asker.person), asker, now)
    elif not had_part:
        return
    await announcing.refresh(records, room, now)


async def _lose_parts(records: Records, room: Room, person: PersonId, now: datetime) -> bool:
    """Whether there were any."""
    guest = await records.guests.find(room.id, person)
    if guest is not None:
        await seating.unseat(records, room, person, now)
        await records.guests.save(Guest(room.id, person))
    known = await records.people.find(person)
    meant = Asker(person, "", is_admin=False, username=known.username if known is not None else None)
    lost = [other for other in await records.appointments.of(room.id) if other.invited.is_me(meant)]
    for appointment in lost:
        await records.appointments.remove(appointment.id)
    return guest is not None or bool(lost)
