"""Planning: a talk is proposed, confirmed and put on the programme, or brought forward."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rooms.announcing import announce, announce_programme, ask, refresh
from rooms.appointments import MOST, Answer, Invited
from rooms.authority import require, require_in_group
from rooms.errors.people import TooManyAppointments
from rooms.errors.rights import NotYourDraft
from rooms.errors.talks import Clash, NothingToOpen, WrongState
from rooms.group import Group
from rooms.holding import overtake
from rooms.ids import ChatId, RoomId, SeriesId
from rooms.jobs import JobKind
from rooms.moderation import DeedKind, deed_of
from rooms.plan import Plan
from rooms.ports import Clock
from rooms.programme import fit, refuse_clash
from rooms.records import Records, Store
from rooms.recurrence import Recurrence
from rooms.repeating import forget_draft, make_ahead, new_listen_key
from rooms.roles import Action, Asker, Role
from rooms.room import AHEAD, ON_AIR, TO_COME, Occurrence, Room
from rooms.series import Series
from rooms.timetable import Timing, set_jobs

DRAFT_LIFE = timedelta(days=1)


class Planning:
    """The programme of all groups; every change is one transaction with its jobs and notices."""

    def __init__(self, store: Store, clock: Clock, timing: Timing) -> None:
        self._store = store
        self._clock = clock
        self._timing = timing

    async def admit(self, chat: ChatId, asker: Asker) -> None:
        """Refuse who may not schedule in a group, before anything is asked of them.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        async with self._store.reading() as records:
            await require_in_group(records, Action.SCHEDULE, chat, asker, self._clock.now())

    async def propose(
        self,
        plan: Plan,
        asker: Asker,
        *,
        recurrence: Recurrence | None = None,
        appointed: Sequence[tuple[Role, Invited]] = (),
    ) -> Room:
        """Keep a draft until its host or an admin confirms or discards it.

        With a recurrence it is the first occurrence of a series, at the first of its instants. Those who are
        appointed are asked once it is confirmed.

        Raises:
            NotAllowed, Banned, NotAMember, TopicNotAllowed, Clash, TooManyAppointments, and what `Plan.check`
            raises.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            await require_in_group(records, Action.SCHEDULE, plan.chat, asker, now)
            plan = await fit(records, plan, now)
            occurrence = None
            if recurrence is not None:
                series = await records.series.add(plan, recurrence)
                occurrence = Occurrence(series.id, plan.starts_at)
            room = await records.rooms.add(plan, new_listen_key(), now, occurrence)
            await _appoint(records, room, appointed, asker)
            await records.jobs.add(room.id, JobKind.FORGET_DRAFT, now + DRAFT_LIFE)
        return room

    async def confirm(self, room_id: RoomId, asker: Asker) -> Room:
        """Put a draft on the programme, with its jobs and its announcement; twice, it is announced once.

        Who was appointed is asked. Of a series the next occurrences are made, each of which is announced in
        its own time; one whose hour another talk has is left out.

        Raises:
            NotAllowed, NotYourDraft, Banned, NotAMember, NoSuchRoom, WrongState, TopicNotAllowed, Clash, and
            what `Plan.check` raises.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            await _require_of_draft(records, room, asker, now)
            if room.state in AHEAD | ON_AIR:
                return room
            scheduled = room.scheduled()
            room = replace(scheduled, plan=await fit(records, room.plan, now, room))
            await records.rooms.save(room)
            await self._set_jobs(records, room, now)
            await announce(records, room, now)
            for appointment in await records.appointments.of(room.id):
                await ask(records, room, appointment, now)
            await records.log.add(deed_of(room, DeedKind.SCHEDULED, asker, now))
            series = await records.series.find(room.occurrence.series) if room.occurrence else None
            if series is not None:
                await make_ahead(records, series, now, self._timing)
        return room

    async def discard(self, room_id: RoomId, asker: Asker) -> None:
        """Forget a draft that is not wanted after all; nothing happens when it is none any more.

        Raises:
            NotAllowed, NotYourDraft, Banned, NotAMember.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.find(room_id)
            if room is not None:
                await _require_of_draft(records, room, asker, now)
                await forget_draft(records, room)

    async def bring_forward(self, chat: ChatId, asker: Asker, room_id: RoomId | None = None) -> Room:
        """Let a talk start now: the chat's next one, or the named one. That cannot be undone.

        Raises:
            NotAllowed, Banned, NotAMember, NothingToOpen, WrongState, Clash.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _to_open(records, chat, room_id)
            await require(records, Action.OPEN, room, asker, now)
            await _refuse_beside(records, room)
            if room.state not in TO_COME:
                raise WrongState(room.state, "be opened")
            room = room.moved_to(now, now)
            await refuse_clash(records, room.plan, but=room.id)
            await records.rooms.save(room)
            await overtake(records, room, now)
            await self._set_jobs(records, room, now)
            await announce(records, room, now)
            await refresh(records, room, now)
            await records.log.add(deed_of(room, DeedKind.OPENED, asker, now))
        return room

    async def programme(self, chat: ChatId, topic: str | None = None, limit: int = 100) -> Sequence[Room]:
        """What is on and what comes next in a chat, of one topic or any, earliest first."""
        async with self._store.reading() as records:
            return await records.rooms.in_states(AHEAD | ON_AIR, chat, limit, topic=topic)

    async def topics(self, chat: ChatId) -> Sequence[str]:
        """What the programme of a chat is about, those topics first that most talks have."""
        async with self._store.reading() as records:
            return await records.rooms.topics(AHEAD | ON_AIR, chat)

    async def series_of(self, rooms: Iterable[Room]) -> Mapping[SeriesId, Series]:
        """The series to which some of the rooms belong."""
        numbers = dict.fromkeys(room.occurrence.series for room in rooms if room.occurrence is not None)
        async with self._store.reading() as records:
            found = [await records.series.find(number) for number in numbers]
        return {series.id: series for series in found if series is not None}

    async def look_up(self, room_id: RoomId) -> Room:
        """A room as it is on record; raises `NoSuchRoom`."""
        async with self._store.reading() as records:
            return await records.rooms.get(room_id)

    async def know(self, group: Group) -> Group:
        """Remember a group, keeping what it chose before; returns it as it is on record.

        Where the bot comes back to a group that it had to leave, the talks are announced that were not.
        """
        async with self._store.writing() as records:
            known = await records.groups.find(group.chat)
            if known is not None:
                group = replace(known, title=group.title, is_present=group.is_present)
            if group != known:
                await records.groups.save(group)
            if known is not None and group.is_present and not known.is_present:
                await announce_programme(records, group.chat, self._clock.now())
        return group

    async def _set_jobs(self, records: Records, room: Room, now: datetime) -> None:
        await set_jobs(records, room, await records.groups.find(room.plan.chat), now, self._timing)


