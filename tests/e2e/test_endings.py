"""What the program cannot go on without ends it in a sentence, never in a loop."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from pyrogram import raw

from app.cli import CANNOT_RUN
from sandbox.mtproto.framing import REQUEST_ID, Unframer, frame
from tests.bot.flaky import Flaky
from tests.deadline import DEADLINE
from tests.e2e.evening.house import free_ports, open_house
from tests.interface import needs_interface

TOKEN = "700000001:a-token-of-the-tests-alone"

pytestmark = needs_interface


@asynccontextmanager
async def closed_door(path: Path) -> AsyncIterator[None]:
    """Telegram's servers after the account was logged out everywhere."""
    refusal = raw.types.RpcError(error_code=401, error_message="SESSION_REVOKED")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        unframer = Unframer()
        while data := await reader.read(65536):
            for body in unframer.feed(data):
                (number,) = REQUEST_ID.unpack(BytesIO(body).read(REQUEST_ID.size))
                writer.write(frame(raw.types.RpcResult(req_msg_id=number, result=refusal).write()))
        writer.close()

    async with await asyncio.start_unix_server(answer, path):
        yield


async def test_an_account_that_was_logged_out_ends_the_program(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    async with closed_door(tmp_path / "door"), Flaky().served() as telegram:
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app", "run",
            env={
                **os.environ,
                "LOGGIONE_BOT_TOKEN": TOKEN,
                "LOGGIONE_BOT_API_URL": telegram.address,
                "LOGGIONE_SANDBOX_MTPROTO": str(tmp_path / "door"),
                "LOGGIONE_DATA": str(tmp_path / "data"),
                "LOGGIONE_WEB_PORT": str(port),
                "LOGGIONE_LOG_LEVEL": "warning",
            },
            stdin=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(DEADLINE):
            _, said = await program.communicate()
    *logged, sentence = said.decode().splitlines()
    assert sentence.startswith("The relay account relay cannot work (SESSION_REVOKED): its session was ended")
    assert len([line for line in logged if "SESSION_REVOKED" in line]) <= 1  # told once
    assert program.returncode == CANNOT_RUN


async def test_the_demo_does_not_limp_on_without_its_sandbox(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with open_house(tmp_path, *free_ports(2)) as house:
        os.kill(house.state["pids"]["sandbox"], signal.SIGKILL)
        async with asyncio.timeout(DEADLINE):
            assert await house.process.wait() == CANNOT_RUN
    said = capfd.readouterr().err
    assert "The sandbox ended (status -9), and Telegram with it: please start again." in said
    assert "Traceback" not in said
