"""Damage: a file that SQLite cannot read any more is told from every other fault."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY = 0xFF
"""The bits of a result code that say the kind of fault (https://www.sqlite.org/rescode.html)."""


class DatabaseDamaged(Exception):
    """The file is no database, or not whole."""

    def __init__(self, found: str) -> None:
        super().__init__(f"it cannot be read ({found}); bring a backup back")
        self.found = found


@contextmanager
def telling_damage() -> Iterator[None]:
    """Raise `DatabaseDamaged` where SQLite finds the file damaged; other faults pass as they are."""
    try:
        yield
    except DatabaseError as error:
        found = error.orig
        if isinstance(found, sqlite3.Error) and found.sqlite_errorcode & _PRIMARY in _DAMAGE:
            raise DatabaseDamaged(str(found)) from error
        raise
