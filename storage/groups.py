"""The groups on record."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.group import Group
from rooms.ids import ChatId
from storage import schema

_table = schema.groups


class SqlGroups:
    """Fulfils the `Groups` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, group: Group) -> None:
        """Put the group on record, or replace what was known of it."""
        await self._connection.execute(delete(_table).where(_table.c.chat == group.chat))
        await self._connection.execute(insert(_table).values(_to_row(group)))

    async def find(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it is known."""
        return await self._first(_table.c.chat == chat)

    async def by_programme_key(self, key: str) -> Group | None:
        """The group whose programme page has this key."""
        return await self._first(_table.c.programme_key == key)

    async def _first(self, condition: ColumnElement[bool]) -> Group | None:
        row = (await self._connection.execute(select(_table).where(condition))).one_or_none()
        return None if row is None else _from_row(row)


def _to_row(group: Group) -> dict[str, Any]:
    return {
        "chat": group.chat,
        "title": group.title,
        "zone": group.zone.key,
        "language": group.language,
        "programme_key": group.programme_key,
    }


def _from_row(row: Row[Any]) -> Group:
    return Group(ChatId(row.chat), row.title, ZoneInfo(row.zone), row.language, row.programme_key)
