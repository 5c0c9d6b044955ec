"""The rooms on record."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.before import Before
from rooms.errors.gallery import GalleryClosed
from rooms.errors.talks import NoSuchRoom
from rooms.ids import ChatId, RoomId, SeriesId
from rooms.plan import LONGEST, Plan
from rooms.room import Occurrence, Room, RoomState
from storage import schema
from storage.by_state import NO_LIMIT, rooms_in, topics_in
from storage.plans import to_columns, to_plan
from storage.putting import put

_table = schema.rooms
_befores = schema.befores
_dead_links = schema.dead_links
_FIND = select(_table).where(_table.c.id == bindparam("room"))
"""Built once, as it is asked most often and building takes longer than asking."""


class SqlRooms:
    """Fulfils the `Rooms` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, plan: Plan, listen_key: str, at: datetime, occurrence: Occurrence | None = None
    ) -> Room:
        """Put a new draft on record and number it."""
        draft = Room(RoomId(0), plan, RoomState.DRAFT, listen_key, at, occurrence=occurrence)
        row = await self._connection.execute(insert(_table).values(_to_row(draft)).returning(_table))
        return _from_row(row.one())

    async def get(self, room: RoomId) -> Room:
        """The room as it is now; raises `NoSuchRoom`."""
        found = await self.find(room)
        if found is None:
            raise NoSuchRoom
        return found

    async def find(self, room: RoomId) -> Room | None:
        """The room as it is now, if it is on record."""
        row = (await self._connection.execute(_FIND, {"room": room})).one_or_none()
        return None if row is None else _from_row(row)

    async def by_listen_key(self, key: str) -> Room:
        """The room whose gallery link has this key; raises `NoSuchRoom`, for a dead link `GalleryClosed`."""
        row = (await self._connection.execute(select(_table).where(_table.c.listen_key == key))).one_or_none()
        if row is None:
            dead = await self._connection.scalar(select(_dead_links.c.room).where(_dead_links.c.key == key))
            raise NoSuchRoom if dead is None else GalleryClosed
        if not row.is_gallery_open:
            raise GalleryClosed
        return _from_row(row)

    async def let_die(self, room: RoomId, key: str) -> None:
        """Remember of a link that it led to a room and does so no more."""
        await put(self._connection, _dead_links, {"key": key, "room": room})

    async def save(self, room: Room) -> None:
        """Replace the room on record by this value."""
        await self._connection.execute(update(_table).where(_table.c.id == room.id).values(_to_row(room)))

    async def remove(self, room: RoomId) -> None:
        """Forget the room; the schema lets all that hangs on it go with it."""
        await self._connection.execute(delete(_table).where(_table.c.id == room))

    async def in_states(
        self,
        states: Collection[RoomState],
        chat: ChatId | None = None,
        limit: int = 100,
        *,
        topic: str | None = None,
    ) -> Sequence[Room]:
        """Rooms in any of the states, of one chat or of all, of one topic or any, earliest start first."""
        return await self._in(states, limit, chat=chat, topic=topic)

    async def topics(self, states: Collection[RoomState], chat: ChatId, limit: int = 100) -> Sequence[str]:
        """The topics of a chat's first rooms in any of the states, those of most rooms first."""
        query = topics_in(frozenset(states))
        rows = await self._connection.execute(query, {"limit": limit, "chat": chat})
        return [row.topic for row in rows]

    async def between(
        self, chat: ChatId, states: Collection[RoomState], begin: datetime, end: datetime
    ) -> Sequence[Room]:
        """A chat's rooms in any of the states some part of which lies within, earliest start first."""
        # No plan lasts longer, so that the index finds them by their starts alone.
        rooms = await self._in(states, chat=chat, after=begin - LONGEST, before=end)
        return [room for room in rooms if room.plan.ends_at > begin]

    async def latest(self, chat: ChatId, states: Collection[RoomState], limit: int) -> Sequence[Room]:
        """A chat's rooms in any of the states, latest start first."""
        return await self._in(states, limit, latest_first=True, chat=chat)

    async def of_series(self, series: SeriesId) -> Sequence[Room]:
        """The occurrences of a series that were made, whatever became of them, in the order of the rule."""
        made = select(_table).where(_table.c.series == series)
        rows = await self._connection.execute(made.order_by(_table.c.occurrence_at, _table.c.id))
        return [_from_row(row) for row in rows]

    async def keep_before(self, before: Before) -> None:
        """Keep what a room was, in the place of what was kept of it."""
        row = to_columns(before.plan) | {
            "room": before.room,
            "state": before.state.value,
            "until": before.until,
            "occurrence_at": before.occurrence_at,
            "former": before.former,
        }
        await put(self._connection, _befores, row)

    async def before(self, room: RoomId) -> Before | None:
        """What the room was before its last change, if that is kept."""
        kept = select(_befores).where(_befores.c.room == room)
        row = (await self._connection.execute(kept)).one_or_none()
        if row is None:
            return None
        state = RoomState(row.state)
        return Before(room, to_plan(row), state, row.until, row.occurrence_at, row.former)

    async def forget_before(self, room: RoomId) -> None:
        """The change stands."""
        await self._connection.execute(delete(_befores).where(_befores.c.room == room))

    async def _in(
        self,
        states: Collection[RoomState],
        limit: int = NO_LIMIT,
        *,
        latest_first: bool = False,
        **narrowed_by: Any,
    ) -> Sequence[Room]:
        if not states:
            return []
        values = {name: value for name, value in narrowed_by.items() if value is not None}
        query = rooms_in(frozenset(states), frozenset(values), latest_first=latest_first)
        rows = await self._connection.execute(query, {"limit": limit, **values})
        return [_from_row(row) for row in rows]


def _to_row(room: Room) -> dict[str, Any]:
    occurrence = room.occurrence
    return to_columns(room.plan) | {
        "state": room.state.value,
        "listen_key": room.listen_key,
        "changed_at": room.changed_at,
        "revision": room.revision,
        "series": None if occurrence is None else occurrence.series,
        "occurrence_at": None if occurrence is None else occurrence.at,
        "own_thread": room.own_thread,
        "planned_call": room.planned_call,
        "turn": room.turn,
        "is_gallery_open": room.is_gallery_open,
        "first_key": room.first_key,
    }


def _from_row(row: Row[Any]) -> Room:
    return Room(
        RoomId(row.id),
        to_plan(row),
        RoomState(row.state),
        row.listen_key,
        row.changed_at,
        row.revision,
        None if row.series is None else Occurrence(SeriesId(row.series), row.occurrence_at),
        row.own_thread,
        row.planned_call,
        row.turn,
        row.is_gallery_open,
        row.first_key,
    )
