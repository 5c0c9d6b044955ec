"""Conversations on their way, one a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.dialogues import Dialogue
from rooms.ids import ChatId, PersonId
from storage import schema
from storage.putting import put

_table = schema.dialogues


class SqlDialogues:
    """Fulfils the `Dialogues` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, dialogue: Dialogue) -> None:
        """Put a dialogue on record, in the place of the person's earlier one."""
        row = {
            "person": dialogue.person,
            "group": dialogue.group,
            "kind": dialogue.kind,
            "state": dialogue.state,
            "message": dialogue.message,
            "changed_at": dialogue.changed_at,
        }
        await put(self._connection, _table, row)

    async def find(self, person: PersonId) -> Dialogue | None:
        """The person's dialogue."""
        found = select(_table).where(_table.c.person == person)
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _from_row(row)

    async def end(self, person: PersonId) -> None:
        """The dialogue is over."""
        await self._connection.execute(delete(_table).where(_table.c.person == person))

    async def forget_older(self, instant: datetime) -> None:
        """Forget dialogues in which nothing was said since the instant."""
        await self._connection.execute(delete(_table).where(_table.c.changed_at < instant))


def _from_row(row: Row[Any]) -> Dialogue:
    return Dialogue(PersonId(row.person), ChatId(row.group), row.kind, row.state, row.message, row.changed_at)
