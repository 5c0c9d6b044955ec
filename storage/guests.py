"""Who comes, and who wants to be reminded."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.guests import Guest
from rooms.ids import PersonId, RoomId
from storage import schema
from storage.putting import put

_table = schema.guests
_OF = (
    select(_table)
    .where(_table.c.room == bindparam("room"))
    .order_by(_table.c.coming_since.nulls_last(), _table.c.person)
)
"""Built once, as it is asked for every letter and building takes longer than asking."""


class SqlGuests:
    """Fulfils the `Guests` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, guest: Guest) -> None:
        """Put on record what somebody asked of a room; one who asks for nothing is forgotten."""
        row = {
            "room": guest.room,
            "person": guest.person,
            "coming_since": guest.coming_since,
            "wants_reminder": guest.wants_reminder,
        }
        if guest.is_nobody:
            where = (_table.c.room == guest.room, _table.c.person == guest.person)
            await self._connection.execute(delete(_table).where(*where))
        else:
            await put(self._connection, _table, row)

    async def find(self, room: RoomId, person: PersonId) -> Guest | None:
        """What somebody asked of a room."""
        where = (_table.c.room == room, _table.c.person == person)
        row = (await self._connection.execute(select(_table).where(*where))).one_or_none()
        return None if row is None else _from_row(row)

    async def of(self, room: RoomId) -> Sequence[Guest]:
        """Everybody who asked something of a room: who comes, in the order of saying so, then the others."""
        return [_from_row(row) for row in await self._connection.execute(_OF, {"room": room})]

    async def coming(self, room: RoomId) -> int:
        """How many come to a room, the waiting list included."""
        coming = select(func.count(_table.c.coming_since)).where(_table.c.room == room)
        return await self._connection.scalar(coming) or 0


def _from_row(row: Row[Any]) -> Guest:
    return Guest(RoomId(row.room), PersonId(row.person), row.coming_since, row.wants_reminder)
