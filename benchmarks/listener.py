"""The yardstick of a live room: a process in which the call library, and nothing else, listens to calls."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvloop
from pytgcalls import PyTgCalls
from pytgcalls.pytgcalls_session import PyTgCallsSession
from pytgcalls.types import GroupCallConfig, RecordStream
from pytgcalls.types.raw import AudioParameters

from sandbox.session import sandbox_client
from voice.mixing.units import RATE


@asynccontextmanager
async def listening(door: Path, chats: Sequence[int]) -> AsyncIterator[int]:
    """Within the block such a process is in the chats' calls; gives its number."""
    command = [sys.executable, "-m", "benchmarks.listener", str(door), *map(str, chats)]
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the listener has no pipes")
    try:
        await process.stdout.readline()
        yield process.pid
    finally:
        process.stdin.close()
        await process.wait()


async def _listen(door: Path, chats: Sequence[int]) -> None:
    async def ignore(_: PyTgCalls, __: Any) -> None:
        pass

    PyTgCallsSession.notice_displayed = True  # else it asks the Internet for its newest version
    client = sandbox_client(door)
    calls = PyTgCalls(client)
    calls.add_handler(ignore)
    await calls.start()
    async for _ in client.get_dialogs():
        pass  # they make the chats known to this session
    mono = RecordStream(True, AudioParameters(RATE, 1))
    for chat in chats:
        await calls.record(chat, mono, GroupCallConfig(auto_start=False))
    sys.stdout.write("all are joined\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    for chat in chats:
        await calls.leave_call(chat)
    await client.stop()


if __name__ == "__main__":
    uvloop.run(_listen(Path(sys.argv[1]), [int(word) for word in sys.argv[2:]]))
