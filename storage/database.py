"""The database: connections, one writer at a time, and the schema brought up to date when it is opened."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from rooms.bell import Bell
from storage import driver
from storage.damage import telling_damage
from storage.migrations import upgrade
from storage.records import SqlRecords

BUSY_MS = 10_000
"""How long SQLite waits for another process, such as a backup, to let go of the file."""


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
        async with self._turn:
            async with self._writer.begin() as connection:
                records = SqlRecords(connection)
                yield records
            if records.is_erased:
                await self._empty_journal()
        self.committed.ring()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlRecords]:
        """A view of what was committed when it was opened."""
        async with self._readers.begin() as connection:
            yield SqlRecords(connection)

    async def _empty_journal(self) -> None:
        """What was erased stands in the write-ahead log until that is copied into the file and cut off."""
        async with self._writer.connect() as connection:
            outside_transactions: Any = (await connection.get_raw_connection()).driver_connection
            await outside_transactions.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the SQLite file, making it if need be, and bring its schema up to date.

    Raises:
        storage.migrations.NewerSchema: the file was written by a newer version of the program.
        storage.damage.DatabaseRefused: the file is no database, not whole, or may not be opened.
    """
    with telling_damage():
        path.parent.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(
            path.touch, 0o600
        )  # it holds passwords of outlets: nobody else is to read them
        await _bring_up_to_date(path)
    writer = _engine(path, "BEGIN IMMEDIATE", pool_size=1)
    readers = _engine(path, "BEGIN", pool_size=4)
    try:
        yield Database(writer, readers)
    finally:
        await readers.dispose()
        await writer.dispose()


async def _bring_up_to_date(path: Path) -> None:
    """Migrations make tables anew, and while one is away nothing that refers to it may be deleted with it."""
    migrator = _engine(path, "BEGIN IMMEDIATE", pool_size=1, foreign_keys="OFF")
    try:
        async with migrator.begin() as connection:
            await connection.run_sync(upgrade)
    finally:
        await migrator.dispose()


def _engine(path: Path, begin: str, pool_size: int, foreign_keys: str = "ON") -> AsyncEngine:
    url = URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0, pool_reset_on_return=None)
    event.listen(engine.sync_engine, "do_connect", driver.connect)

    # The driver must not begin transactions by itself: https://docs.sqlalchemy.org/en/21/dialects/sqlite.html
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={foreign_keys}",
            f"busy_timeout={BUSY_MS}",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    # SQLAlchemy's own rolls back after every transaction, even a finished one: a visit for nothing.
    @event.listens_for(engine.sync_engine, "reset")
    def tidy(connection: Any, _record: object, _state: object) -> None:
        if connection.driver_connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.connection.dbapi_connection.begin(begin)

    return engine
