"""Where the announcements stand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.cards import Card
from rooms.ids import ChatId, MessageId, RoomId
from storage import schema
from storage.putting import put

_table = schema.cards
_FIND = select(_table).where(_table.c.room == bindparam("room"), _table.c.chat == bindparam("chat"))
"""Built once, as it is asked for every letter and building takes longer than asking."""


class SqlCards:
    """Fulfils the `Cards` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, card: Card) -> None:
        """Put a card on record, in the place of an earlier one of the same room and chat."""
        row = {
            "room": card.room,
            "chat": card.chat,
            "message": card.message,
            "picture": card.picture,
            "is_on_top": card.is_on_top,
        }
        await put(self._connection, _table, row)

    async def find(self, room: RoomId, chat: ChatId) -> Card | None:
        """The card of a room in a chat."""
        row = (await self._connection.execute(_FIND, {"room": room, "chat": chat})).one_or_none()
        return None if row is None else _from_row(row)

    async def of(self, room: RoomId) -> Sequence[Card]:
        """All cards of a room."""
        cards = select(_table).where(_table.c.room == room).order_by(_table.c.chat)
        return [_from_row(row) for row in await self._connection.execute(cards)]

    async def below(self, chat: ChatId) -> Sequence[Card]:
        """The cards in a chat that the bot was not allowed to keep on top."""
        cards = (
            select(_table).where(_table.c.chat == chat, _table.c.is_on_top.is_(None)).order_by(_table.c.room)
        )
        return [_from_row(row) for row in await self._connection.execute(cards)]

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """The card is no more."""
        await self._connection.execute(delete(_table).where(_table.c.room == room, _table.c.chat == chat))


def _from_row(row: Row[Any]) -> Card:
    return Card(RoomId(row.room), ChatId(row.chat), MessageId(row.message), row.picture, row.is_on_top)
