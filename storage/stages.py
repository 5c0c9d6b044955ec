"""What is on record of talks' stages: raised hands, and where the boards stand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.boards import Board
from rooms.hands import Hand
from rooms.ids import ChatId, MessageId, PersonId, RoomId
from storage import schema
from storage.putting import put

_hands = schema.hands
_boards = schema.boards


class SqlHands:
    """Fulfils the `Hands` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, room: RoomId) -> Sequence[Hand]:
        """A talk's raised hands, in the order in which they were raised."""
        raised = select(_hands).where(_hands.c.room == room).order_by(_hands.c.raised_at, _hands.c.person)
        return [
            Hand(PersonId(row.person), row.name, row.raised_at, row.is_in_call)
            for row in await self._connection.execute(raised)
        ]

    async def save(self, room: RoomId, hand: Hand) -> None:
        """Put a hand on record, or replace what was known of it."""
        row = {
            "room": room,
            "person": hand.person,
            "name": hand.name,
            "raised_at": hand.raised_at,
            "is_in_call": hand.is_in_call,
        }
        await put(self._connection, _hands, row)

    async def remove(self, room: RoomId, person: PersonId) -> None:
        """Somebody's hand is down; no error when it was."""
        theirs = (_hands.c.room == room) & (_hands.c.person == person)
        await self._connection.execute(delete(_hands).where(theirs))


class SqlBoards:
    """Fulfils the `Boards` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, room: RoomId) -> Sequence[Board]:
        """A talk's boards, one in a chat at most."""
        return await self._found(select(_boards).where(_boards.c.room == room).order_by(_boards.c.chat))

    async def everywhere(self) -> Sequence[Board]:
        """All boards that stand, of talks that are on or were when they were last edited."""
        return await self._found(select(_boards).order_by(_boards.c.room, _boards.c.chat))

    async def save(self, board: Board) -> None:
        """Put a board on record, or replace the one in its chat."""
        row = {"room": board.room, "chat": board.chat, "message": board.message}
        await put(self._connection, _boards, row)

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """Forget a board; no error when it is gone already."""
        here = (_boards.c.room == room) & (_boards.c.chat == chat)
        await self._connection.execute(delete(_boards).where(here))

    async def _found(self, standing: Select[Any]) -> Sequence[Board]:
        return [
            Board(RoomId(row.room), ChatId(row.chat), MessageId(row.message))
            for row in await self._connection.execute(standing)
        ]
