"""The database is found whole, old, new or damaged, and is left as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.doctor.database import check_database
from app.doctor.findings import Finding
from storage.database import open_database
from tests.app.doctor.cases import case_of


async def findings(data: Path) -> list[Finding]:
    return list(await check_database(case_of(data)))


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    async with open_database(tmp_path / "loggione.db"):
        pass
    return tmp_path / "loggione.db"


async def test_before_the_first_start_nothing_is_missing(tmp_path: Path) -> None:
    (finding,) = await findings(tmp_path)
    assert finding.is_well
    assert list(tmp_path.iterdir()) == []


async def test_one_that_was_just_made_is_whole(tmp_path: Path, database: Path) -> None:
    whole, version = await findings(tmp_path)
    assert (whole.is_well, version.is_well) == (True, True)
    assert "this program's schema" in version.found
    assert database.exists()


async def test_it_can_be_examined_while_it_is_used(tmp_path: Path, database: Path) -> None:
    async with open_database(database) as store, store.writing():
        assert all(finding.is_well for finding in await findings(tmp_path))


@pytest.mark.parametrize(
    ("version", "is_well", "said"),
    [("9999", False, "newer version of the program (9999)"), ("0001", True, "the next start brings it up")],
)
async def test_another_version_is_told(
    tmp_path: Path, database: Path, version: str, is_well: bool, said: str
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [version])
    finding = (await findings(tmp_path))[-1]
    assert (finding.is_well, said in finding.found) == (is_well, True)


async def test_what_is_no_database_calls_for_a_backup(tmp_path: Path) -> None:
    (tmp_path / "loggione.db").write_bytes(b"hello " * 1000)
    (finding,) = await findings(tmp_path)
    assert "cannot be read" in finding.found
    assert "bring a backup back" in finding.advice


async def test_a_damaged_page_is_found(tmp_path: Path, database: Path) -> None:
    content = bytearray(database.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    database.write_bytes(content)
    (finding,) = await findings(tmp_path)
    assert not finding.is_well
    assert "bring a backup back" in finding.advice


async def test_rows_that_refer_to_nothing_are_found(tmp_path: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO jobs (room, kind, due_at, attempts) VALUES (77, 'start', '2026-01-01', 0)"
        )
    (finding,) = await findings(tmp_path)
    assert "1 rows that refer to nothing" in finding.found
