"""How much SQLite works for what is asked of a database: steps of its virtual machine, always the same."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, create_engine, event, insert

from rooms.records import Records
from storage.database import Database, open_database

Ask = Callable[[Records], Awaitable[object]]


class Effort:
    """A database, and what it costs to ask it something."""

    def __init__(self, path: Path, database: Database) -> None:
        self.database = database
        self._path = path

    def hold(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Put rows on record."""
        engine = create_engine(f"sqlite:///{self._path}")
        with engine.begin() as connection:
            connection.execute(insert(table), rows)
        engine.dispose()

    async def steps(self, ask: Ask) -> int:
        """The steps of all statements that are run to answer; nothing of it is kept."""
        count = 0

        def step() -> None:
            nonlocal count
            count += 1

        with closing(sqlite3.connect(self._path)) as connection:
            connection.set_progress_handler(step, 1)
            for statement, values in await self._statements(ask):
                connection.execute(statement, values).fetchall()
            connection.rollback()
        return count

    async def plan(self, ask: Ask) -> list[str]:
        """The lines of SQLite's plans for all statements that are run to answer."""
        lines = []
        with closing(sqlite3.connect(self._path)) as connection:
            for statement, values in await self._statements(ask):
                plan = connection.execute(f"explain query plan {statement}", values)
                lines += [detail for _id, _parent, _unused, detail in plan]
        return lines

    async def _statements(self, ask: Ask) -> list[tuple[str, Any]]:
        said: list[tuple[str, Any]] = []
        with heard(said):
            try:
                async with self.database.writing() as records:
                    await ask(records)
                    raise Unkept
            except Unkept:
                return said


class Unkept(Exception):
    """What was asked is taken back."""


@contextmanager
def heard(said: list[tuple[str, Any]]) -> Iterator[None]:
    """Every statement that is run meanwhile, with its values, whichever engine runs it."""

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            said.append((statement, values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@asynccontextmanager
async def effort_of(path: Path) -> AsyncIterator[Effort]:
    async with open_database(path) as database:
        yield Effort(path, database)
