"""Preparing: before a talk, its call counts down in the group, and all that it needs is looked at."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from rooms.announcing import tell_host
from rooms.errors.calls import CallRefused
from rooms.ids import ChatId, RoomId
from rooms.jobs import JobKind
from rooms.notices import NoticeKind
from rooms.ports import Calls, Clock, Fault
from rooms.records import Records, Store
from rooms.room import AHEAD, ON_AIR, TO_COME, Room
from rooms.timetable import COUNTED_DOWN, SOONEST, make_due

log = logging.getLogger(__name__)

AGAIN = timedelta(hours=1)
"""When it is tried again to plan a call that Telegram would not let us plan."""

LOOK_AGAIN = timedelta(minutes=3)
"""When it is looked again whether a fault was mended."""


class Preparing:
    """What is done for a talk before it is opened."""

    def __init__(self, store: Store, calls: Calls, clock: Clock) -> None:
        self._store = store
        self._calls = calls
        self._clock = clock
        self._known: dict[RoomId, tuple[Fault, ...]] = {}
        """What was told of each talk last."""

    async def count_down(self, room_id: RoomId, _planned: datetime | None = None) -> None:
        """Let Telegram's own voice chat count down to the talk, or take that back where it is due no more.

        A group has one call at a time, so only its next talk counts down. Where Telegram does not let us, the
        call is created when the talk opens.
        """
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
            is_next = room is not None and await _is_next(records, room)
        if room is None or room.state in ON_AIR:
            return
        try:
            await self._take_back(room)
            if room.state in AHEAD and is_next and self._is_in_reach(room):
                await self._plan(room)
            elif room.planned_call is not None and not is_next:
                await self._let_next_count_down(room.plan.chat)
        except CallRefused as refusal:
            log.info("the call of room %s does not count down: %s", room_id, type(refusal).__name__)
            await self._try_again(room)

    async def look(self, room_id: RoomId, _planned: datetime | None = None) -> None:
        """The green room: see what would keep the talk from being held, and tell the host how to mend it.

        Told once, and again when it is another thing; it is looked again until all is well or the talk is on.
        """
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
        if room is None or room.state not in AHEAD or self._clock.now() >= room.plan.starts_at:
            self._known.pop(room_id, None)
            return
        faults = await self._calls.check(room.plan.chat)
        now = self._clock.now()
        async with self._store.writing() as records:
            if self._known.get(room_id) != faults:
                await _tell_host(records, room, faults, now)
            if faults and now + LOOK_AGAIN < room.plan.starts_at:
                await records.jobs.add(room_id, JobKind.GREEN_ROOM, now + LOOK_AGAIN)
        self._known[room_id] = faults

    def _is_in_reach(self, room: Room) -> bool:
        return SOONEST <= room.plan.starts_at - self._clock.now() <= COUNTED_DOWN

    async def _take_back(self, room: Room) -> None:
        if room.planned_call is not None:
            await self._calls.unplan(room.plan.chat, room.planned_call)
            await self._note(room.id, None)

    async def _plan(self, room: Room) -> None:
        """Plan its call in the place of one that counts down to a later talk."""
        async with self._store.reading() as records:
            others = await records.rooms.in_states(AHEAD, room.plan.chat)
        for other in others:
            if other.id != room.id:
                await self._take_back(other)
        call = await self._calls.plan(room.id, room.plan.chat, room.plan.call_title, room.plan.starts_at)
        if call is not None and not await self._note(room.id, call):
            await self._calls.unplan(room.plan.chat, call)

    async def _note(self, room_id: RoomId, call: int | None) -> bool:
        """Put on record which call counts down; whether the talk is still to come."""
        async with self._store.writing() as records:
            room = await records.rooms.find(room_id)
            if room is None or (call is not None and room.state not in TO_COME):
                return False
            await records.rooms.save(replace(room, planned_call=call))
        return True

    async def _let_next_count_down(self, chat: ChatId) -> None:
        async with self._store.writing() as records:
            await let_next_count_down(records, chat, self._clock.now(), is_free=True)

    async def _try_again(self, room: Room) -> None:
        at = self._clock.now() + AGAIN
        if room.planned_call is not None or at + SOONEST < room.plan.starts_at:
            async with self._store.writing() as records:
                await make_due(records, room.id, JobKind.COUNT_DOWN, at)


async def make_way(records: Records, room: Room, now: datetime) -> None:
    """Have the next talk of a chat count down instead of one that does not take place."""
    if room.planned_call is not None:  # it is taken back first
        await records.jobs.add(room.id, JobKind.COUNT_DOWN, now)
    else:
        await let_next_count_down(records, room.plan.chat, now, is_free=False)


async def let_next_count_down(records: Records, chat: ChatId, now: datetime, *, is_free: bool) -> None:
    """Have the call of a chat's next talk planned, now that no other talk is before it.

    Where the chat `is_free` of the call that it had, one that was planned for that talk is gone as well.
    """
    for room in await records.rooms.in_states(AHEAD, chat, limit=1):
        if room.planned_call is None or is_free:
            at = max(now, room.plan.starts_at - COUNTED_DOWN)
            await make_due(records, room.id, JobKind.COUNT_DOWN, at)


async def _is_next(records: Records, room: Room) -> bool:
    first = await records.rooms.in_states(AHEAD | ON_AIR, room.plan.chat, limit=1)
    return bool(first) and first[0].id == room.id


async def _tell_host(records: Records, room: Room, faults: tuple[Fault, ...], now: datetime) -> None:
    """That all is well is nothing for the group, where the host cannot be written to."""
    if faults or await records.people.find(room.plan.host) is not None:
        await tell_host(records, room, NoticeKind.GREEN_ROOM, now, " ".join(faults))
