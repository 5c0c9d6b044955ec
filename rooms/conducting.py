"""Conducting: a room is opened, goes live and is closed, whatever happens to its call."""

import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from rooms.announcing import close_thread, refresh, remind_guests, tell
from rooms.arrangement import opening_of
from rooms.arranging import Arrangements
from rooms.authority import require
from rooms.deserting import wait_for_people
from rooms.errors.calls import CallClosed, CallRefused
from rooms.errors.talks import NothingToClose
from rooms.group import REMINDERS
from rooms.holding import overtake
from rooms.ids import ChatId, RoomId
from rooms.interrupting import Interrupting
from rooms.jobs import JobKind
from rooms.listening import Stages
from rooms.moderation import DeedKind, deed_of
from rooms.notices import NoticeKind
from rooms.ports import Calls, Clock
from rooms.preparing import let_next_count_down, make_way
from rooms.recordings import Recording
from rooms.records import Records, Store
from rooms.retention import keep
from rooms.roles import Action, Asker
from rooms.room import AHEAD, ON_AIR, TO_COME, Room, RoomState
from rooms.timetable import make_due

log = logging.getLogger(__name__)

LATE = timedelta(minutes=1)
"""A talk that starts later than this after its time says so."""

EVERY = 100_000
"""Rooms that are taken up again after a restart at most: more than there can be."""

Telling = Callable[[Records, Room, datetime], Awaitable[None]]
"""Puts into the outbox what is told of a step."""


