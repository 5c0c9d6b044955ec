"""Prolonging: a talk that is on gets more time, as long as nothing else has it."""

from datetime import timedelta

from rooms.announcing import refresh
from rooms.authority import require
from rooms.errors.talks import WrongState
from rooms.errors.times import DurationOutOfRange
from rooms.ids import RoomId
from rooms.moderation import DeedKind, deed_of
from rooms.plan import LONGEST, SHORTEST
from rooms.ports import Clock
from rooms.programme import refuse_clash
from rooms.records import Store
from rooms.roles import Action, Asker
from rooms.room import Room, RoomState
from rooms.timetable import Timing, set_end

STEP = timedelta(minutes=15)
"""How much time a tap gives."""


class Prolonging:
    """Extends talks."""

    def __init__(self, store: Store, clock: Clock, timing: Timing) -> None:
        self._store = store
        self._clock = clock
        self._timing = timing

    async def extend(self, room_id: RoomId, asker: Asker, by: timedelta = STEP) -> Room:
        """Give a talk that is on more time; it is warned of its new end as of the old one.

        Raises:
            NotAllowed, Banned, NotAMember, NoSuchRoom.
            WrongState: it is not on.
            DurationOutOfRange: talks last no longer.
            Clash: the group's next talk would begin meanwhile.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            await require(records, Action.CHANGE, room, asker, now)
            if room.state is not RoomState.LIVE:
                raise WrongState(room.state, "be extended")
            room = room.extended(by, now)
            if room.plan.duration > LONGEST:
                raise DurationOutOfRange(room.plan.duration, (SHORTEST, LONGEST))
            await refuse_clash(records, room.plan, but=room.id)
            await records.rooms.save(room)
            await set_end(records, room, self._timing)
            await refresh(records, room, now)
            await records.log.add(
                deed_of(room, DeedKind.EXTENDED, asker, now, str(by // timedelta(minutes=1)))
            )
        return room
