"""Listening: who holds a link is let into the gallery, and nothing about them is kept."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rooms.bell import Bell
from rooms.errors import NoSuchRoom, NotAdmitted
from rooms.group import Group
from rooms.ids import RoomId
from rooms.outlets import OutletState
from rooms.plan import Admission
from rooms.playing import Playback
from rooms.ports import Airwaves, Packet
from rooms.records import Records, Store
from rooms.room import AHEAD, ON_AIR, OVER, Room, RoomState
from rooms.stage import Stage

LONGEST_PROGRAMME = 1000
"""Talks of a programme at most, as a page shows it."""

_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


class Stages:
    """What is seen of the calls of rooms on air, in memory only: who is there, what plays, where it goes."""

    def __init__(self) -> None:
        self.changed = Bell()
        self._stages: dict[RoomId, Stage] = {}
        self._playbacks: dict[RoomId, Playback] = {}
        self._outlets: dict[RoomId, dict[str, OutletState]] = {}

    def set(self, room: RoomId, stage: Stage) -> None:
        """Somebody came, went or spoke."""
        self._stages[room] = stage
        self.changed.ring()

    def set_playback(self, room: RoomId, playback: Playback) -> None:
        """Another sound plays, or waits, than before."""
        self._playbacks[room] = playback
        self.changed.ring()

    def set_outlet(self, room: RoomId, name: str, state: OutletState) -> None:
        """A server elsewhere takes the sound, or does not any more."""
        self._outlets.setdefault(room, {})[name] = state
        self.changed.ring()

    def clear(self, room: RoomId) -> None:
        """The room is over."""
        all_known: tuple[dict[RoomId, Any], ...] = (self._stages, self._playbacks, self._outlets)
        forgotten = [known.pop(room, None) for known in all_known]
        if forgotten != [None] * len(all_known):
            self.changed.ring()

    @property
    def rooms(self) -> tuple[RoomId, ...]:
        """The rooms of whose stages something is known."""
        return tuple(self._stages)

    def of(self, room: RoomId) -> Stage:
        """Who is on stage; an empty stage when nothing is known."""
        return self._stages.get(room, Stage())

    @property
    def restreamed(self) -> tuple[RoomId, ...]:
        """The rooms of whose outlets something is known."""
        return tuple(self._outlets)

    def playback(self, room: RoomId) -> Playback:
        """What plays; nothing when nothing is known."""
        return self._playbacks.get(room, Playback())

    def outlets(self, room: RoomId) -> Mapping[str, OutletState]:
        """How the servers elsewhere do, by the outlets' names; without those of which nothing is known."""
        return self._outlets.get(room, {})


@dataclass(frozen=True, slots=True)
class View:
    """What a listener may see of a room."""

    room: Room
    stage: Stage
    group: Group | None

    @property
    def is_admitted(self) -> bool:
        """Whether who holds the link may hear the room: not if it is for members or for the invited alone."""
        return self.room.plan.admission is Admission.OPEN


class Gallery:
    """Everything the listeners' side may ask; it learns nothing about who asks."""

    def __init__(self, store: Store, airwaves: Airwaves, stages: Stages) -> None:
        self._store = store
        self._airwaves = airwaves
        self._stages = stages
        self._changed = Bell()
        self._views: dict[str, tuple[int, View]] = {}
        self._looking = asyncio.Lock()
        store.committed.chain(self._changed)
        stages.changed.chain(self._changed)

    async def view(self, listen_key: str) -> View:
        """The room behind a link as it is now; a thousand listeners who look at once cost one look.

        Raises:
            NoSuchRoom: no such link, or its room was never announced.
        """
        async with self._looking:
            rings = self._changed.rings
            seen_at, view = self._views.get(listen_key, (-1, None))
            if view is None or seen_at != rings:
                self._views = {key: seen for key, seen in self._views.items() if seen[0] == rings}
                view = await self._look(listen_key)
                self._views[listen_key] = (rings, view)
        return view

    async def views(self, listen_key: str) -> AsyncIterator[View]:
        """The room now and after each change, until it is over; raises `NoSuchRoom`."""
        last: View | None = None
        while last is None or not last.room.is_over:
            ring = self._changed.next_ring()
            view = await self.view(listen_key)
            if view != last:
                last = view
                yield view
            else:
                await ring.wait()

    @asynccontextmanager
    async def sound(self, listen_key: str) -> AsyncIterator[AsyncIterator[Packet]]:
        """The packets, from now on, of the room behind a link.

        Raises:
            NoSuchRoom: no such link, or its room was never announced.
            NotAdmitted: the link alone does not open this room.
        """
        view = await self.view(listen_key)
        if not view.is_admitted:
            raise NotAdmitted(view.room.plan.admission)
        async with self._airwaves.listen(view.room.id) as packets:
            yield packets

    async def programme(self, programme_key: str) -> tuple[Group, Sequence[Room]]:
        """A group's talks on air and ahead, earliest first; raises `NoSuchRoom` for an unknown link."""
        async with self._store.reading() as records:
            group = await _group_behind(programme_key, records)
            return group, await records.rooms.in_states(AHEAD | ON_AIR, group.chat, limit=LONGEST_PROGRAMME)

    async def calendar(
        self, programme_key: str, since: datetime, topic: str | None = None
    ) -> tuple[Group, Sequence[Room]]:
        """A group's talks of which some part lies after an instant, whatever became of them, earliest first.

        Args:
            programme_key: the unguessable part of the group's link.
            since: the instant.
            topic: which talks; None for all.

        Raises:
            NoSuchRoom: no such link.
        """
        async with self._store.reading() as records:
            group = await _group_behind(programme_key, records)
            rooms = await records.rooms.between(group.chat, AHEAD | ON_AIR | OVER, since, _END_OF_TIME)
        return group, [room for room in rooms if topic in (None, room.plan.topic)]

    async def _look(self, listen_key: str) -> View:
        async with self._store.reading() as records:
            room = await records.rooms.by_listen_key(listen_key)
            group = await records.groups.find(room.plan.chat)
        if room.state is RoomState.DRAFT:
            raise NoSuchRoom
        return View(room, self._stages.of(room.id), group)


async def _group_behind(programme_key: str, records: Records) -> Group:
    group = await records.groups.by_programme_key(programme_key)
    if group is None:
        raise NoSuchRoom
    return group
