"""What is on record about a chat, found by the marks of the schema: renumbered, counted or removed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId
from storage import schema
from storage.marks import marked


async def renumber(connection: AsyncConnection, old: ChatId, new: ChatId) -> None:
    """Let everything follow from one chat to another; messages stay behind, and their cards are forgotten."""
    for column in _columns("chat"):
        here = column == old
        if "stays" in column.info:
            await connection.execute(delete(column.table).where(here))
        else:
            # What the new chat has under the same key gives way.
            move = update(column.table).prefix_with("OR REPLACE").where(here)
            await connection.execute(move.values({column: new}))
    await _rewrite(connection, lambda chats: [new if chat == old else chat for chat in chats])


async def remove(connection: AsyncConnection, chat: ChatId) -> None:
    """Forget everything about a chat; what hangs on its talks goes with them."""
    for column in _columns("chat"):
        await connection.execute(delete(column.table).where(column == chat))
    await _rewrite(connection, lambda chats: [other for other in chats if other != chat])


async def count(connection: AsyncConnection, chat: ChatId) -> list[tuple[str, int]]:
    """How many rows each table has about a chat or about its talks; tables without any are left out."""
    counts = []
    for table in schema.metadata.sorted_tables:
        where = list(_is_about(table, chat))
        if where:
            rows = await connection.scalar(select(func.count()).select_from(table).where(or_(*where)))
            counts.append((table.name, rows or 0))
    return [(name, rows) for name, rows in counts if rows]


def _columns(mark: str) -> Iterator[Column[Any]]:
    for table in schema.metadata.sorted_tables:
        yield from marked(table, mark)


def _is_about(table: Table, chat: ChatId) -> Iterator[ColumnElement[bool]]:
    for column in marked(table, "chat"):
        yield column == chat
    for column in table.columns:
        if any(key.references(schema.rooms) for key in column.foreign_keys):
            yield column.in_(select(schema.rooms.c.id).where(schema.rooms.c.chat == chat))


async def _rewrite(connection: AsyncConnection, edit: Callable[[list[int]], list[int]]) -> None:
    """Edit the lists of chats wherever that changes them."""
    for column in _columns("chats"):
        key = column.table.primary_key.columns
        rows = await connection.execute(select(*key, column).where(column != "[]"))
        for *values, text in rows.all():
            before = json.loads(text)
            after = list(dict.fromkeys(edit(before)))
            if after != before:
                where = [part == value for part, value in zip(key, values, strict=True)]
                await connection.execute(
                    update(column.table).where(*where).values({column: json.dumps(after)})
                )
