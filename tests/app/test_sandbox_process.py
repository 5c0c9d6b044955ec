"""The sandbox's process says where its doors are, and ends with whoever started it."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.sandbox_process import sandbox_process
from app.supervision import CannotRun
from tests.deadline import DEADLINE

TOKEN = "700000002:a-token-of-this-test"


@asynccontextmanager
async def sandbox(folder: Path, port: int = 0) -> AsyncIterator[tuple[int, Any]]:
    async with sandbox_process(port, folder / "mtproto.sock", TOKEN) as process:
        yield process.pid, process.doors


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_it_introduces_its_people_and_says_where_its_doors_are(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as (pid, doors), aiohttp.ClientSession() as client:
        assert os.getpgid(pid) != os.getpgid(0), "it would hear the interrupt that is meant for us"
        assert {"ada", "bruno", "chiara"} <= set(doors["people"])
        assert {"careers", "readers"} <= set(doors["chats"])
        assert doors["relay"] not in doors["people"].values()
        async with client.get(f"{doors['http']}/bot{TOKEN}/getMe") as answer:
            assert (await answer.json())["result"]["id"] == doors["bot"]["id"]
        async with client.get(doors["console"]) as page:
            assert page.status == 200
        reader, writer = await asyncio.open_unix_connection(doors["mtproto"])
        assert not reader.at_eof()
        writer.close()
        await writer.wait_closed()
        host, port = doors["voice"].split(":")
        assert (host, int(port) > 0) == ("127.0.0.1", True)


async def test_it_ends_in_order_when_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sandbox_process.ENDING", 60.0)
    async with sandbox(tmp_path) as (pid, doors):
        pass
    assert not is_there(pid)
    assert not Path(doors["mtproto"]).exists()


async def test_it_ends_when_whoever_started_it_fails(tmp_path: Path) -> None:
    started = 0
    with pytest.raises(ZeroDivisionError):
        async with sandbox(tmp_path) as (started, _):
            raise ZeroDivisionError
    assert not is_there(started)


async def test_a_taken_port_is_complained_of(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotRun, match="complaint stands above"):
            async with sandbox(tmp_path, port):
                pass
    complaint = capfd.readouterr().err
    assert str(port) in complaint
    assert "Traceback" not in complaint
    assert len(complaint.splitlines()) == 1


async def test_it_is_killed_when_it_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sandbox_process.ENDING", 0.0)
    async with sandbox(tmp_path) as (pid, _):
        pass
    await until(lambda: not is_there(pid))


async def test_its_end_before_its_time_is_told_in_a_sentence(tmp_path: Path) -> None:
    async with sandbox_process(0, tmp_path / "mtproto.sock", TOKEN) as process:
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(CannotRun, match=r"The sandbox ended .* please start again"):
            await process.watch()
