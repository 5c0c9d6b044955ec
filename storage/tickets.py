"""The keys that sign tickets, and who took one."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import PersonId, RoomId
from rooms.room import OVER
from rooms.ticket_keys import TicketKey
from storage import schema

_keys = schema.ticket_keys
_holders = schema.ticket_holders

_IS_OVER = schema.rooms.c.state.in_([state.value for state in OVER])
_CAN_BE_TAKEN_BACK = schema.rooms.c.id.in_(select(schema.befores.c.room))
_OVER = select(_keys.c.room).join(schema.rooms).where(_IS_OVER, ~_CAN_BE_TAKEN_BACK).order_by(_keys.c.room)
"""Built once, as it is asked after every commit."""


class SqlTickets:
    """Fulfils the `Tickets` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.has_forgotten = False
        self._connection = connection

    async def key(self, room: RoomId) -> TicketKey | None:
        """The room's key, if it was made."""
        row = (await self._connection.execute(select(_keys).where(_keys.c.room == room))).one_or_none()
        return None if row is None else TicketKey(room, row.public, row.private)

    async def save_key(self, key: TicketKey) -> None:
        """Put a room's key on record; a room has one for all its life."""
        row = {"room": key.room, "public": key.public, "private": key.private}
        await self._connection.execute(insert(_keys).values(row))

    async def give(self, room: RoomId, person: PersonId) -> bool:
        """Put on record that somebody takes their ticket; False if they took it before."""
        row = insert(_holders).values(room=room, person=person).on_conflict_do_nothing()
        return (await self._connection.execute(row)).rowcount == 1

    async def over(self) -> Sequence[RoomId]:
        """The rooms with keys that are over, and whose end can no more be taken back."""
        return [RoomId(room) for room in await self._connection.scalars(_OVER)]

    async def forget(self, room: RoomId) -> None:
        """Erase the room's key and all that is known of who took a ticket for it."""
        self.has_forgotten = True
        for table in (_holders, _keys):
            await self._connection.execute(delete(table).where(table.c.room == room))
