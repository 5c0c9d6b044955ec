"""Where recordings stand in chats."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId, MessageId, RoomId
from rooms.posts import Post
from storage import schema
from storage.putting import put

_table = schema.posts


class SqlPosts:
    """Fulfils the `Posts` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, room: RoomId) -> Sequence[Post]:
        """A room's posts, by place."""
        standing = select(_table).where(_table.c.room == room).order_by(_table.c.place)
        return [_from_row(row) for row in await self._connection.execute(standing)]

    async def at(self, chat: ChatId, message: MessageId) -> Post | None:
        """What of a recording this message holds, if it does."""
        there = select(_table).where(_table.c.chat == chat, _table.c.message == message)
        row = (await self._connection.execute(there)).first()
        return None if row is None else _from_row(row)

    async def save(self, post: Post) -> None:
        """Put a post on record, in the place of the room's one of the same place."""
        row = {
            "room": post.room,
            "place": post.place,
            "chat": post.chat,
            "message": post.message,
            "edition": post.edition,
        }
        await put(self._connection, _table, row)

    async def remove(self, room: RoomId, place: int) -> None:
        """The post is no more; no error when it is gone already."""
        here = (_table.c.room == room) & (_table.c.place == place)
        await self._connection.execute(delete(_table).where(here))


def _from_row(row: Row[Any]) -> Post:
    return Post(RoomId(row.room), row.place, ChatId(row.chat), MessageId(row.message), row.edition)
