"""The sandbox's process, as the demo and the tests start it."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Never

from app.supervision import CannotRun

STARTING = 60.0
"""Seconds until the sandbox must have said where its doors are."""

ENDING = 3.0
"""Seconds it may take to end after its standard input was closed."""


class SandboxProcess:
    """A running sandbox; `doors` is what it said of itself: addresses, people, chats."""

    def __init__(self, process: Process, doors: Mapping[str, Any]) -> None:
        self.doors = doors
        self._process = process

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    async def watch(self) -> Never:
        """Wait until the process ends before its time; raises `CannotRun` then."""
        status = await self._process.wait()
        raise CannotRun(f"The sandbox ended (status {status}), and Telegram with it: please start again.")


@asynccontextmanager
async def sandbox_process(port: int, socket: Path, token: str) -> AsyncIterator[SandboxProcess]:
    """Run the sandbox with the demo's people.

    Args:
        port: of its HTTP doors, the Bot API and the console; 0 for any.
        socket: where its MTProto door shall be.
        token: of the bot that lives in it.

    Raises:
        CannotRun: it ended at once or did not say anything; it wrote why on standard error.
    """
    command = [sys.executable, "-m", "sandbox", "--tied", "--seed", "demo"]
    process = await asyncio.create_subprocess_exec(
        *command, "--port", str(port), "--mtproto", str(socket), "--token", token,
        stdin=PIPE, stdout=PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stdin is not None  # noqa: S101  # as it was asked for
    assert process.stdout is not None  # noqa: S101
    try:
        try:
            async with asyncio.timeout(STARTING):
                line = await process.stdout.readline()
        except TimeoutError as error:
            raise CannotRun("The sandbox did not start in time.") from error
        if not line:
            raise CannotRun("The sandbox could not start; its complaint stands above.")
        yield SandboxProcess(process, json.loads(line))
    finally:
        process.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDING):
                await process.wait()
        if process.returncode is None:
            process.kill()
            await process.wait()
