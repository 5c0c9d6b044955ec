"""Informing: who comes into a call hears that it is recorded, and who may speak is asked for their voice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rooms.announcing import tell
from rooms.bell import Bell
from rooms.consenting import ask_all
from rooms.ids import PersonId, RoomId
from rooms.listening import Stages
from rooms.notices import NoticeKind, notice_to
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.room import Room, RoomState
from rooms.stage import OnStage

EVERY = timedelta(minutes=10)
"""How often a chat is told at most that its talk is recorded."""

GATHERING = timedelta(seconds=3)
"""So long after one who may speak, others are waited for, so that they are asked together."""

_ALL = 100_000


@dataclass
class _Hall:
    """What the people of one live talk have heard from us."""

    informed: set[PersonId]
    next_at: datetime
    asked: set[PersonId] = field(default_factory=set)
    ask_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Live:
    """A live talk; `is_open_stage` is whether everybody who comes may unmute."""

    room: Room
    is_open_stage: bool


class Informing:
    """Looks after the stages of the talks that are live; what was said is kept in memory alone.

    Those who are there as a talk goes live, or as the program starts, heard it by the news of the start.
    """

    def __init__(self, store: Store, stages: Stages, clock: Clock) -> None:
        self._store = store
        self._stages = stages
        self._clock = clock
        self._live: dict[RoomId, _Live] = {}
        self._halls: dict[RoomId, _Hall] = {}
        self._looked_at = -1
        self._stirred = Bell()
        store.committed.chain(self._stirred)
        stages.changed.chain(self._stirred)

    async def run(self) -> None:
        """Inform for ever."""
        while True:
            ring = self._stirred.next_ring()
            await self._follow()
            moments = [await self._look(live) for live in self._live.values()]
            await self._clock.wait(ring, min((at for at in moments if at is not None), default=None))

    async def _follow(self) -> None:
        rings = self._store.committed.rings
        if rings == self._looked_at:
            return
        async with self._store.reading() as records:
            rooms = await records.rooms.in_states({RoomState.LIVE}, limit=_ALL)
            live = {room.id: _Live(room, await _is_open_stage(records, room)) for room in rooms}
        self._looked_at = rings
        self._live = live
        self._halls = {room: hall for room, hall in self._halls.items() if room in live}

    async def _look(self, live: _Live) -> datetime | None:
        """Say what is to be said now; gives when to look again."""
        now, people = self._clock.now(), self._stages.of(live.room.id).people
        hall = self._halls.get(live.room.id)
        if hall is None:
            hall = self._halls[live.room.id] = _Hall({one.person for one in people}, now + EVERY)
        newcomers = [one for one in people if one.person not in hall.informed]
        unasked = {
            one.person: one.name for one in people if one.person not in hall.asked and _is_on_stage(one, live)
        }
        if unasked and hall.ask_at is None:
            hall.ask_at = now + GATHERING
        if newcomers and now >= hall.next_at:
            await self._tell_recorded(live.room, newcomers, now)
            hall.informed.update(one.person for one in newcomers)
            hall.next_at, newcomers = now + EVERY, []
        if hall.ask_at is not None and now >= hall.ask_at:
            await self._ask(live.room, unasked, now)
            hall.asked.update(unasked)
            hall.ask_at = None
        due = [hall.ask_at, hall.next_at if newcomers else None]
        return min((at for at in due if at is not None), default=None)

    async def _tell_recorded(self, room: Room, newcomers: Sequence[OnStage], now: datetime) -> None:
        """In each chat through whose call somebody came."""
        async with self._store.writing() as records:
            for chat in dict.fromkeys(one.chat or room.plan.chat for one in newcomers):
                if chat == room.plan.chat:
                    await tell(records, room, NoticeKind.RECORDED, now)
                else:
                    await records.outbox.put(notice_to(chat, room, NoticeKind.RECORDED), now)

    async def _ask(self, room: Room, people: Mapping[PersonId, str], now: datetime) -> None:
        if not people or not room.plan.is_recorded:
            return
        async with self._store.writing() as records:
            await ask_all(records, room, people, now)


def _is_on_stage(one: OnStage, live: _Live) -> bool:
    """Whether they may be heard; where everybody may, those are meant who have turned their microphone on.

    Who takes part as a channel is no person that could be asked.
    """
    return one.person > 0 and one.may_speak and not (live.is_open_stage and one.is_muted)


async def _is_open_stage(records: Records, room: Room) -> bool:
    group = await records.groups.find(room.plan.chat)
    return group is not None and not group.joins_muted
