"""The series on record."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId, SeriesId
from rooms.plan import Plan
from rooms.recurrence import Recurrence
from rooms.series import Series
from rooms.zones import zone_of
from storage import schema
from storage.plans import to_columns, to_plan

_table = schema.series


class SqlSeries:
    """Fulfils the `AllSeries` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, plan: Plan, recurrence: Recurrence) -> Series:
        """Put a series on record and number it."""
        row = _to_row(Series(SeriesId(0), plan, recurrence))
        return _from_row((await self._connection.execute(insert(_table).values(row).returning(_table))).one())

    async def find(self, series: SeriesId) -> Series | None:
        """The series, if it is on record."""
        row = (await self._connection.execute(select(_table).where(_table.c.id == series))).one_or_none()
        return None if row is None else _from_row(row)

    async def save(self, series: Series) -> None:
        """Replace the series on record by this value."""
        await self._connection.execute(update(_table).where(_table.c.id == series.id).values(_to_row(series)))

    async def remove(self, series: SeriesId) -> None:
        """Forget the series; the schema lets its occurrences stay as talks of their own."""
        await self._connection.execute(delete(_table).where(_table.c.id == series))

    async def going_on(self, chat: ChatId | None = None) -> Sequence[Series]:
        """The series that are not over, of one chat or of all, in the order in which they were made."""
        going_on = select(_table).where(_table.c.is_over.is_(False))
        if chat is not None:
            going_on = going_on.where(_table.c.chat == chat)
        return [_from_row(row) for row in await self._connection.execute(going_on.order_by(_table.c.id))]


def _to_row(series: Series) -> dict[str, Any]:
    return to_columns(series.plan) | {
        "rule": series.recurrence.rule,
        "first": series.recurrence.first,
        "zone": series.recurrence.zone.key,
        "is_over": series.is_over,
    }


def _from_row(row: Row[Any]) -> Series:
    recurrence = Recurrence(row.rule, row.first, zone_of(row.zone))
    return Series(SeriesId(row.id), to_plan(row), recurrence, row.is_over)
