"""A theatre for tests: a sandbox that lives on, and the program on it, which may die and be started again."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from app.sandbox_process import sandbox_process
from tests.e2e.evening.crowd import Crowd, Json, links
from tests.e2e.evening.house import free_ports
from tests.e2e.evening.script import JINGLE

TOKEN = "700000002:a-token-of-the-tests-alone"
SPEAKERS = ("bruno", "chiara")
PATIENCE = 90.0
"""Seconds within which whatever is waited for must happen, on a machine that has much else to do."""


@dataclass
class Theatre:
    """The sandbox's doors and how to be people in it; `program` is the running `loggione run`.

    With a `folder` the program runs in it, and what it says is added to the file `log` there.
    """

    doors: dict[str, Any]
    session: aiohttp.ClientSession
    environment: dict[str, str]
    web: str
    crowd: Crowd
    program: asyncio.subprocess.Process | None = None
    folder: Path | None = None

    @property
    def group(self) -> int:
        """The chat in which everything happens."""
        number: int = self.doors["chats"]["careers"]
        return number

    def person(self, name: str) -> int:
        """The id of one of the demo's people."""
        number: int = self.doors["people"][name]
        return number

    async def start(self) -> None:
        """Start the program and wait until it serves."""
        command = (sys.executable, "-m", "app", "run")
        more: dict[str, Any] = {"env": self.environment, "stdin": asyncio.subprocess.DEVNULL}
        if self.folder is None:
            self.program = await asyncio.create_subprocess_exec(*command, **more)
        else:
            with (self.folder / "log").open("ab") as log:
                more |= {"cwd": self.folder, "stdout": log, "stderr": log}
                self.program = await asyncio.create_subprocess_exec(*command, **more)
        await until(self._is_healthy)

    async def end(self, number: signal.Signals) -> int:
        """Send the program a signal and wait for its end; gives its exit status."""
        assert self.program is not None
        program, self.program = self.program, None
        program.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            return await program.wait()

    async def replace_relay(self, blow: signal.Signals) -> None:
        """Deal the relay process a blow, and wait until the program has another one."""
        victim = self._relay_pid()
        assert victim is not None
        os.kill(victim, blow)

        async def is_another() -> bool:
            return self._relay_pid() not in (victim, None)

        await until(is_another)

    async def hold(self, title: str) -> str:
        """Ada schedules a talk and opens it at once; gives its link when the jingle is over."""
        ada = self.person("ada")
        card = await self.crowd.announce(ada, self.group, f"/schedule {title} | in 2 hours | 10m")
        await self.crowd.write(ada, self.group, "/open")
        await self.crowd.see(ada, self.group, lambda one: one["is_bot"] and "is on" in one["text"])
        for speaker in SPEAKERS:
            await self.crowd.take_the_floor(self.person(speaker), ada, self.group)
        await asyncio.sleep(JINGLE)
        return links(card)[0]

    async def until_out_of_call(self, name: str) -> None:
        """Wait until somebody is in no call of the group."""

        async def is_out() -> bool:
            return not await self._is_in_call(self._number(name))

        await until(is_out)

    async def is_in_call(self, name: str) -> bool:
        """Whether somebody is in the group's call, and their line is up."""
        return await self._is_in_call(self._number(name))

    async def replay(self) -> bytes:
        """Ada closes the talk; the recording as it is posted to the group."""
        ada = self.person("ada")
        await self.crowd.write(ada, self.group, "/close")
        message = await self.crowd.see(ada, self.group, is_audio)
        return await self.crowd.fetch(message["media"]["url"])

    def _relay_pid(self) -> int | None:
        """The relay process at work: the eldest, for a spare is always younger."""
        assert self.program is not None
        pid = self.program.pid
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            if b"app.relay_process" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
        return None

    def _number(self, name: str) -> int:
        return int(self.doors[name]) if name in ("relay", "spare") else self.person(name)

    async def _is_in_call(self, person: int) -> bool:
        call = (await self.crowd.chat(self.person("ada"), self.group))["call"]
        present = call["participants"] if call else []
        return any(one["person"] == person and one["is_connected"] for one in present)

    async def _is_healthy(self) -> bool:
        assert self.program is not None
        assert self.program.returncode is None, "the program ended before it was up"
        try:
            async with self.session.get(f"{self.web}/health") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


async def until(happens: Callable[[], Awaitable[bool]], patience: float = PATIENCE) -> None:
    """Look again and again until it is so; another process does not ring when it is."""
    async with asyncio.timeout(patience):
        while not await happens():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


@asynccontextmanager
async def open_theatre(
    folder: Path, runs_in: Path | None = None, /, **settings: str
) -> AsyncIterator[Theatre]:
    """A sandbox with the program on it, with these settings too; whatever still runs in the end is ended."""
    (port,) = free_ports(1)
    async with (
        sandbox_process(0, folder / "mtproto.sock", TOKEN) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        doors, web = sandbox.doors, f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "LOGGIONE_BOT_TOKEN": TOKEN,
            "LOGGIONE_BOT_API_URL": f"{doors['http']}/bot",
            "LOGGIONE_BOT_API_FILE_URL": f"{doors['http']}/file/bot",
            "LOGGIONE_SANDBOX_MTPROTO": str(folder / "mtproto.sock"),
            "LOGGIONE_DATA": str(folder / "data"),
            "LOGGIONE_WEB_PORT": str(port),
            "LOGGIONE_PUBLIC_URL": web,
            "LOGGIONE_LOG_LEVEL": "warning",
            **settings,
        }
        crowd = Crowd(session, doors["console"])
        theatre = Theatre(dict(doors), session, environment, web, crowd, folder=runs_in)
        try:
            await theatre.start()
            yield theatre
        finally:
            if theatre.program is not None:
                await theatre.end(signal.SIGTERM)


def is_audio(message: Json) -> bool:
    """Whether the message carries a recording."""
    return (message["media"] or {}).get("kind") == "audio"
