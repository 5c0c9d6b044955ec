"""Every Store there is: each test of this folder runs on all of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rooms.records import Store
from storage.database import open_database
from tests.fakes.store import MemoryStore


@pytest.fixture(params=["sqlite", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
    else:
        async with open_database(tmp_path / "loggione.db") as database:
            yield database
