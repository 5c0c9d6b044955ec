"""The database: connections, one writer at a time, and the schema brought up to date when it is opened."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from rooms.bell import Bell
from storage.groups import SqlGroups
from storage.jobs import SqlJobs
from storage.migrations import upgrade
from storage.outbox import SqlOutbox
from storage.recordings import SqlRecordings
from storage.rooms import SqlRooms

BUSY_MS = 10_000
"""How long SQLite waits for another process, such as a backup, to let go of the file."""


@dataclass(frozen=True, slots=True)
class SqlRecords:
    """Fulfils the `Records` port: every repository on the same connection."""

    rooms: SqlRooms
    groups: SqlGroups
    jobs: SqlJobs
    outbox: SqlOutbox
    recordings: SqlRecordings


class Database:
    """Fulfils the `Store` port. One connection writes, others read what was committed."""

    def __init__(self, writer: AsyncEngine, readers: AsyncEngine) -> None:
        self.committed = Bell()
        self._writer = writer
        self._readers = readers
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlRecords]:
        """A transaction that may change the records; committed when the block ends without an exception."""
        async with self._turn, self._writer.begin() as connection:
            yield _records(connection)
        self.committed.ring()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlRecords]:
        """A view of what was committed when it was opened."""
        async with self._readers.begin() as connection:
            yield _records(connection)


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the SQLite file, making it if need be, and bring its schema up to date.

    Raises:
        storage.migrations.NewerSchema: the file was written by a newer version of the program.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = _engine(path, "BEGIN IMMEDIATE", pool_size=1)
    readers = _engine(path, "BEGIN", pool_size=4)
    try:
        async with writer.begin() as connection:
            await connection.run_sync(upgrade)
        yield Database(writer, readers)
    finally:
        await readers.dispose()
        await writer.dispose()


def _engine(path: Path, begin: str, pool_size: int) -> AsyncEngine:
    url = URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0)

    # The driver must not begin transactions by itself: https://docs.sqlalchemy.org/en/21/dialects/sqlite.html
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _records(connection: AsyncConnection) -> SqlRecords:
    return SqlRecords(
        SqlRooms(connection),
        SqlGroups(connection),
        SqlJobs(connection),
        SqlOutbox(connection),
        SqlRecordings(connection),
    )
