"""Whoever is erased is nowhere any more, in no column of any table and in no byte of the file."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, create_engine, insert, select

from rooms.ids import ChatId, PersonId
from rooms.repositories.traces import Trace
from storage.columns import Instant, Milliseconds
from storage.database import Database, open_database
from storage.marks import ABOUT_PEOPLE
from storage.schema import metadata
from tests.fakes.clock import NOON

GRETA, NAME, USERNAME = PersonId(710044), "Greta Ünal", "greta_u"
OTHER, OTHER_NAME = PersonId(820055), "Hugo"
TABLES = metadata.sorted_tables
NAMING = {
    table for table in TABLES if "is_name" in {mark for column in table.columns for mark in column.info}
}
ABOUT = [table for table in TABLES if any(ABOUT_PEOPLE & column.info.keys() for column in table.columns)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "loggione.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with open_database(path) as database:
        with connected(path) as connection:
            fill(connection)
            connection.commit()
        yield database


@contextmanager
def connected(path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def fill(connection: Connection) -> None:
    """One row about Greta and one about Hugo in every table, in every column that can name somebody."""
    for key, (person, name, username) in enumerate(
        [(GRETA, NAME, USERNAME), (OTHER, OTHER_NAME, "hugo_")], start=1
    ):
        for table in TABLES:
            row = {column.name: value_of(column, key, person, name, username) for column in table.columns}
            connection.execute(insert(table).values(row))


def value_of(column: Column[Any], key: int, person: int, name: str, username: str) -> Any:
    info = column.info
    if column.foreign_keys or (column.primary_key and not info):
        return key
    if "person" in info:
        return person
    if "username" in info:
        return username
    if "state" in info:
        return json.dumps({"pending": [{"name": name, "person": person, "username": username}]})
    if "whose" in info or "mentions" in info:
        return name if "is_name" in info else f"of {name}!"
    return plain_value(column, key)


def plain_value(column: Column[Any], key: int) -> Any:
    if "chats" in column.info:
        return "[]"
    if isinstance(column.type, Instant):
        return NOON
    if isinstance(column.type, Milliseconds):
        return timedelta(hours=1)
    text = f"{column.name} {key}"
    values = {int: -key, str: text, bytes: text.encode(), bool: False, datetime: NOON.replace(tzinfo=None)}
    return values[column.type.python_type]


def everything(connection: Connection) -> Iterator[tuple[Column[Any], str]]:
    for table in TABLES:
        for row in connection.execute(select(table)):
            for column, value in zip(table.columns, row, strict=True):
                yield column, str(value)


async def erase(database: Database) -> None:
    async with database.writing() as records:
        await records.traces.erase_person(GRETA)


async def test_no_column_names_who_was_erased(database: Database, path: Path) -> None:
    with connected(path) as connection:
        assert {column.table for column, value in everything(connection) if NAME in value} >= NAMING
    await erase(database)
    with connected(path) as connection:
        for column, value in everything(connection):
            assert not any(word in value for word in (str(GRETA), NAME, USERNAME)), str(column)


async def test_no_byte_of_the_files_names_who_was_erased(database: Database, path: Path) -> None:
    assert any(NAME.encode() in each.read_bytes() for each in path.parent.iterdir())
    await erase(database)
    for each in path.parent.iterdir():
        assert NAME.encode() not in each.read_bytes(), each.name
        assert USERNAME.encode() not in each.read_bytes(), each.name


async def test_no_byte_of_the_files_tells_of_a_group_that_was_removed(database: Database, path: Path) -> None:
    assert any(b"programme_key 1" in each.read_bytes() for each in path.parent.iterdir())
    async with database.writing() as records:
        await records.groups.remove(ChatId(-1))
    for each in path.parent.iterdir():
        assert b"programme_key 1" not in each.read_bytes(), each.name


async def test_others_stay_as_they_were(database: Database) -> None:
    async with database.reading() as records:
        before = await records.traces.of_person(OTHER)
    await erase(database)
    async with database.reading() as records:
        assert await records.traces.of_person(OTHER) == before
    assert {trace.where for trace in before} == {table.name for table in ABOUT}


async def test_a_table_with_a_mark_is_never_left_out_of_what_is_told(database: Database) -> None:
    async with database.reading() as records:
        traces = await records.traces.of_person(GRETA)
    assert [trace.where for trace in traces] == [table.name for table in ABOUT]
    assert all(names_greta(trace) for trace in traces)


def names_greta(trace: Trace) -> bool:
    return any(str(GRETA) in value or NAME in value for _column, value in trace.what)
