"""The file of data survives what happens to the process that writes it."""

import asyncio
import signal
import sqlite3
import sys
from pathlib import Path

from rooms.ids import RoomId
from storage.database import open_database

WRITER = """
import asyncio, sys
from pathlib import Path
from storage.database import open_database
from tests.fakes.clock import NOON
from tests.fakes.talks import a_plan

async def write():
    async with open_database(Path(sys.argv[1])) as store:
        for number in range(1_000_000):
            async with store.writing() as records:
                room = await records.rooms.add(a_plan(f"{number}"), f"key-{number}", NOON)
            print(room.id, flush=True)

asyncio.run(write())
"""


async def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "loggione.db"
    command = [sys.executable, "-c", WRITER, str(path)]
    writer = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert writer.stdout is not None
    acknowledged = [int(await writer.stdout.readline()) for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [int(line) async for line in writer.stdout]
    await writer.wait()
    async with open_database(path) as store, store.reading() as records:
        for number in acknowledged:
            await records.rooms.get(RoomId(number))


async def test_the_file_is_in_wal_mode_and_forgets_what_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "loggione.db"
    async with open_database(path):
        pass
    connection = sqlite3.connect(path)
    assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    connection.close()
