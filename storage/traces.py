"""All that is on record about somebody, found and erased by the marks of the schema."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Row, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import NOBODY, ChatId, PersonId
from rooms.repositories.traces import Holding, Trace
from storage import chats, receipt, schema
from storage.identity import Identity, identify, is_anywhere, is_theirs
from storage.marks import Erasure, companions, marked

STRUCK = "…"
"""Stands in a text where a name was."""


_COUNTS = select(
    *(
        select(func.count()).select_from(table).scalar_subquery().label(table.name)
        for table in schema.metadata.tables.values()
    )
)
"""Built once."""


class SqlTraces:
    """Fulfils the `Traces` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.has_erased = False
        self._connection = connection

    def holdings(self) -> Sequence[Holding]:
        """Every table there is, as the schema describes it."""
        return receipt.HOLDINGS

    async def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""
        counted = await self._connection.execute(_COUNTS)
        return dict(counted.mappings().one())

    async def of_person(self, person: PersonId) -> Sequence[Trace]:
        """Every row that names the person, without the numbers and names of others in it."""
        identity = await identify(self._connection, person)
        traces = []
        for table in schema.metadata.sorted_tables:
            where = list(is_anywhere(table, identity))
            if where:
                rows = await self._connection.execute(select(table).where(or_(*where)))
                traces += [Trace(table.name, tuple(_described(table, row, person))) for row in rows]
        return traces

    async def of_group(self, chat: ChatId) -> Sequence[tuple[str, int]]:
        """How many rows each table holds about a group or its talks; tables without any are left out."""
        return await chats.count(self._connection, chat)

    async def erase_person(self, person: PersonId) -> None:
        """No row names the person any more: what is theirs goes, what is the group's stays without a name."""
        self.has_erased = True
        identity = await identify(self._connection, person)
        for table in schema.metadata.sorted_tables:
            where = list(is_theirs(table, identity))
            if where:
                await self._connection.execute(delete(table).where(or_(*where)))
            for number in marked(table, "person"):
                if number.info["person"] is Erasure.NAME:
                    await self._strike(number, identity)
                    await self._blank(number, person)

    async def _strike(self, number: Column[Any], identity: Identity) -> None:
        """Strike the person's names out of the texts that may mention them."""
        key = number.table.primary_key.columns
        for column in marked(number.table, "mentions"):
            if column.info["mentions"] != number.name or not identity.names:
                continue
            texts = await self._connection.execute(select(*key, column).where(number == identity.person))
            for *values, text in texts.all():
                struck = identity.struck(text, STRUCK)
                if struck != text:
                    where = [part == value for part, value in zip(key, values, strict=True)]
                    await self._connection.execute(
                        update(number.table).where(*where).values({column: struck})
                    )

    async def _blank(self, number: Column[Any], person: PersonId) -> None:
        """Put nobody in the person's place, and nothing in that of their name and words."""
        nothing = {column: None if column.nullable else "" for column in companions(number)}
        here = update(number.table).where(number == person)
        await self._connection.execute(here.values({number: NOBODY, **nothing}))


def _described(table: Table, row: Row[Any], person: PersonId) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        value = getattr(row, column.name)
        if value not in (None, "") and "secret" not in column.info and not _is_of_others(column, row, person):
            yield column.name, str(value)


def _is_of_others(column: Column[Any], row: Row[Any], person: PersonId) -> bool:
    """Whether the column is about people by number, and this row's are others."""
    numbers = [column.name] if "person" in column.info else column.info.get("whose", ())
    people = {getattr(row, number) for number in numbers} - {None}
    return bool(people) and person not in people
