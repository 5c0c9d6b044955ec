"""Conducting: a room is opened, goes live, is watched over and closed, whatever happens to its call."""

import logging
from collections.abc import Callable, Collection
from datetime import timedelta

from rooms.errors import CallRefused, NothingToClose
from rooms.ids import ChatId, RoomId
from rooms.jobs import JobKind
from rooms.listening import Stages
from rooms.notices import NoticeKind, notice_of
from rooms.ports import (
    CallEnded,
    CallEvent,
    Calls,
    Clock,
    Opening,
    Recording,
    RelayRestarted,
    StageChanged,
    Store,
)
from rooms.roles import Action, Asker, require
from rooms.room import AHEAD, ON_AIR, Room, RoomState

log = logging.getLogger(__name__)

LATE = timedelta(minutes=1)
"""A talk that starts later than this after its time says so."""


class Conducting:
    """Takes rooms through their evening; a step is on record before the call is touched, to be redone."""

    def __init__(self, store: Store, calls: Calls, stages: Stages, clock: Clock) -> None:
        self._store = store
        self._calls = calls
        self._stages = stages
        self._clock = clock
        self._in_trouble: set[RoomId] = set()

    async def open(self, room_id: RoomId) -> Room:
        """Have the relay in the room's call: with hold music before the start, at once in mid-talk.

        A room whose whole time went by is ended instead.

        Raises:
            CallRefused: it must be tried again; the group has been told why.
        """
        async with self._store.reading() as records:
            room = await records.rooms.get(room_id)
        if not room.is_over and self._clock.now() >= room.plan.ends_at:
            await self._make_due(room_id, JobKind.END)
            return room
        room = await self._advance(room_id, AHEAD, Room.opening)
        if room.state in (RoomState.OPENING, RoomState.LIVE):
            is_live = room.state is RoomState.LIVE
            try:
                await self._calls.open(Opening(room.id, room.plan.chat, room.plan.title, is_live))
            except CallRefused as refusal:
                await self._tell_trouble(room, refusal)
                raise
            self._in_trouble.discard(room_id)
        return room

    async def start(self, room_id: RoomId) -> None:
        """Let the talk begin, opening the call first if need be; raises `CallRefused` to be tried again."""
        room = await self.open(room_id)
        now = self._clock.now()
        if room.state is RoomState.OPENING and now < room.plan.ends_at:
            await self._calls.go_live(room_id)
            is_late = now - room.plan.starts_at > LATE
            started = (NoticeKind.STARTED, "late" if is_late else "")
            await self._advance(room_id, {RoomState.OPENING}, Room.live, started)

    async def close(self, chat: ChatId, asker: Asker) -> Room:
        """Somebody ends the chat's talk before its time.

        Raises:
            NotAllowed, NothingToClose.
        """
        async with self._store.reading() as records:
            on_air = await records.rooms.in_states(ON_AIR, chat)
        if not on_air:
            raise NothingToClose
        room = on_air[0]
        require(asker, Action.CLOSE, room.plan.host)
        room = await self._advance(room.id, ON_AIR - {RoomState.CLOSING}, Room.closing)
        await self._make_due(room.id, JobKind.END)
        return room

    async def end(self, room_id: RoomId) -> None:
        """The room's time is over: end the talk and keep its recording. Done again, nothing happens twice."""
        room = await self._advance(room_id, {RoomState.LIVE}, Room.closing)
        if room.is_over:
            return
        recording = await self._calls.close(room_id)
        self._stages.clear(room_id)
        self._in_trouble.discard(room_id)
        if room.state is RoomState.CLOSING:
            await self._remember(room_id, recording)
        else:
            await self._advance(room_id, AHEAD | {RoomState.OPENING}, Room.missed, (NoticeKind.MISSED, ""))

    async def resume(self) -> None:
        """After a restart of ours or of the relay's: every room on air gets its call back, or its end."""
        async with self._store.reading() as records:
            on_air = await records.rooms.in_states(ON_AIR)
        for room in on_air:
            await self._make_due(room.id, JobKind.END if room.state is RoomState.CLOSING else JobKind.OPEN)

    async def watch(self) -> None:
        """Follow what happens in the calls, for ever."""
        async with self._calls.events() as events:
            async for event in events:
                await self._heed(event)

    async def _heed(self, event: CallEvent) -> None:
        match event:
            case StageChanged(room=room, stage=stage):
                self._stages.set(room, stage)
            case CallEnded(room=room):
                await self._after_foreign_end(room)
            case RelayRestarted():
                await self.resume()

    async def _after_foreign_end(self, room_id: RoomId) -> None:
        async with self._store.reading() as records:
            room = await records.rooms.get(room_id)
        if room.state is RoomState.OPENING:
            await self._make_due(room_id, JobKind.OPEN)
        elif room.state is RoomState.LIVE:
            await self._make_due(room_id, JobKind.END)

    async def _advance(
        self,
        room_id: RoomId,
        states: Collection[RoomState],
        step: Callable[[Room], Room],
        *told: tuple[NoticeKind, str],
    ) -> Room:
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if room.state in states:
                room = step(room)
                await records.rooms.save(room)
                for kind, detail in ((NoticeKind.REFRESH, ""), *told):
                    await records.outbox.put(notice_of(room, kind, detail), now)
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
            await records.jobs.drop(room.id, [kind for kind in JobKind if kind is not JobKind.END])
            await records.outbox.put(notice_of(room, NoticeKind.REFRESH), now)
            if recording is not None:
                await records.recordings.save(recording)
                await records.outbox.put(notice_of(room, NoticeKind.REPLAY), now)
        log.info("room %s is over", room.id)

    async def _make_due(self, room: RoomId, kind: JobKind) -> None:
        async with self._store.writing() as records:
            await records.jobs.drop(room, [kind])
            await records.jobs.add(room, kind, self._clock.now())

    async def _tell_trouble(self, room: Room, refusal: CallRefused) -> None:
        log.warning("room %s has no call: %s", room.id, refusal)
        if room.id in self._in_trouble:
            return
        self._in_trouble.add(room.id)
        async with self._store.writing() as records:
            trouble = notice_of(room, NoticeKind.TROUBLE, type(refusal).__name__)
            await records.outbox.put(trouble, self._clock.now())
