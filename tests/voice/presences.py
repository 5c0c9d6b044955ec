"""Presences for tests, one after another in a process of their own, and people in the calls with them."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sandbox.world.entities import GroupCall
from tests.deadline import DEADLINE
from tests.sandbox.account import Scene
from tests.sandbox.callers import Caller, Voice, calling
from tests.sandbox.sounds import tone
from tests.sandbox.waiting import until

COMMAND = (sys.executable, "-m", "tests.voice.native_presence")

Stage = list[list[Any]]


class Presented:
    """A presence, what it told so far, and what it is asked to do."""

    def __init__(self, process: Process) -> None:
        self.told: list[list[Any]] = []
        self._process = process
        self._is_dead = False

    async def read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.told.append(json.loads(line))
            if self.told[-1] == ["left"]:
                return
        self._is_dead = True

    def all(self, name: str) -> list[list[Any]]:
        """What was told by this name, oldest first."""
        return [news[1:] for news in self.told if news[0] == name]

    @property
    def stage(self) -> Stage:
        """Who is in the call: number, name, is muted, may speak, has a hand up."""
        told = self.all("stage")
        return told[-1][0] if told else []

    async def ask(self, name: str, *args: Any) -> Any:
        """Have something done; gives the answer, or the refusal's name and reason."""
        before = len(self.all("did")) + len(self.all("refused"))
        self.say(name, *args)
        await self._until(lambda: len(self.all("did")) + len(self.all("refused")) > before, DEADLINE)
        last = next(news for news in reversed(self.told) if news[0] in ("did", "refused"))
        return last[2] if last[0] == "did" else last[1:]

    def say(self, name: str, *args: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps([name, *args])}\n".encode())

    async def until_told(self, name: str, count: int = 1, seconds: float = DEADLINE) -> list[Any]:
        """Wait until something was told so many times; gives what was said with it last."""
        await self._until(lambda: len(self.all(name)) >= count, seconds)
        return self.all(name)[-1]

    async def until_stage(self, holds: Callable[[Stage], object]) -> None:
        await self._until(lambda: holds(self.stage), DEADLINE)

    async def until_hears(self, person: int, seconds: float = DEADLINE) -> None:
        """Wait until somebody is clearly heard from now on."""
        before = len(self.all("heard"))
        await self._until(lambda: person in self._heard_since(before), seconds)

    async def _until(self, holds: Callable[[], object], seconds: float) -> None:
        await until(lambda: self._is_dead or holds(), seconds)
        assert holds(), "the process of the presences died"

    def _heard_since(self, count: int) -> set[int]:
        return {person for (told,) in self.all("heard")[count:] for person, loud in told if loud > 3}


class Company:
    """The process of all presences, whose start takes seconds; another one takes its place when it died."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._process: Process | None = None

    @asynccontextmanager
    async def present(self, scene: Scene) -> AsyncIterator[Presented]:
        """A presence in the scene's group that is ready; in the end it leaves."""
        process = await self._ready()
        presented = Presented(process)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(presented.read())
                presented.say("perform", scene.chat.id)
                await presented.until_told("ready")
                yield presented
                presented.say("leave")
                await presented.until_told("left")
        except BaseException:  # one that is stuck would take all tests with it that come after
            self._process = None
            if process.returncode is None:
                process.kill()
            raise

    async def end(self) -> None:
        """The process ends by itself, cleanly, when nothing more can be asked of it."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                async with asyncio.timeout(DEADLINE):
                    assert await self._process.wait() == 0
            finally:
                if self._process.returncode is None:
                    self._process.kill()

    async def _ready(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND, str(self._socket), stdin=PIPE, stdout=PIPE, limit=1 << 24
            )
        return self._process


@asynccontextmanager
async def speaking(scene: Scene, person: int) -> AsyncIterator[Caller]:
    """Somebody comes into the call by a browser and speaks a tone for ever; goes when the block ends."""
    async with calling(Voice(tone(440, 1.0), loops=True)) as caller:
        call = call_of(scene)
        await caller.accept(scene.exchange.join_browser(call, person, await caller.offer(), muted=False))
        await until(lambda: caller.is_connected)
        yield caller
        scene.world.calls.leave(call, person)


def call_of(scene: Scene) -> GroupCall:
    assert scene.chat.call is not None
    return scene.chat.call
