"""Measuring: while a talk is on, it is counted how many are in its call and how long each one speaks."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from rooms.bell import Bell
from rooms.ids import RoomId
from rooms.listening import Stages
from rooms.measures import Measure
from rooms.ports import Clock
from rooms.records import Store
from rooms.room import RoomState
from rooms.tally import Tally, joined

SAVED_EVERY = timedelta(seconds=30)
"""So much of a measure is lost with the process at most."""

_ALL = 100_000


class Measuring:
    """Watches the calls of the talks that are live; the gallery is never looked at."""

    def __init__(self, store: Store, clock: Clock, stages: Stages) -> None:
        self._store = store
        self._clock = clock
        self._stages = stages
        self._changed = Bell()
        self._looked_at = -1
        self._tallies: dict[RoomId, Tally] = {}
        self._save_at: datetime | None = None
        store.committed.chain(self._changed)
        stages.changed.chain(self._changed)

    async def run(self) -> None:
        """Count for ever."""
        while True:
            ring = self._changed.next_ring()
            now = self._clock.now()
            await self._follow(now)
            for room, tally in self._tallies.items():
                tally.see(self._stages.of(room), now)
            if self._save_at is not None and now >= self._save_at:
                await self._save(self._tallies, now)
            self._save_at = self._next_save(now)
            await self._clock.wait(ring, self._save_at)

    async def _follow(self, now: datetime) -> None:
        """Begin with the talks that went live, and be done with those that are not any more."""
        rings = self._store.committed.rings
        if rings == self._looked_at:
            return
        async with self._store.reading() as records:
            live = {room.id: room for room in await records.rooms.in_states({RoomState.LIVE}, limit=_ALL)}
        self._looked_at = rings
        over = {room: tally for room, tally in self._tallies.items() if room not in live}
        if over:
            await self._save(over, now)
        self._tallies = {
            id_: self._tallies.get(id_) or Tally(id_, room.plan.starts_at) for id_, room in live.items()
        }

    async def _save(self, tallies: Mapping[RoomId, Tally], now: datetime) -> None:
        async with self._store.writing() as records:
            for room, tally in tallies.items():
                known = await records.measures.find(room)
                measure = joined(known, tally.take(now))
                is_news = measure != (known or Measure(room, (), ()))
                if is_news and await records.rooms.find(room) is not None:
                    await records.measures.save(measure)

    def _next_save(self, now: datetime) -> datetime | None:
        if not self._tallies:
            return None
        return self._save_at if self._save_at is not None and self._save_at > now else now + SAVED_EVERY
