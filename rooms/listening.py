"""Listening: who holds a link is let into the gallery, and nothing about them is kept."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from rooms.audience import SILENCE, Murmur
from rooms.bell import Bell
from rooms.errors.gallery import NoCover
from rooms.errors.recording import NotRecorded
from rooms.errors.rights import NotAdmitted
from rooms.errors.talks import NoSuchRoom
from rooms.group import Group
from rooms.ids import RoomId
from rooms.outlets import OutletState
from rooms.plan import Admission
from rooms.playing import Playback
from rooms.ports import Airwaves, Covers, Packet
from rooms.questions import Question, shown
from rooms.records import Records, Store
from rooms.replays import EMPTY, Replay, Shelf, shelf_of
from rooms.room import AHEAD, ON_AIR, OVER, UNFINISHED, Room, RoomState
from rooms.stage import Stage

LONGEST_PROGRAMME = 1000
"""Talks of a programme at most, as a page shows it."""

MOST_REPLAYS = 200
"""Recordings among which replays are looked for."""

_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


class Stages:
    """What is seen of rooms on air, in memory only: who is there, what plays, where it goes, who murmurs."""

    def __init__(self) -> None:
        self.changed = Bell()
        self._stages: dict[RoomId, Stage] = {}
        self._murmurs: dict[RoomId, Murmur] = {}
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

    def set_murmur(self, room: RoomId, murmur: Murmur) -> None:
        """The gallery is heard otherwise than before; a murmur of nothing is none."""
        self._murmurs[room] = murmur
        if murmur == SILENCE:
            del self._murmurs[room]
        self.changed.ring()

    def clear(self, room: RoomId) -> None:
        """The room is over."""
        all_known: tuple[dict[RoomId, Any], ...] = (
            self._stages,
            self._playbacks,
            self._outlets,
            self._murmurs,
        )
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
    def murmuring(self) -> tuple[RoomId, ...]:
        """The rooms of whose galleries something is heard."""
        return tuple(self._murmurs)

    def murmur(self, room: RoomId) -> Murmur:
        """What is heard of the gallery; nothing when there is nothing, or little."""
        return self._murmurs.get(room, SILENCE)

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
    """What a listener may see of a room; `has_ticket` of one who showed a ticket for it."""

    room: Room
    stage: Stage
    group: Group | None
    has_ticket: bool = False
    shelf: Shelf = EMPTY
    murmur: Murmur = SILENCE
    questions: tuple[Question, ...] = ()
    """Those that are shown, in their order."""

    @property
    def is_admitted(self) -> bool:
        """Whether they may hear the room: by the link alone if it is open, else with a ticket."""
        return self.has_ticket or self.room.plan.admission is Admission.OPEN

    @property
    def replay(self) -> Replay | None:
        """What they may hear again."""
        return self.shelf.replay if self.is_admitted else None

    @property
    def is_replay_due(self) -> bool:
        """Whether there will be a replay for them soon, and is none yet."""
        return self.shelf.is_due and self.is_admitted

    @property
    def takes_questions(self) -> bool:
        """Whether they may ask: as long as there is or will be something to hear."""
        return self.is_admitted and self.room.state in UNFINISHED

    @property
    def takes_reactions(self) -> bool:
        """Whether there is somebody who feels them."""
        return self.is_admitted and self.room.state is RoomState.LIVE


class Gallery:
    """Everything the listeners' side may ask; it learns nothing about who asks."""

    def __init__(
        self, store: Store, airwaves: Airwaves, stages: Stages, covers: Covers | None = None
    ) -> None:
        self._covers = covers
        self._store = store
        self._airwaves = airwaves
        self._stages = stages
        self._changed = Bell()
        self._recorded = Bell()
        self._views: dict[str, tuple[int, View]] = {}
        self._on_air: tuple[int, Sequence[Room]] = (-1, ())
        self._looking = asyncio.Lock()
        store.committed.chain(self._changed)
        store.committed.chain(self._recorded)
        stages.changed.chain(self._changed)

    async def view(self, listen_key: str) -> View:
        """The room behind a link as it is now; a thousand listeners who look at once cost one look.

        Raises:
            NoSuchRoom: no such link, or its room was never announced; `GalleryClosed`: it is dead.
        """
        async with self._looking:
            rings = self._changed.rings
            seen_at, view = self._views.get(listen_key, (-1, None))
            if view is None or seen_at != rings:
                self._views = {key: seen for key, seen in self._views.items() if seen[0] == rings}
                view = await self._look(listen_key)
                self._views[listen_key] = (rings, view)
        return view

    async def admitted(self, listen_key: str) -> View:
        """The room behind a link that suffices to hear it; raises `NotAdmitted`, and as `view`."""
        view = await self.view(listen_key)
        if not view.is_admitted:
            raise NotAdmitted(view.room.plan.admission)
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

    async def on_air(self) -> AsyncIterator[Sequence[Room]]:
        """The rooms that can be heard from the gallery, now and after each change, for ever."""
        last: Sequence[Room] | None = None
        while True:
            ring = self._recorded.next_ring()
            rooms = await self._heard()
            if rooms != last:
                last = rooms
                yield rooms
            else:
                await ring.wait()

    @asynccontextmanager
    async def sound(
        self, listen_key: str, *, has_ticket: bool = False
    ) -> AsyncIterator[AsyncIterator[Packet]]:
        """The packets, from now on, of the room behind a link, for those who showed a ticket or for all.

        Raises:
            NoSuchRoom: no such link, or its room was never announced.
            NotAdmitted: the link alone does not open this room.
        """
        view = replace(await self.view(listen_key), has_ticket=has_ticket)
        if not view.is_admitted:
            raise NotAdmitted(view.room.plan.admission)
        async with self._airwaves.listen(view.room.id) as packets:
            yield packets

    async def replay(self, listen_key: str, edition: int) -> Replay:
        """What may be heard again, by the link alone, of a room that is over, as it was mastered that time.

        Raises:
            NoSuchRoom: no such link, or its room was never announced.
            NotAdmitted: the link alone does not open this room.
            NotRecorded: there is no replay, not yet, no more, or another one by now.
        """
        view = await self.admitted(listen_key)
        if view.replay is None or view.replay.recording.edition != edition:
            raise NotRecorded
        return view.replay

    async def cover(self, listen_key: str) -> bytes:
        """The cover of the room behind a link, as a JPEG; raises `NoSuchRoom` and `NoCover`."""
        view = await self.view(listen_key)
        if self._covers is None:
            raise NoCover
        return await self._covers.cover(view.room, view.group)

    async def square_cover(self, listen_key: str) -> bytes:
        """The same on a square ground, as podcast apps want it; raises `NoSuchRoom` and `NoCover`."""
        view = await self.view(listen_key)
        if self._covers is None:
            raise NoCover
        return await self._covers.square(view.room, view.group)

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

    async def replays(
        self, programme_key: str, topic: str | None = None
    ) -> tuple[Group, Sequence[tuple[Room, Replay]]]:
        """What everybody may hear again of a group's latest talks, or of those on a topic, latest first.

        Raises:
            NoSuchRoom: no such link.
        """
        async with self._store.reading() as records:
            group = await _group_behind(programme_key, records)
            found = []
            for recording in (await records.recordings.of(group.chat))[:MOST_REPLAYS]:
                room = await records.rooms.get(recording.room)
                if room.is_heard_by_link and topic in (None, room.plan.topic):
                    found.append((room, await shelf_of(records, room)))
        return group, [(room, shelf.replay) for room, shelf in found if shelf.replay is not None]

    async def _heard(self) -> Sequence[Room]:
        """The rooms that can be heard; all who ask after a change are answered by one look."""
        async with self._looking:
            rings = self._recorded.rings
            if self._on_air[0] != rings:
                async with self._store.reading() as records:
                    found = await records.rooms.in_states(ON_AIR, limit=LONGEST_PROGRAMME)
                self._on_air = rings, [room for room in found if room.is_gallery_open]
        return self._on_air[1]

    async def _look(self, listen_key: str) -> View:
        async with self._store.reading() as records:
            room = await records.rooms.by_listen_key(listen_key)
            group = await records.groups.find(room.plan.chat)
            questions = tuple(shown(await records.questions.of(room.id)))
            shelf = await shelf_of(records, room)
        if room.state is RoomState.DRAFT:
            raise NoSuchRoom
        stage, murmur = self._stages.of(room.id), self._stages.murmur(room.id)
        return View(room, stage, group, shelf=shelf, murmur=murmur, questions=questions)


async def _group_behind(programme_key: str, records: Records) -> Group:
    group = await records.groups.by_programme_key(programme_key)
    if group is None:
        raise NoSuchRoom
    return group
