"""Where talks go besides their own group: servers elsewhere, and other groups' calls."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.bridges import Bridge
from rooms.ids import ChatId, PersonId, RoomId
from rooms.outlets import Outlet
from storage import schema
from storage.putting import put

_outlets = schema.outlets
_bridges = schema.bridges


class SqlOutlets:
    """Fulfils the `Outlets` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, chat: ChatId) -> Sequence[Outlet]:
        """A group's outlets, by name."""
        known = select(_outlets).where(_outlets.c.chat == chat).order_by(_outlets.c.label)
        return [Outlet(row.label, row.url) for row in await self._connection.execute(known)]

    async def save(self, chat: ChatId, outlet: Outlet, by: PersonId) -> None:
        """Put an outlet on record, with who added it, or replace the group's one of this name."""
        row = {"chat": chat, "label": outlet.name, "url": outlet.url, "added_by": by}
        await put(self._connection, _outlets, row)

    async def added_by(self, chat: ChatId, name: str) -> PersonId | None:
        """Who added an outlet, `NOBODY` once they were forgotten; None when there is none."""
        here = (_outlets.c.chat == chat) & (_outlets.c.label == name)
        person = await self._connection.scalar(select(_outlets.c.added_by).where(here))
        return None if person is None else PersonId(person)

    async def remove(self, chat: ChatId, name: str) -> None:
        """Forget an outlet; no error when it is gone already."""
        here = (_outlets.c.chat == chat) & (_outlets.c.label == name)
        await self._connection.execute(delete(_outlets).where(here))


class SqlBridges:
    """Fulfils the `Bridges` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, room: RoomId) -> Sequence[Bridge]:
        """A talk's bridges, by chat."""
        known = select(_bridges).where(_bridges.c.room == room).order_by(_bridges.c.chat)
        return [_bridge(row) for row in await self._connection.execute(known)]

    async def into(self, chat: ChatId) -> Sequence[Bridge]:
        """The bridges into a chat, of the latest talk first."""
        known = select(_bridges).where(_bridges.c.chat == chat).order_by(_bridges.c.room.desc())
        return [_bridge(row) for row in await self._connection.execute(known)]

    async def save(self, bridge: Bridge) -> None:
        """Put a bridge on record, or replace what was known of it."""
        row = {"room": bridge.room, "chat": bridge.chat, "is_agreed": bridge.is_agreed}
        await put(self._connection, _bridges, row)

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """The talk is not carried there any more; no error when it was not."""
        here = (_bridges.c.room == room) & (_bridges.c.chat == chat)
        await self._connection.execute(delete(_bridges).where(here))


def _bridge(row: Row[Any]) -> Bridge:
    return Bridge(RoomId(row.room), ChatId(row.chat), row.is_agreed)
