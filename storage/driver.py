"""The driver: SQLite in a thread of its own, visited once for each statement."""

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
        await self._visit(Cursor.executemany, operation, seq_of_parameters)

    async def _visit(self, work: Any, *arguments: Any) -> Any:
        thread: Any = self._connection
        async with self._adapt_connection._execute_mutex:  # noqa: SLF001  # likewise
            return await thread._execute(work, self._cursor, *arguments)  # noqa: SLF001  # of no other way in


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _Cursor


def connect(dialect: Any, _record: object, arguments: Any, options: Any) -> _Connection:
    """Make a connection: for SQLAlchemy's event `do_connect`."""
    usual = dialect.loaded_dbapi.connect(*arguments, **options)
    return _Connection(usual.dbapi, usual.driver_connection)


def _execute(cursor: Cursor, operation: str, parameters: Any) -> deque[Any]:
    cursor.execute(operation, parameters)
    return deque(cursor.fetchall() if cursor.description else ())
