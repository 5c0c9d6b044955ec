"""Rooms, series and what hangs on a room, in memory."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from rooms.before import Before
from rooms.cards import Card
from rooms.errors.gallery import GalleryClosed
from rooms.errors.talks import NoSuchRoom
from rooms.ids import ChatId, PersonId, RoomId, SeriesId
from rooms.measures import Measure
from rooms.plan import Plan
from rooms.recurrence import Recurrence
from rooms.room import Occurrence, Room, RoomState
from rooms.series import Series
from tests.fakes.memory.tables import Tables


class MemoryRooms:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = tables.rooms

    async def add(
        self, plan: Plan, listen_key: str, at: datetime, occurrence: Occurrence | None = None
    ) -> Room:
        number = RoomId(self._tables.number("rooms"))
        self.rows[number] = Room(number, plan, RoomState.DRAFT, listen_key, at, occurrence=occurrence)
        return self.rows[number]

    async def get(self, room: RoomId) -> Room:
        if room not in self.rows:
            raise NoSuchRoom
        return self.rows[room]

    async def find(self, room: RoomId) -> Room | None:
        return self.rows.get(room)

    async def by_listen_key(self, key: str) -> Room:
        for room in self.rows.values():
            if room.listen_key == key and room.is_gallery_open:
                return room
            if room.listen_key == key:
                raise GalleryClosed
        raise GalleryClosed if key in self._tables.dead_links else NoSuchRoom

    async def let_die(self, room: RoomId, key: str) -> None:
        self._tables.dead_links[key] = room

    async def save(self, room: Room) -> None:
        if room.id in self.rows:
            self.rows[room.id] = room

    async def remove(self, room: RoomId) -> None:
        self._tables.forget_room(room)

    async def in_states(
        self,
        states: Collection[RoomState],
        chat: ChatId | None = None,
        limit: int = 100,
        *,
        topic: str | None = None,
    ) -> Sequence[Room]:
        return self._where(
            lambda room: (
                room.state in states and chat in (None, room.plan.chat) and topic in (None, room.plan.topic)
            )
        )[:limit]

    async def topics(self, states: Collection[RoomState], chat: ChatId, limit: int = 100) -> Sequence[str]:
        rooms = await self.in_states(states, chat, limit)
        counted = Counter(room.plan.topic for room in rooms if room.plan.topic is not None)
        return [topic for topic, _ in counted.most_common()]

    async def between(
        self, chat: ChatId, states: Collection[RoomState], begin: datetime, end: datetime
    ) -> Sequence[Room]:
        return self._where(
            lambda room: (
                room.state in states
                and room.plan.chat == chat
                and room.plan.starts_at < end
                and begin < room.plan.ends_at
            )
        )

    async def latest(self, chat: ChatId, states: Collection[RoomState], limit: int) -> Sequence[Room]:
        found = self._where(lambda room: room.state in states and room.plan.chat == chat)
        return found[::-1][:limit]

    async def of_series(self, series: SeriesId) -> Sequence[Room]:
        made = [
            (room.occurrence.at, room.id)
            for room in self.rows.values()
            if room.occurrence is not None and room.occurrence.series == series
        ]
        return [self.rows[number] for _at, number in sorted(made)]

    async def keep_before(self, before: Before) -> None:
        self._tables.befores[before.room] = before

    async def before(self, room: RoomId) -> Before | None:
        return self._tables.befores.get(room)

    async def forget_before(self, room: RoomId) -> None:
        self._tables.befores.pop(room, None)

    def _where(self, fits: Callable[[Room], bool]) -> list[Room]:
        found = [room for room in self.rows.values() if fits(room)]
        return sorted(found, key=lambda room: (room.plan.starts_at, room.id))


class MemorySeries:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = tables.series

    async def add(self, plan: Plan, recurrence: Recurrence) -> Series:
        number = SeriesId(self._tables.number("series"))
        self.rows[number] = Series(number, plan, recurrence)
        return self.rows[number]

    async def find(self, series: SeriesId) -> Series | None:
        return self.rows.get(series)

    async def save(self, series: Series) -> None:
        if series.id in self.rows:
            self.rows[series.id] = series

    async def remove(self, series: SeriesId) -> None:
        self.rows.pop(series, None)
        for room in list(self._tables.rooms.values()):
            if room.occurrence is not None and room.occurrence.series == series:
                self._tables.rooms[room.id] = replace(room, occurrence=None)

    async def going_on(self, chat: ChatId | None = None) -> Sequence[Series]:
        return [row for row in self.rows.values() if not row.is_over and chat in (None, row.plan.chat)]


class MemoryCards:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.cards

    async def save(self, card: Card) -> None:
        self.rows[card.room, card.chat] = card

    async def find(self, room: RoomId, chat: ChatId) -> Card | None:
        return self.rows.get((room, chat))

    async def of(self, room: RoomId) -> Sequence[Card]:
        return [self.rows[key] for key in sorted(self.rows) if key[0] == room]

    async def below(self, chat: ChatId) -> Sequence[Card]:
        return [
            self.rows[key] for key in sorted(self.rows) if key[1] == chat and self.rows[key].is_on_top is None
        ]

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        self.rows.pop((room, chat), None)


class MemoryMeasures:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = tables.measures

    async def save(self, measure: Measure) -> None:
        self.rows[measure.room] = measure

    async def find(self, room: RoomId) -> Measure | None:
        return self.rows.get(room)

    async def speakers(self, chat: ChatId) -> frozenset[PersonId]:
        return frozenset(
            time.person
            for measure in self.rows.values()
            for time in measure.talk_times
            if self._tables.rooms[measure.room].plan.chat == chat
        )
