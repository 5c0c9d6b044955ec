"""The server: how it opens and closes, and what is never written down."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from rooms.ports import Packet
from rooms.room import RoomState
from tests.deadline import DEADLINE
from tests.fakes.groups import CAREERS
from tests.web.house import KEY, House, an_ear, asked, open_house, opus
from tests.web.test_doors import PATHS
from tests.web.test_feeds import FEEDS

CANARY = "canary-agent-4711"


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers={"User-Agent": CANARY}) as session:
        yield session


async def test_listeners_are_let_go_at_once_when_the_server_closes(session: aiohttp.ClientSession) -> None:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        streams = [
            await session.get(f"{house.page}/{name}") for name in ("stream.ogg", "stream.webm", "events")
        ]
        await house.play(opus(440, 0.5))
    for stream in streams:
        with pytest.raises(aiohttp.ClientPayloadError):
            await stream.read()


async def test_a_closed_server_gives_its_port_back_and_can_be_run_again(
    session: aiohttp.ClientSession,
) -> None:
    async with open_house() as house:
        address = house.server.address
        assert house.server.is_up.is_set()
    assert not house.server.is_up.is_set()
    with socket.create_server(address):
        pass
    async with asyncio.TaskGroup() as group:
        running = group.create_task(house.server.run())
        await house.server.is_up.wait()
        await house.become(RoomState.LIVE)
        async with an_ear(session, f"{house.page}/stream.ogg"):
            pass
        running.cancel()


async def test_a_request_that_never_ends_is_let_go() -> None:
    async with open_house(idle=0.05) as house:
        reader, writer = await asyncio.open_connection(*house.server.address)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
        async with asyncio.timeout(DEADLINE):
            assert await reader.read() == b""
        writer.close()


async def test_who_listens_is_written_down_nowhere(
    house: House,
    session: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Canaries: agent, referrer, addresses, cookie and keys, through success and every failure."""
    caplog.set_level(logging.DEBUG)
    headers = {
        "Referer": "https://canary-referrer",
        "X-Forwarded-For": "203.0.113.77",
        "Cookie": "canary=cookie",
    }
    await house.become(RoomState.LIVE)
    for path in (*PATHS, *FEEDS, f"/l/{KEY}"):
        if "stream" not in path:
            async with session.get(house.url + path, headers=headers):
                pass
    async with an_ear(session, f"{house.page}/stream.ogg", **headers) as ear:
        await house.airwaves.heard()
        house.airwaves.publish(house.room.id, Packet(0, bytes(70_000), 0))
        await house.play(opus(440, 0.2))
        with pytest.raises(aiohttp.ClientPayloadError):
            await ear.listen_to_the_end()
    await asked(house, f"GET /l/{KEY} HTTP/1.1\r\nHost\r\n{CANARY}\r\n\r\n".encode())
    house.store.records = None  # type: ignore[assignment]
    async with session.get(f"{house.url}/l/{KEY}x", headers=headers) as answer:
        assert answer.status == 500
    told = caplog.text + "".join(capfd.readouterr())
    assert "a channel broke" in told
    assert "an answer failed" in told
    for canary in ("canary", "203.0.113.77", "127.0.0.1", KEY, CAREERS.programme_key):
        assert canary not in told
