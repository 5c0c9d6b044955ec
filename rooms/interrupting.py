"""Interrupting: what becomes of a talk whose call somebody closed, whichever of us finds that out."""

import logging

from rooms.announcing import tell
from rooms.arranging import Arrangements
from rooms.deserting import wait_for_people
from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.listening import Stages
from rooms.notices import NoticeKind
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.room import RoomState
from rooms.timetable import make_due

log = logging.getLogger(__name__)


class Interrupting:
    """Has talks wait for their hosts."""

    def __init__(self, store: Store, stages: Stages, arrangements: Arrangements, clock: Clock) -> None:
        self._store = store
        self._stages = stages
        self._arrangements = arrangements
        self._clock = clock

    async def heed(self, room_id: RoomId) -> None:
        """Before the talk the call is opened again; one that is on waits for its host, but not for ever."""
        log.info("room %s has no call: somebody closed it", room_id)
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            if room.state is RoomState.OPENING:
                await make_due(records, room_id, JobKind.OPEN, now)
            elif room.state is RoomState.LIVE and not await self._is_waiting(records, room_id):
                await wait_for_people(records, room_id, now)
                await tell(records, room, NoticeKind.INTERRUPTED, now)
        self._stages.clear(room_id)
        self._arrangements.forget(room_id)

    async def _is_waiting(self, records: Records, room_id: RoomId) -> bool:
        """Whether the host was told already, and has not had it opened again."""
        is_closed = self._arrangements.of(room_id) is None
        return is_closed and await records.jobs.has(room_id, JobKind.EMPTY)
