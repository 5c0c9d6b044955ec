"""Damage is told from what else can be wrong with a file."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage.damage import DatabaseDamaged, DatabaseShut, telling_damage
from storage.database import open_database


async def test_what_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "loggione.db").write_bytes(b"hello " * 1000)
    with pytest.raises(DatabaseDamaged, match="file is not a database"):
        async with open_database(tmp_path / "loggione.db"):
            pass


async def test_what_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(DatabaseShut, match=r"unable to open .* whoever runs me may read and write it"):
        async with open_database(tmp_path):
            pass


async def test_a_folder_that_cannot_be_made_is_said_to_be_shut(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(DatabaseShut, match="File exists"):
        async with open_database(tmp_path / "data" / "loggione.db"):
            pass


def test_other_faults_pass_as_they_are() -> None:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    with pytest.raises(OperationalError, match="locked"), telling_damage():
        raise OperationalError("BEGIN IMMEDIATE", None, locked)
