"""Damage is told from what else can be wrong with a file."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage.damage import DatabaseDamaged
from storage.database import open_database


async def test_what_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "loggione.db").write_bytes(b"hello " * 1000)
    with pytest.raises(DatabaseDamaged, match="file is not a database"):
        async with open_database(tmp_path / "loggione.db"):
            pass


async def test_what_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="unable to open"):
        async with open_database(tmp_path):
            pass
