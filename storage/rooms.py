"""The rooms on record."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.errors import NoSuchRoom
from rooms.ids import ChatId, RoomId
from rooms.room import Plan, Room, RoomState
from storage import schema

_PLAN = ("chat", "thread", "title", "topic", "host", "host_name", "starts_at", "duration")
_table = schema.rooms


class SqlRooms:
    """Fulfils the `Rooms` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, plan: Plan, listen_key: str) -> Room:
        """Put a new draft on record and number it."""
        draft = Room(RoomId(0), plan, RoomState.DRAFT, listen_key)
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
        row = (await self._connection.execute(select(_table).where(_table.c.id == room))).one_or_none()
        return None if row is None else _from_row(row)

    async def by_listen_key(self, key: str) -> Room:
        """The room whose gallery link has this key; raises `NoSuchRoom`."""
        row = (await self._connection.execute(select(_table).where(_table.c.listen_key == key))).one_or_none()
        if row is None:
            raise NoSuchRoom
        return _from_row(row)

    async def save(self, room: Room) -> None:
        """Replace the room on record by this value."""
        await self._connection.execute(update(_table).where(_table.c.id == room.id).values(_to_row(room)))

    async def remove(self, room: RoomId) -> None:
        """Forget the room; the schema lets its jobs, notices and recording go with it."""
        await self._connection.execute(delete(_table).where(_table.c.id == room))

    async def in_states(
        self, states: Collection[RoomState], chat: ChatId | None = None, limit: int = 100
    ) -> Sequence[Room]:
        """Rooms in any of the states, of one chat or of all, earliest start first."""
        query = select(_table).where(_table.c.state.in_([state.value for state in states]))
        if chat is not None:
            query = query.where(_table.c.chat == chat)
        rows = await self._connection.execute(query.order_by(_table.c.starts_at, _table.c.id).limit(limit))
        return [_from_row(row) for row in rows]


def _to_row(room: Room) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(room.plan, name) for name in _PLAN}
    row.update(
        state=room.state.value,
        listen_key=room.listen_key,
        card=room.card,
    )
    return row


def _from_row(row: Row[Any]) -> Room:
    plan = Plan(**{name: getattr(row, name) for name in _PLAN})
    return Room(RoomId(row.id), plan, RoomState(row.state), row.listen_key, row.card)