async def _require_of_draft(records: Records, room: Room, asker: Asker, now: datetime) -> None:
    """Any admin may decide on a draft, and who proposed it."""
    await require_in_group(records, Action.SCHEDULE, room.plan.chat, asker, now)
    if not asker.is_admin and asker.person != room.plan.host:
        raise NotYourDraft(Action.SCHEDULE)


async def _appoint(
    records: Records, room: Room, appointed: Sequence[tuple[Role, Invited]], asker: Asker
) -> None:
    """Note whom to ask; the host, who needs no other part, and bots, who can take none, are left out."""
    wanted = dict.fromkeys(appointed)
    if len(wanted) > MOST:
        raise TooManyAppointments(MOST)
    for role, invited in wanted:
        if not (invited.is_bot or invited.is_host(room.plan.host, asker)):
            await records.appointments.add(room.id, role, invited, Answer.WAITING)


async def _to_open(records: Records, chat: ChatId, room_id: RoomId | None) -> Room:
    """The named talk of the chat, or its next one, or the one that is on; raises `NothingToOpen`."""
    if room_id is not None:
        named = await records.rooms.find(room_id)
        rooms: Sequence[Room] = [named] if named is not None else []
    else:
        rooms = await records.rooms.in_states(TO_COME, chat, limit=1)
        rooms = rooms or await records.rooms.in_states(ON_AIR, chat, limit=1)
    if not rooms or rooms[0].plan.chat != chat or rooms[0].state not in AHEAD | ON_AIR:
        raise NothingToOpen
    return rooms[0]


async def _refuse_beside(records: Records, room: Room) -> None:
    """Nothing can be opened while another talk is on air, whenever that was to be."""
    for other in await records.rooms.in_states(ON_AIR, room.plan.chat):
        if other.id != room.id:
            raise Clash(other.plan.title, other.plan.starts_at)
