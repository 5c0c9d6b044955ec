"""Reaching Telegram."""

import asyncio
import socket
from contextlib import closing

import pytest

from bot.connection import connected
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import TOKEN, settings_for
from tests.deadline import DEADLINE
from tests.sandbox.waiting import until


def test_the_token_is_not_shown_with_the_settings_for() -> None:
    assert TOKEN not in repr(settings_for("http://127.0.0.1"))


async def test_a_network_that_is_not_there_yet_is_waited_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    async with Flaky().served() as telegram:
        telegram.next("getMe", refusal(502, "Bad Gateway"), refusal(429, "Too Many", retry_after=0))
        async with connected(settings_for(telegram.address), pause=0.01) as application:
            assert application.bot.username == "loggione_bot"
    assert "cannot be reached" in caplog.text
    assert TOKEN not in caplog.text
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_connect(f"http://127.0.0.1:{port}"))
        await until(lambda: caplog.text.count("cannot be reached") >= 3, DEADLINE)
        task.cancel()


async def _connect(address: str) -> None:
    async with connected(settings_for(address), pause=0.01):
        pass
