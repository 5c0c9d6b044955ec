"""The driver: SQLite in a thread of its own, visited once for each statement; why: docs/decisions/0013."""

from collections import deque
from sqlite3 import Cursor
from typing import Any

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """SQLAlchemy's own visits the thread four times: to open, to execute, to fetch and to close.

    Each visit costs as much as a small query. Making a cursor touches no file, so that it needs none; what
    was fetched to its end needs no closing; the other two are one visit.
    """

    __slots__ = ()

    def _make_new_cursor(self, connection: Any) -> Any:
        return connection._conn.cursor()  # noqa: SLF001  # as SQLAlchemy's own does

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _async_soft_close(self) -> None:
        """Nothing is open."""

    def close(self) -> None:
        """Nothing is open; the thread may still be at a statement whose sender was cancelled."""
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        self._rows = await self._visit(_execute, operation, () if parameters is None else parameters)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._visit(_execute_for_each, operation, seq_of_parameters)

    async def _visit(self, work: Any, *arguments: Any) -> Any:
        thread: Any = self._connection
        connection: Any = self._adapt_connection
        async with connection._execute_mutex:  # noqa: SLF001  # likewise
            begins = connection.take_beginning()
            return await thread._execute(work, self._cursor, begins, *arguments)  # noqa: SLF001  # of no other way in


class _Connection(AsyncAdapt_aiosqlite_connection):
    """A transaction begins together with its first statement: SQLite takes its view only then anyway."""

    __slots__ = ("_beginning",)
    _cursor_cls = _Cursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._beginning: str | None = None

    def begin(self, statement: str) -> None:
        """Begin a transaction by this statement, before the next one."""
        self._beginning = statement

    def take_beginning(self) -> str | None:
        """What must be executed before the next statement; it is the caller's now."""
        beginning, self._beginning = self._beginning, None
        return beginning

    def commit(self) -> None:
        """End the transaction; one in which nothing was asked never began."""
        if self.take_beginning() is None:
            super().commit()

    def rollback(self) -> None:
        """Likewise."""
        if self.take_beginning() is None:
            super().rollback()


def connect(dialect: Any, _record: object, arguments: Any, options: Any) -> _Connection:
    """Make a connection: for SQLAlchemy's event `do_connect`."""
    usual = dialect.loaded_dbapi.connect(*arguments, **options)
    return _Connection(usual.dbapi, usual.driver_connection)


def _execute(cursor: Cursor, begins: str | None, operation: str, parameters: Any) -> deque[Any]:
    if begins is not None:
        cursor.execute(begins)
    cursor.execute(operation, parameters)
    return deque(cursor.fetchall() if cursor.description else ())


def _execute_for_each(cursor: Cursor, begins: str | None, operation: str, parameters: Any) -> None:
    if begins is not None:
        cursor.execute(begins)
    cursor.executemany(operation, parameters)
