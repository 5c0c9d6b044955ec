"""Watching: what happens in the calls is followed, and talks are kept going, or let end, by it."""

import logging
from collections.abc import Iterable
from datetime import datetime

from rooms.arranging import Arrangements
from rooms.authority import require
from rooms.bridging import take_down
from rooms.deserting import wait_for_people
from rooms.errors.talks import NothingToClose
from rooms.ids import ChatId, RoomId
from rooms.interrupting import Interrupting
from rooms.jobs import JobKind
from rooms.listening import Stages
from rooms.moderation import DeedKind, deed_of
from rooms.playing import Playback
from rooms.ports import (
    BridgeChanged,
    CallEnded,
    CallEnlarged,
    CallEvent,
    CallRegained,
    Calls,
    Clock,
    OutletChanged,
    PlaybackChanged,
    RecordingTorn,
    RelayRestarted,
    StageChanged,
)
from rooms.records import Store
from rooms.roles import Action, Asker
from rooms.room import TO_COME, Room, RoomState
from rooms.setbacks import Setbacks
from rooms.stage import Stage
from rooms.timetable import make_due

log = logging.getLogger(__name__)


class Watching:
    """Follows the calls; what was asked of those that are open stands in the arrangements."""

    def __init__(  # noqa: PLR0913  # whatever happens in the calls concerns somebody
        self,
        store: Store,
        calls: Calls,
        stages: Stages,
        arrangements: Arrangements,
        interrupting: Interrupting,
        clock: Clock,
    ) -> None:
        self._store = store
        self._calls = calls
        self._stages = stages
        self._arrangements = arrangements
        self._interrupting = interrupting
        self._clock = clock
        self._setbacks = Setbacks(store, arrangements, clock)

    async def run(self) -> None:
        """Follow for ever."""
        async with self._calls.events() as events:
            async for event in events:
                await self._heed(event)

    async def reopen(self, room_id: RoomId, asker: Asker) -> Room:
        """Have the call back that somebody closed in mid-talk; one that is open is left as it is.

        Raises:
            NotAllowed, Banned, NotAMember, NoSuchRoom.
            NothingToClose: the talk is over.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            await require(records, Action.OPEN, room, asker, now)
            if room.state not in TO_COME | {RoomState.LIVE}:
                raise NothingToClose
            await records.jobs.drop(room_id, [JobKind.EMPTY])
            await make_due(records, room_id, JobKind.OPEN, now)
            await records.log.add(deed_of(room, DeedKind.OPENED, asker, now))
        return room

    async def end_deserted(self, room_id: RoomId, _planned: datetime | None = None) -> None:
        """Nobody came into the call, nor was it reopened: the talk ends before its time."""
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.find(room_id)
            if room is None or room.state is not RoomState.LIVE or self._stages.of(room_id).people:
                return
            if self._stages.playback(room_id).now is not None:
                await wait_for_people(records, room_id, now)
                return
            log.info("room %s ends: nobody is there", room_id)
            await make_due(records, room_id, JobKind.END, now)

    async def _heed(self, event: CallEvent) -> None:
        match event:
            case StageChanged(room=room, stage=stage):
                await self._set_stage(room, stage)
            case PlaybackChanged(room=room, playback=playback):
                self._stages.set_playback(room, playback)
            case OutletChanged(room=room, name=name, state=state):
                self._stages.set_outlet(room, name, state)
            case CallEnded(room=room, chat=chat):
                await self._after_foreign_end(room, chat)
            case RelayRestarted(room=lost):
                await self._reopen(self._arrangements.rooms if lost is None else [lost])
            case CallRegained() | CallEnlarged() | BridgeChanged() | RecordingTorn() as setback:
                await self._setbacks.heed(setback)

    async def _set_stage(self, room_id: RoomId, stage: Stage) -> None:
        """Show the stage; the talk ends in a while when the last one has gone, unless somebody comes."""
        had_people = bool(self._stages.of(room_id).people)
        self._stages.set(room_id, stage)
        if had_people == bool(stage.people):
            return
        async with self._store.writing() as records:
            await records.jobs.drop(room_id, [JobKind.EMPTY])
            room = await records.rooms.find(room_id) if had_people else None
            if room is not None and room.state is RoomState.LIVE:
                await wait_for_people(records, room_id, self._clock.now())

    async def _after_foreign_end(self, room_id: RoomId, chat: ChatId | None) -> None:
        """Of the talk's own call, or of one that it was carried in."""
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if chat not in (None, room.plan.chat):
                await take_down(records, room, chat, self._clock.now())
                return
        await self._interrupting.heed(room_id)

    async def _reopen(self, rooms: Iterable[RoomId]) -> None:
        """What was open is opened again. A talk whose call somebody closed waits for its host as before.

        What played there plays no more.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            for room_id in rooms:
                if self._arrangements.of(room_id) is None:
                    continue
                self._stages.set_playback(room_id, Playback())
                room = await records.rooms.find(room_id)
                if room is not None and room.state in TO_COME | {RoomState.LIVE}:
                    await make_due(records, room_id, JobKind.OPEN, now)
