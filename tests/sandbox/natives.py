"""Native clients for tests: each in a process of its own, which a live call would abort at its end."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.deadline import DEADLINE

CLEAR = 2000
"""Amplitude of a tone that is clearly heard; they speak at 8000."""

COMMAND = (sys.executable, "-m", "tests.sandbox.native_caller")


class Native:
    """A native client that has made its offer."""

    def __init__(self, process: Process, offer: str) -> None:
        self.offer = offer
        self._process = process

    async def hears(self, hertz: float) -> dict[int, float]:
        """The amplitude of a tone from each SSRC in what came since the last question, at most a second."""
        strengths = json.loads(await self._ask(f"hear {hertz}"))
        return {int(source): strength for source, strength in strengths.items()}

    async def until_hears(self, hertz: float, source: int) -> dict[int, float]:
        """Wait until a tone comes from an SSRC; gives what comes from all at that moment."""
        async with asyncio.timeout(2 * DEADLINE):
            while (strengths := await self.hears(hertz)).get(source, 0.0) < CLEAR:  # noqa: ASYNC110
                await asyncio.sleep(0.5)
        return strengths

    async def until_silent(self) -> None:
        async with asyncio.timeout(2 * DEADLINE):
            while await self.hears(440):  # noqa: ASYNC110
                await asyncio.sleep(1.0)

    def accept(self, answer: str) -> None:
        self._say(answer)

    async def leave(self) -> int:
        self._say("leave")
        return await self._process.wait()

    async def _ask(self, question: str) -> str:
        self._say(question)
        return await read(self._process)

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())


async def read(process: Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(2 * DEADLINE):
        return (await process.stdout.readline()).decode()


@asynccontextmanager
async def native(hertz: float = 0) -> AsyncIterator[Native]:
    """A native client that will speak a tone; must be told to leave before the block ends."""
    process = await asyncio.create_subprocess_exec(*COMMAND, str(hertz), stdin=PIPE, stdout=PIPE)
    try:
        yield Native(process, await read(process))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
