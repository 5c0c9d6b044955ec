"""The house under test: the demo in a process of its own, known only by the file it writes for tools."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

STARTING = 60.0
"""Seconds until everything must be up."""

ENDING = 5.0
"""Seconds in which it must have ended cleanly."""


class House:
    """A running demo."""

    def __init__(self, process: asyncio.subprocess.Process, state_file: Path) -> None:
        self.process = process
        self._state_file = state_file

    @property
    def state(self) -> dict[str, Any]:
        """What the demo says of itself now: addresses, pids, people, chats."""
        state: dict[str, Any] = json.loads(self._state_file.read_text())
        return state

    async def end(self) -> bool:
        """Interrupt it as Ctrl-C does; gives whether it ended cleanly and in time."""
        self.process.send_signal(signal.SIGINT)
        try:
            async with asyncio.timeout(ENDING):
                status = await self.process.wait()
        except TimeoutError:
            return False
        return status == 0 and not self._state_file.exists()


@asynccontextmanager
async def open_house(data: Path, web_port: int, console_port: int) -> AsyncIterator[House]:
    """A demo on these ports, killed in the end if it still runs; raises `RuntimeError` if it cannot start."""
    state_file = data / "demo" / "state.json"
    state_file.unlink(missing_ok=True)  # of one that was killed
    ports = ["--web-port", str(web_port), "--console-port", str(console_port)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", "demo", *ports,
        env={**os.environ, "LOGGIONE_DATA": str(data), "LOGGIONE_LOG_LEVEL": "warning"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await _until_up(process, state_file)
        yield House(process, state_file)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody holds at this moment."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


async def _until_up(process: asyncio.subprocess.Process, state_file: Path) -> None:
    async with asyncio.timeout(STARTING):
        while not state_file.exists():
            if process.returncode is not None:
                raise RuntimeError("the demo ended before it was up; its complaint stands above")
            await asyncio.sleep(0.1)
