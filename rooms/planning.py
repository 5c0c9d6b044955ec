"""Planning: a talk is proposed, confirmed and put on the programme, or cancelled."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rooms.errors import (
    Clash,
    DurationOutOfRange,
    NoSuchRoom,
    NothingToOpen,
    StartsInPast,
    StartsTooFarAhead,
    TitleMissing,
    TitleTooLong,
    WrongState,
)
from rooms.group import Group
from rooms.ids import ChatId, RoomId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind, notice_of
from rooms.ports import Clock, Records, Store
from rooms.roles import Action, Asker, require
from rooms.room import AHEAD, ON_AIR, TITLE_LENGTH, Plan, Room, RoomState

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=12)
HORIZON = timedelta(days=366)
DRAFT_LIFE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long before the start the relay opens the call, and before start and end the group is told."""

    open_early: timedelta
    remind_early: timedelta = timedelta(minutes=10)
    warn_early: timedelta = timedelta(minutes=5)


class Planning:
    """The programme of all groups; every change is one transaction with its jobs and notices."""

    def __init__(self, store: Store, clock: Clock, timing: Timing) -> None:
        self._store = store
        self._clock = clock
        self._timing = timing

    async def propose(self, plan: Plan, asker: Asker) -> Room:
        """Keep a draft until an admin, its host or another one, confirms or discards it.

        Raises:
            NotAllowed, TitleMissing, TitleTooLong, DurationOutOfRange, StartsInPast,
            StartsTooFarAhead, Clash.
        """
        require(asker, Action.SCHEDULE)
        now = self._clock.now()
        _check(plan, now)
        async with self._store.writing() as records:
            await _refuse_clash(records, plan)
            room = await records.rooms.add(plan, secrets.token_urlsafe(16))
            await records.jobs.add(room.id, JobKind.FORGET_DRAFT, now + DRAFT_LIFE)
        return room

    async def confirm(self, room_id: RoomId, asker: Asker) -> Room:
        """Put a draft on the programme, with its jobs and its announcement; twice, it is announced once.

        Any admin may, not only its host.

        Raises:
            NotAllowed, NoSuchRoom, WrongState, StartsInPast, Clash.
        """
        require(asker, Action.SCHEDULE)
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if room.state in AHEAD | ON_AIR:
                return room
            _check(room.plan, now)
            await _refuse_clash(records, room.plan)
            room = room.scheduled()
            await records.rooms.save(room)
            await records.jobs.drop(room.id, [JobKind.FORGET_DRAFT])
            await self._set_jobs(records, room, now)
            await records.outbox.put(notice_of(room, NoticeKind.CARD), now)
        return room

    async def discard(self, room_id: RoomId, asker: Asker) -> None:
        """Forget a draft that is not wanted after all; nothing happens when it is none any more.

        Any admin may, not only its host.

        Raises:
            NotAllowed.
        """
        require(asker, Action.SCHEDULE)
        async with self._store.writing() as records:
            room = await records.rooms.find(room_id)
            if room is not None and room.state is RoomState.DRAFT:
                await records.rooms.remove(room_id)

    async def cancel(self, room_id: RoomId, asker: Asker) -> Room:
        """Take a talk off the programme and tell the group.

        Raises:
            NotAllowed, WrongState.
            NoSuchRoom: also of a draft, of which the group knows nothing.
        """
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if room.state is RoomState.DRAFT:
                raise NoSuchRoom
            require(asker, Action.CANCEL, room.plan.host)
            if room.state is RoomState.CANCELLED:
                return room
            room = room.cancelled()
            await records.rooms.save(room)
            await records.jobs.drop(room.id, list(JobKind))
            now = self._clock.now()
            await records.outbox.put(notice_of(room, NoticeKind.REFRESH), now)
            await records.outbox.put(notice_of(room, NoticeKind.CANCELLED), now)
        return room

    async def bring_forward(self, chat: ChatId, asker: Asker, room_id: RoomId | None = None) -> Room:
        """Let a talk start now: the chat's next one, or the named one.

        Raises:
            NotAllowed, NothingToOpen, WrongState, Clash.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            programme = await records.rooms.in_states(AHEAD | ON_AIR, chat)
            named = [room for room in programme if room_id in (None, room.id)]
            if not named:
                raise NothingToOpen
            room = _next_to_open(named)
            require(asker, Action.OPEN, room.plan.host)
            _refuse_beside([other for other in programme if other.id != room.id])
            room = room.moved_to(now)
            await _refuse_clash(records, room.plan, but=room.id)
            await records.rooms.save(room)
            await records.jobs.drop(room.id, list(JobKind))
            await self._set_jobs(records, room, now)
        return room

    async def programme(self, chat: ChatId) -> Sequence[Room]:
        """What is on and what comes next in a chat, earliest first."""
        async with self._store.reading() as records:
            return await records.rooms.in_states(AHEAD | ON_AIR, chat)

    async def look_up(self, room_id: RoomId) -> Room:
        """A room as it is on record; raises `NoSuchRoom`."""
        async with self._store.reading() as records:
            return await records.rooms.get(room_id)

    async def know(self, group: Group) -> Group:
        """Remember a group, keeping what it chose before; returns it as it is on record."""
        async with self._store.writing() as records:
            known = await records.groups.find(group.chat)
            if known is not None:
                group = replace(known, title=group.title)
            if group != known:
                await records.groups.save(group)
        return group

    async def _set_jobs(self, records: Records, room: Room, now: datetime) -> None:
        starts_at, ends_at = room.plan.starts_at, room.plan.ends_at
        opens_at = max(now, starts_at - self._timing.open_early)
        reminds_at, warns_at = starts_at - self._timing.remind_early, ends_at - self._timing.warn_early
        if reminds_at > now:
            await records.jobs.add(room.id, JobKind.REMIND, reminds_at)
        await records.jobs.add(room.id, JobKind.OPEN, opens_at)
        await records.jobs.add(room.id, JobKind.START, starts_at)
        if warns_at > starts_at:
            await records.jobs.add(room.id, JobKind.WARN, warns_at)
        await records.jobs.add(room.id, JobKind.END, ends_at)


def _check(plan: Plan, now: datetime) -> None:
    if not plan.title:
        raise TitleMissing
    if len(plan.title) > TITLE_LENGTH:
        raise TitleTooLong(len(plan.title), TITLE_LENGTH)
    if not SHORTEST <= plan.duration <= LONGEST:
        raise DurationOutOfRange(plan.duration, (SHORTEST, LONGEST))
    if plan.starts_at <= now:
        raise StartsInPast(plan.starts_at)
    if plan.starts_at - now > HORIZON:
        raise StartsTooFarAhead(plan.starts_at, HORIZON)


async def _refuse_clash(records: Records, plan: Plan, but: RoomId | None = None) -> None:
    for other in await records.rooms.in_states(AHEAD | ON_AIR, plan.chat):
        if other.id != but and other.plan.starts_at < plan.ends_at and plan.starts_at < other.plan.ends_at:
            raise Clash(other.plan.title, other.plan.starts_at)


def _refuse_beside(others: Sequence[Room]) -> None:
    """Nothing can be opened while another talk is on air, whenever that was to be."""
    for other in others:
        if other.is_on_air:
            raise Clash(other.plan.title, other.plan.starts_at)


def _next_to_open(rooms: Sequence[Room]) -> Room:
    openable = [room for room in rooms if room.state in AHEAD | {RoomState.OPENING}]
    if not openable:
        raise WrongState(rooms[0].state, "be opened")
    return openable[0]
