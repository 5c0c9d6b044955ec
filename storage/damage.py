"""Damage: a file that SQLite cannot read, or may not open, is told from every other fault."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SHUT = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_PRIMARY = 0xFF
"""The bits of a result code that say the kind of fault (https://www.sqlite.org/rescode.html)."""


class DatabaseRefused(Exception):
    """The file cannot be used until the operator mends it; the message says how."""


class DatabaseDamaged(DatabaseRefused):
    """The file is no database, or not whole."""

    def __init__(self, found: str) -> None:
        super().__init__(f"it cannot be read ({found}); bring a backup back")


class DatabaseShut(DatabaseRefused):
    """The file may not be opened, or not be written."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"it cannot be opened ({found}); see that whoever runs me may read and write it and its folder"
        )


@contextmanager
def telling_damage() -> Iterator[None]:
    """Raise `DatabaseRefused` for what is wrong with the file; other faults pass as they are."""
    try:
        yield
    except OSError as error:
        raise DatabaseShut(str(error.strerror)) from error
    except DatabaseError as error:
        found = error.orig
        code = found.sqlite_errorcode & _PRIMARY if isinstance(found, sqlite3.Error) else None
        if code in _DAMAGE:
            raise DatabaseDamaged(str(found)) from error
        if code in _SHUT:
            raise DatabaseShut(str(found)) from error
        raise
