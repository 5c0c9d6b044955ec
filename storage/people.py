"""Whom the bot may write to."""

from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import PersonId
from rooms.people import Person
from storage import schema
from storage.putting import put

_table = schema.people


class SqlPeople:
    """Fulfils the `People` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, person: Person) -> None:
        """Put somebody on record, or replace what was known; a user name is whose it was seen to be last."""
        row: dict[str, Any] = {"id": person.id, "name": person.name}
        row |= {"username": person.username, "language": person.language}
        if person.username is not None:
            another = (_table.c.username == person.username, _table.c.id != person.id)
            await self._connection.execute(update(_table).where(*another).values(username=None))
        await put(self._connection, _table, row)

    async def find(self, person: PersonId) -> Person | None:
        """Somebody who may be written to."""
        return await self._first(_table.c.id == person)

    async def by_username(self, username: str) -> Person | None:
        """Somebody by user name, in small letters without @."""
        return await self._first(_table.c.username == username)

    async def remove(self, person: PersonId) -> None:
        """The person does not want to be written to any more."""
        await self._connection.execute(delete(_table).where(_table.c.id == person))

    async def _first(self, condition: ColumnElement[bool]) -> Person | None:
        row = (await self._connection.execute(select(_table).where(condition))).one_or_none()
        return None if row is None else Person(PersonId(row.id), row.name, row.username, row.language)
