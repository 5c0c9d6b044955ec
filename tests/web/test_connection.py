"""A connection: a transport for aiohttp that can be left without being closed."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from tests.deadline import DEADLINE
from tests.web.wires import a_lookout
from web.connection import MUCH, Connection


@dataclass
class Protocol(asyncio.Protocol):
    """Notes what it is told."""

    said: list[str] = field(default_factory=list)
    received: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)
    lost: asyncio.Event = field(default_factory=asyncio.Event)

    def connection_made(self, _transport: asyncio.BaseTransport) -> None:
        self.said.append("made")

    def data_received(self, data: bytes) -> None:
        self.received.put_nowait(data)

    def pause_writing(self) -> None:
        self.said.append("pause")

    def resume_writing(self) -> None:
        self.said.append("resume")

    def connection_lost(self, _exc: Exception | None) -> None:
        self.said.append("lost")
        self.lost.set()


@dataclass
class Served:
    connection: Connection
    protocol: Protocol
    far: socket.socket
    left: list[Connection] = field(default_factory=list)

    async def read(self, length: int) -> bytes:
        loop, got = asyncio.get_running_loop(), b""
        async with asyncio.timeout(DEADLINE):
            while len(got) < length and (piece := await loop.sock_recv(self.far, length - len(got))):
                got += piece
        return got

    async def until_lost(self) -> None:
        async with asyncio.timeout(DEADLINE):
            await self.protocol.lost.wait()


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        far = socket.create_connection(server.getsockname())
        near, _ = server.accept()
    near.setblocking(False)
    far.setblocking(False)
    async with a_lookout() as lookout:
        protocol, left = Protocol(), list[Connection]()
        connection = Connection(near, lookout, lambda: protocol, left.append)
        connection.open()
        with far:
            yield Served(connection, protocol, far, left)
        connection.abort()


async def test_what_comes_is_handed_on_and_what_is_written_goes_out() -> None:
    async with served() as it:
        it.far.send(b"question")
        assert await it.protocol.received.get() == b"question"
        it.connection.write(b"answer")
        assert await it.read(6) == b"answer"


async def test_much_that_waits_asks_for_a_pause_until_it_is_gone() -> None:
    async with served() as it:
        content = bytes(range(256)) * 40_000
        it.connection.write(content)
        assert it.protocol.said == ["made", "pause"]
        assert it.connection.get_write_buffer_size() > MUCH
        assert await it.read(len(content)) == content
        async with asyncio.timeout(DEADLINE):
            while it.connection.get_write_buffer_size():  # noqa: ASYNC110
                await asyncio.sleep(0)
        assert it.protocol.said == ["made", "pause", "resume"]


async def test_closed_it_writes_what_waits_first() -> None:
    async with served() as it:
        content = bytes(5_000_000)
        it.connection.write(content)
        it.connection.close()
        it.connection.write(b"too late")
        assert it.connection.is_closing()
        assert len(await it.read(len(content) + 1)) == len(content)
        await it.until_lost()
        assert it.left == [it.connection]


async def test_paused_it_reads_nothing_until_it_is_resumed() -> None:
    async with served() as it:
        it.connection.pause_reading()
        it.far.send(b"question")
        for _ in range(20):
            await asyncio.sleep(0)
        assert it.protocol.received.empty()
        it.connection.resume_reading()
        async with asyncio.timeout(DEADLINE):
            assert await it.protocol.received.get() == b"question"


@pytest.mark.parametrize("is_reading", [True, False])
async def test_a_lost_connection_is_told_once(is_reading: bool) -> None:
    async with served() as it:
        if not is_reading:
            it.connection.pause_reading()
            it.connection.write(b"x")
            it.far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        it.far.close()
        await it.until_lost()
        it.connection.close()
        it.connection.abort()
        await asyncio.sleep(0)
        assert it.protocol.said == ["made", "lost"]
        assert it.left == [it.connection]


async def test_released_it_stays_open_and_is_lost_for_who_served_it() -> None:
    async with served() as it:
        it.connection.write(b"before ")
        line, unsent = it.connection.release()
        it.connection.write(b"nothing")
        it.connection.close()
        assert unsent == b""
        assert line.offer(b"after") == 5
        assert await it.read(12) == b"before after"
        await it.until_lost()
        line.abort()


async def test_what_was_not_written_yet_is_handed_over_with_it() -> None:
    async with served() as it:
        content = bytes(range(256)) * 40_000
        it.connection.write(content)
        line, unsent = it.connection.release()
        assert content.endswith(unsent)
        assert await it.read(len(content) - len(unsent)) == content[: -len(unsent)]
        line.abort()


async def test_time_counts_only_while_something_must_go_forward() -> None:
    async with served() as it:
        it.connection.tick()
        assert it.connection.idle_ticks == 0
        it.connection.write(bytes(10_000_000))
        it.connection.tick()
        it.connection.tick()
        assert it.connection.idle_ticks == 2
        await it.read(9_000_000)
        assert it.connection.idle_ticks == 0


async def test_of_who_is_there_only_the_address_is_told_while_it_is_there() -> None:
    async with served() as it:
        assert it.connection.get_extra_info("peername") == it.far.getsockname()
        assert it.connection.get_extra_info("socket") is None
        assert it.connection.get_extra_info("sslcontext") is None
        it.connection.abort()
        assert it.connection.get_extra_info("peername", "nobody") == "nobody"
