"""Whose voice may be kept."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.consents import Consent
from rooms.ids import ChatId, PersonId
from storage import schema
from storage.putting import put

_table = schema.consents


class SqlConsents:
    """Fulfils the `Consents` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, chat: ChatId, person: PersonId) -> Consent | None:
        """What somebody answered, if they did."""
        theirs = select(_table).where(_table.c.chat == chat, _table.c.person == person)
        row = (await self._connection.execute(theirs)).one_or_none()
        return None if row is None else _from_row(row)

    async def of(self, chat: ChatId) -> Sequence[Consent]:
        """All answers in a group, by people's names."""
        given = select(_table).where(_table.c.chat == chat).order_by(_table.c.name, _table.c.person)
        return [_from_row(row) for row in await self._connection.execute(given)]

    async def by(self, person: PersonId) -> Sequence[Consent]:
        """All answers of somebody, in the order of the groups' numbers."""
        given = select(_table).where(_table.c.person == person).order_by(_table.c.chat)
        return [_from_row(row) for row in await self._connection.execute(given)]

    async def save(self, consent: Consent) -> None:
        """Put an answer on record, in the place of an earlier one."""
        row = {
            "chat": consent.chat,
            "person": consent.person,
            "name": consent.name,
            "agrees": consent.agrees,
            "at": consent.at,
        }
        await put(self._connection, _table, row)


def _from_row(row: Row[Any]) -> Consent:
    return Consent(ChatId(row.chat), PersonId(row.person), row.name, row.agrees, row.at)
