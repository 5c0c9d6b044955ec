"""Putting a row on record in the place of the one with the same key."""

from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection


async def put(connection: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    """Insert the row, or let it replace the values of the one that has its primary key."""
    await connection.execute(_putting(table, tuple(row)), row)


@cache
def _putting(table: Table, columns: tuple[str, ...]) -> Insert:
    """Built once, since building takes longer than asking."""
    new = insert(table).values({column: bindparam(column) for column in columns})
    values = {column: new.excluded[column] for column in columns if not table.c[column].primary_key}
    return new.on_conflict_do_update(index_elements=table.primary_key.columns, set_=values)
