"""The driver visits SQLite's thread no more than needed, and no transaction stays open by it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from rooms.ids import RoomId
from storage.database import Database, open_database
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import a_plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "loggione.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Database]:
    async with open_database(path) as store:
        yield store


async def thread_of(engine: AsyncEngine) -> Any:
    """The one connection of an engine, as aiosqlite has it."""
    async with engine.connect() as connection:
        return (await connection.get_raw_connection()).driver_connection


async def visits(store: Database) -> list[str]:
    """Whatever the writer's thread is asked to do from now on."""
    thread, seen = await thread_of(store._writer), list[str]()
    ask = thread._execute

    async def counting(work: Any, *arguments: Any) -> Any:
        seen.append(work.__name__)
        return await ask(work, *arguments)

    thread._execute = counting
    return seen


async def test_a_transaction_costs_a_visit_for_each_statement_and_one_to_commit(store: Database) -> None:
    seen = await visits(store)
    async with store.writing() as records:
        await records.groups.save(CAREERS)
        await records.groups.find(CAREERS.chat)
    assert seen == ["_execute", "_execute", "commit"]


async def test_a_transaction_in_which_nothing_is_asked_costs_nothing_and_locks_nobody_out(
    store: Database, path: Path
) -> None:
    seen = await visits(store)
    async with store.writing():
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()
    assert seen == []


async def test_what_a_transaction_asked_locks_others_out_until_it_ends(store: Database, path: Path) -> None:
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    async with store.writing() as records:
        await records.rooms.find(RoomId(1))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


async def test_a_transaction_that_cannot_begin_is_no_burden_to_the_next(store: Database, path: Path) -> None:
    thread = await thread_of(store._writer)
    await thread.execute("PRAGMA busy_timeout=0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        async with store.writing() as records:
            await records.groups.save(CAREERS)
    other.close()
    async with store.writing() as records:
        await records.groups.save(CAREERS)
    async with store.reading() as records:
        assert await records.groups.find(CAREERS.chat) == CAREERS


async def test_a_cancelled_transaction_leaves_nothing_behind(store: Database) -> None:
    asked = asyncio.Event()

    async def write() -> None:
        async with store.writing() as records:
            await records.rooms.add(a_plan(), "key", NOON)
            asked.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        writing = group.create_task(write())
        await asked.wait()
        writing.cancel()
    async with store.writing() as records:
        assert await records.rooms.find(RoomId(1)) is None
        await records.groups.save(CAREERS)
    async with store.reading() as records:
        assert await records.groups.find(CAREERS.chat) == CAREERS


async def test_a_transaction_that_was_left_open_is_rolled_back_when_the_connection_comes_back(
    store: Database,
) -> None:
    async with store._writer.connect() as connection:
        thread: Any = (await connection.get_raw_connection()).driver_connection
        await thread.execute("BEGIN IMMEDIATE")
    assert not thread.in_transaction