class Conducting:
    """Takes rooms through their evening; a step is on record before the call is touched, to be redone."""

    def __init__(self, store: Store, calls: Calls, stages: Stages, clock: Clock) -> None:
        self._store = store
        self._calls = calls
        self._stages = stages
        self._clock = clock
        self.arrangements = Arrangements()
        """What was asked of the calls that are open."""
        self.interrupting = Interrupting(store, stages, self.arrangements, clock)
        self._troubles: dict[RoomId, set[str]] = {}

    async def open(self, room_id: RoomId, planned: datetime | None = None) -> Room:
        """Have the relay in the room's call: with hold music before the start, at once in mid-talk.

        If somebody closes it meanwhile in mid-talk, the talk waits for its host. A room whose whole time went
        by is ended instead. One whose start is not `planned` any more, where that is given, was moved
        meanwhile: it is left alone.

        Raises:
            CallRefused: it must be tried again; the group has been told why.
        """
        async with self._store.reading() as records:
            room = await records.rooms.get(room_id)
        if not room.is_over and self._clock.now() >= room.plan.ends_at:
            await self._make_due(room_id, JobKind.END)
            return room
        room = await self._advance(room_id, AHEAD, Room.opening, planned=planned)
        if room.state in (RoomState.OPENING, RoomState.LIVE):
            await self._have_call(room)
        return room

    async def start(self, room_id: RoomId, planned: datetime | None = None) -> None:
        """Let the talk begin, opening the call first if need be; of `planned` see `open`.

        Raises:
            CallRefused: it must be tried again; the group has been told why.
        """
        room = await self.open(room_id, planned)
        is_due = planned in (None, room.plan.starts_at) and self._clock.now() < room.plan.ends_at
        if room.state is RoomState.OPENING and is_due:
            await self._calls.go_live(room_id)
            await self._advance(room_id, {RoomState.OPENING}, Room.live, self._begin)

    async def close(self, chat: ChatId, asker: Asker) -> Room:
        """Somebody ends the chat's talk before its time.

        Raises:
            NotAllowed, Banned, NotAMember, NothingToClose.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            on_air = await records.rooms.in_states(ON_AIR, chat, limit=1)
            if not on_air:
                raise NothingToClose
            room = on_air[0]
            await require(records, Action.CLOSE, room, asker, now)
            if room.state is not RoomState.CLOSING:
                room = room.closing()
                await records.rooms.save(room)
                await refresh(records, room, now)
                await records.log.add(deed_of(room, DeedKind.CLOSED, asker, now))
            await make_due(records, room.id, JobKind.END, now)
        return room

    async def end(self, room_id: RoomId, planned: datetime | None = None) -> None:
        """The room's time is over: end the talk and keep its recording; of `planned` see `open`.

        Done again, nothing happens twice.
        """
        room = await self._advance(room_id, {RoomState.LIVE}, Room.closing)
        if room.is_over:
            return
        recording = await self._calls.close(room_id)
        self._stages.clear(room_id)
        self.arrangements.forget(room_id)
        self._troubles.pop(room_id, None)
        if room.state is RoomState.CLOSING:
            await self._remember(room_id, recording)
        else:
            states = TO_COME
            now = self._clock.now()
            await self._advance(room_id, states, lambda room: room.missed(now), _tell_missed, planned=planned)

    async def resume(self) -> None:
        """After a restart of ours: every room on air gets its call back, or its end."""
        async with self._store.reading() as records:
            on_air = await records.rooms.in_states(ON_AIR, limit=EVERY)
        for room in on_air:
            await self._take_up(room)

    async def _have_call(self, room: Room) -> None:
        async with self._store.reading() as records:
            opening = await opening_of(records, room)
        try:
            await self._calls.open(opening)
        except CallRefused as refusal:
            if isinstance(refusal, CallClosed) and room.state is RoomState.LIVE:
                await self.interrupting.heed(room.id)
                self._troubles.pop(room.id, None)
                return
            await self._tell_trouble(room, refusal)
            raise
        self.arrangements.asked(opening)
        self._troubles.pop(room.id, None)
        if room.state is RoomState.LIVE:
            await self._wait_for_people(room.id)

    async def _begin(self, records: Records, room: Room, now: datetime) -> None:
        await _tell_start(records, room, now)
        if not self._stages.of(room.id).people:
            await wait_for_people(records, room.id, now)

    async def _wait_for_people(self, room_id: RoomId) -> None:
        """In mid-talk the call is open again; how long nobody has been there is counted on, if it was."""
        async with self._store.writing() as records:
            is_counted = await records.jobs.has(room_id, JobKind.EMPTY)
            if not is_counted and not self._stages.of(room_id).people:
                await wait_for_people(records, room_id, self._clock.now())

    async def _take_up(self, room: Room) -> None:
        """Where nobody was, that is counted anew: who came while we were away is not known yet."""
        now = self._clock.now()
        async with self._store.writing() as records:
            kind = JobKind.END if room.state is RoomState.CLOSING else JobKind.OPEN
            await make_due(records, room.id, kind, now)
            if await records.jobs.has(room.id, JobKind.EMPTY):
                await wait_for_people(records, room.id, now)

    async def _advance(
        self,
        room_id: RoomId,
        states: Collection[RoomState],
        step: Callable[[Room], Room],
        telling: Telling | None = None,
        planned: datetime | None = None,
    ) -> Room:
        """Take a step if the room is in one of the states and was not moved, and tell of it."""
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if room.state in states and planned in (None, room.plan.starts_at):
                room = step(room)
                await records.rooms.save(room)
                await refresh(records, room, now)
                if telling is not None:
                    await telling(records, room, now)
                log.info("room %s is %s", room.id, room.state)
        return room

    async def _remember(self, room_id: RoomId, recording: Recording | None) -> None:
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if room.is_over:
                return
            room = room.ended()
            await records.rooms.save(room)
            await _let_nothing_be_due(records, room, now)
            await refresh(records, room, now)
            if recording is not None:
                await keep(records, room, recording, now)
            else:
                await close_thread(records, room, now)
            await let_next_count_down(records, room.plan.chat, now, is_free=True)
        log.info("room %s is over", room.id)

    async def _make_due(self, room: RoomId, kind: JobKind) -> None:
        async with self._store.writing() as records:
            await make_due(records, room, kind, self._clock.now())

    async def _tell_trouble(self, room: Room, refusal: CallRefused) -> None:
        """Each reason once, until the call is had. Who comes meanwhile is not seen: nobody is waited for."""
        log.warning("room %s has no call: %s", room.id, refusal)
        told, reason = self._troubles.setdefault(room.id, set()), type(refusal).__name__
        if reason in told:
            return
        told.add(reason)
        async with self._store.writing() as records:
            await records.jobs.drop(room.id, [JobKind.EMPTY])
            await tell(records, room, NoticeKind.TROUBLE, self._clock.now(), reason)


async def _let_nothing_be_due(records: Records, room: Room, now: datetime) -> None:
    """Of a talk that is over nothing is to be done or told any more but what is being done now."""
    await overtake(records, room, now)
    await records.jobs.drop(room.id, frozenset(JobKind) - {JobKind.END})
    for hand in await records.hands.of(room.id):
        await records.hands.remove(room.id, hand.person)


async def _tell_start(records: Records, room: Room, now: datetime) -> None:
    """The group hears of the start if it wants to, and in private who asked to be reminded.

    That the talk is recorded it hears in any case.
    """
    group = await records.groups.find(room.plan.chat)
    detail = "late" if now - room.plan.starts_at > LATE else ""
    is_told = timedelta(0) in (group.reminders if group is not None else REMINDERS)
    kind = NoticeKind.STARTED if is_told else NoticeKind.RECORDED
    await tell(records, room, kind, now, detail if is_told else "")
    await remind_guests(records, room, NoticeKind.STARTED, now, detail)


async def _tell_missed(records: Records, room: Room, now: datetime) -> None:
    await _let_nothing_be_due(records, room, now)
    await make_way(records, room, now)
    await tell(records, room, NoticeKind.MISSED, now)
    await close_thread(records, room, now)
