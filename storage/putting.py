"""Putting a row on record in the place of the one with the same key."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection


async def put(connection: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    """Insert the row, or let it replace the values of the one that has its primary key."""
    new = insert(table).values(row)
    values = {column: value for column, value in row.items() if not table.c[column].primary_key}
    await connection.execute(new.on_conflict_do_update(index_elements=table.primary_key.columns, set_=values))
