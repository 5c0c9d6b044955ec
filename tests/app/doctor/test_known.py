"""The groups on record are read beside a running house, and nothing is written."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.doctor.known import KnownGroup, known_groups, reading
from rooms.ids import ChatId
from storage.database import open_database
from tests.fakes.groups import CAREERS


async def test_groups_in_which_the_bot_is_are_known_while_the_house_runs(tmp_path: Path) -> None:
    path = tmp_path / "a house?#%41" / "loggione.db"
    here = replace(CAREERS, chat=ChatId(-1001), copies=(ChatId(-1003),))
    gone = replace(CAREERS, chat=ChatId(-1002), is_present=False, programme_key="another")
    async with open_database(path) as store:
        async with store.writing() as records:
            for group in (here, gone):
                await records.groups.save(group)
        assert known_groups(path) == [KnownGroup(-1001, "Careers Forum", [-1003])]
    assert known_groups(path) == [KnownGroup(-1001, "Careers Forum", [-1003])]


def test_where_there_are_no_data_there_are_no_groups(tmp_path: Path) -> None:
    assert known_groups(tmp_path / "loggione.db") == []
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "loggione.db").write_text("this is no database at all, but it is long enough")
    assert known_groups(tmp_path / "loggione.db") == []


def test_what_is_read_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "loggione.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE groups (chat)")
    with reading(path) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("INSERT INTO groups VALUES (1)")
