"""The sandbox's process, from its command line to its end."""

import asyncio
import json
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.__main__ import DEMO_TOKEN, main
from tests.deadline import DEADLINE

TOKEN = "700000001:test_main"


@asynccontextmanager
async def sandbox(*words: str, stdin: int = PIPE) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *words, stdin=stdin, stdout=PIPE, stderr=PIPE
    )
    try:
        async with asyncio.timeout(DEADLINE):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def doors_of(process: Process) -> dict[str, Any]:
    assert process.stdout is not None
    doors: dict[str, Any] = json.loads(await process.stdout.readline())
    return doors


async def status(url: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status


async def test_all_doors_are_open_when_it_says_so_and_shut_when_its_input_ends(tmp_path: Path) -> None:
    path = tmp_path / "mtproto.sock"
    async with sandbox("--tied", "--port", "0", "--mtproto", str(path), "--token", TOKEN) as process:
        doors = await doors_of(process)
        assert set(doors) == {
            "http",
            "console",
            "mtproto",
            "voice",
            "bot",
            "relay",
            "spare",
            "people",
            "chats",
        }
        assert doors["bot"] == {"id": 700000001, "username": "loggione_bot"}
        assert set(doors["people"]) == {"ada", "bruno", "chiara", "daniele"}
        assert set(doors["chats"]) == {"careers", "readers", "stage", "gazette", "lounge", "choir"}
        assert await status(f"{doors['http']}/bot{TOKEN}/getMe") == 200
        assert await status(f"{doors['console']}/") == 200
        _, writer = await asyncio.open_unix_connection(doors["mtproto"])
        writer.close()
        assert doors["voice"].startswith("127.0.0.1:")
        assert process.stdin is not None
        process.stdin.close()
        assert await process.wait() == 0
        assert process.stderr is not None
        assert await process.stderr.read() == b""
    assert not path.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly_with_browsers_watching(number: signal.Signals) -> None:
    async with sandbox("--port", "0", stdin=DEVNULL) as process, aiohttp.ClientSession() as session:
        doors = await doors_of(process)
        url = f"{doors['console']}/api/events"
        async with session.get(url, params={"as": str(doors["people"]["ada"])}) as watching:
            assert await watching.content.readline() == b"event: world\n"
            process.send_signal(number)
            assert await process.wait() == 0
        assert process.stderr is not None
        assert await process.stderr.read() == b""
    assert not Path(doors["mtproto"]).exists()


async def test_a_bot_that_waits_for_updates_is_sent_home_with_none() -> None:
    async with sandbox("--port", "0", stdin=DEVNULL) as process, aiohttp.ClientSession() as session:
        url = f"{(await doors_of(process))['http']}/bot{DEMO_TOKEN}/getUpdates"

        async def poll() -> Any:
            async with session.get(url, params={"timeout": "50", "offset": "2000000000"}) as answer:
                return await answer.json()

        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(poll())
            second = tasks.create_task(poll())
            superseded, _ = await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        [ended] = superseded
        waited = second if ended is first else first
        assert ended.result()["error_code"] == 409
        assert waited.result() == {"ok": True, "result": []}


async def test_it_may_begin_empty() -> None:
    async with sandbox("--port", "0", "--seed", "empty", stdin=DEVNULL) as process:
        doors = await doors_of(process)
        assert (doors["people"], doors["chats"]) == ({}, {})
        assert await status(f"{doors['http']}/api/people") == 200


def test_a_taken_port_is_said_in_a_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err == f"Port {port} is taken: choose another one by --port.\n"


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_that_is_not_this_machines_is_refused(
    host: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--port", "0", "--host", host]) == 2
    assert capfd.readouterr().err.endswith("see --host.\n")


def test_a_file_in_the_way_of_the_socket_is_left_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("keep me")
    assert main(["--port", "0", "--mtproto", str(precious)]) == 2
    assert "choose another path by --mtproto" in capfd.readouterr().err
    assert precious.read_text() == "keep me"


@pytest.mark.parametrize("name", ["no/such/folder/m.sock", "x" * 120])
def test_a_path_that_cannot_be_a_socket_is_refused(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--port", "0", "--mtproto", str(tmp_path / name)]) == 2
    told = capfd.readouterr().err
    assert told.endswith("see --mtproto.\n")
    assert told.count("\n") == 1


def test_a_socket_that_was_left_there_is_replaced(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--port", str(taken.getsockname()[1]), "--mtproto", str(path)]) == 2
    assert "is taken" in capfd.readouterr().err
    assert not path.exists()


async def test_only_a_pipe_can_tie_it() -> None:
    async with sandbox("--tied", "--port", "0", stdin=DEVNULL) as process:
        assert await process.wait() == 2
        assert process.stderr is not None
        assert (await process.stderr.read()).startswith(b"--tied needs a pipe")


@pytest.mark.parametrize(
    "words",
    [
        ["--port", "65536"],
        ["--port", "-1"],
        ["--port", "http"],
        ["--port", "٣"],
        ["--token", "secret"],
        ["--token", "12:short"],
        ["--token", "700000001:with space"],
        ["--seed", "forest"],
        ["--unknown"],
    ],
)
def test_a_word_that_makes_no_sense_is_named(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert words[0] in capfd.readouterr().err


def test_help_tells_what_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    told = capfd.readouterr().out
    assert all(word in told for word in ("--port", "--mtproto", "--token", "--seed", "--tied", "--host"))
