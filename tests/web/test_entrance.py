"""The entrance: who asks is served however many dawdle, and who dawdles is let go."""

import asyncio
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress

import aiohttp
import pytest

from rooms.room import RoomState
from tests.deadline import DEADLINE
from tests.web.house import KEY, an_ear, asked, open_house, opus, settled
from tests.web.wires import a_lookout
from web.entrance import BREATH, Entrance


class Echo(asyncio.Protocol):
    """Says again what it is told."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(data)


@asynccontextmanager
async def an_entrance(room: int, idle: float = 10.0) -> AsyncIterator[tuple[Entrance, tuple[str, int]]]:
    async with a_lookout() as lookout, asyncio.TaskGroup() as tasks:
        entrance = Entrance(lookout, idle, room=room)
        address = await entrance.open("127.0.0.1", 0, Echo)
        watching = tasks.create_task(entrance.watch())
        yield entrance, address
        watching.cancel()
        entrance.shut()
        entrance.close()


Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def echoed(pair: Pair) -> bool:
    """Whether this one is still served."""
    reader, writer = pair
    async with asyncio.timeout(DEADLINE):
        try:
            writer.write(b"x")
            return await reader.read(1) == b"x"
        except ConnectionError:
            return False


async def test_one_too_many_lets_the_oldest_go() -> None:
    async with an_entrance(room=3) as (_, address):
        pairs = [await asyncio.open_connection(*address) for _ in range(3)]
        assert [await echoed(pair) for pair in pairs] == [True] * 3
        pairs.append(await asyncio.open_connection(*address))
        assert await echoed(pairs[3])
        assert [await echoed(pair) for pair in pairs] == [False, True, True, True]
        for _, writer in pairs:
            writer.close()


async def test_who_takes_nothing_of_an_answer_is_let_go() -> None:
    async with an_entrance(room=3, idle=0.1) as (entrance, address):
        with socket.create_connection(address) as line:
            line.setblocking(False)
            with suppress(ConnectionError):
                await asyncio.get_running_loop().sock_sendall(line, bytes(20_000_000))  # answers are not read
            await nobody_at(entrance)


async def test_a_shut_entrance_lets_nobody_in_and_gives_its_port_back() -> None:
    async with an_entrance(room=3) as (entrance, address):
        entrance.shut()
        entrance.shut()
        with socket.create_server(address):
            pass


async def test_an_address_that_cannot_be_had_is_told_and_leaves_nothing_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host, port = taken.getsockname()
        async with a_lookout() as lookout:
            with pytest.raises(OSError, match="in use"):
                await Entrance(lookout, 1.0).open(host, port, Echo)


@contextmanager
def few_descriptors() -> Iterator[None]:
    """As many as are open, and no more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with socket.socket() as next_one:
        resource.setrlimit(resource.RLIMIT_NOFILE, (next_one.fileno(), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_without_descriptors_it_waits_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    async with an_entrance(room=100) as (_, address):
        with socket.socket() as late:
            late.setblocking(False)
            with few_descriptors():
                await asyncio.get_running_loop().sock_connect(late, address)
                async with asyncio.timeout(DEADLINE):
                    while "no more descriptors" not in caplog.text:  # noqa: ASYNC110
                        await asyncio.sleep(0.01)
            late.send(b"x")
            async with asyncio.timeout(DEADLINE + BREATH):
                assert await asyncio.get_running_loop().sock_recv(late, 1) == b"x"
    assert "127.0.0.1" not in caplog.text


async def test_a_crowd_at_the_door_harms_nobody_who_listens() -> None:
    """Half of those who come say next to nothing; of the others as many as may are let in."""
    limit, comers = 20, 200
    request = f"GET /l/{KEY}/stream.ogg HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    async with (
        open_house(limit=limit, idle=0.3) as house,
        aiohttp.ClientSession() as session,
    ):
        await house.become(RoomState.LIVE)
        async with an_ear(session, f"{house.page}/stream.ogg") as healthy:
            await house.murmuring.heard()
            with ExitStack() as lines:
                answers = []
                for number in range(comers):
                    line = lines.enter_context(socket.create_connection(house.server.address))
                    line.setblocking(False)
                    line.send(request[:7] if number % 2 else request)
                    if not number % 2:
                        answers.append(await head(line))
                    await house.play(opus(440, 0.1))
                await nobody_at(house.server._entrance)
                assert answers.count(200) == limit - 1
                assert answers.count(503) == comers // 2 - limit + 1
            await house.become(RoomState.ENDED)
            heard = await healthy.listen_to_the_end()
    assert heard.count(b"OggS") >= comers


async def head(line: socket.socket) -> int:
    """The status that a listener is answered with."""
    async with asyncio.timeout(DEADLINE):
        answer = await asyncio.get_running_loop().sock_recv(line, 1000)
    return int(answer.split()[1])


async def nobody_at(entrance: Entrance) -> None:
    async with asyncio.timeout(DEADLINE):
        while entrance._at_the_door:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_beyond_the_limit_the_answer_is_a_clear_no_even_to_a_throng() -> None:
    async with open_house(limit=1) as house, aiohttp.ClientSession() as session:
        await house.become(RoomState.LIVE)
        async with an_ear(session, f"{house.page}/stream.ogg"):
            request = f"GET /l/{KEY}/stream.ogg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
            answers = await asyncio.gather(*(asked(house, request) for _ in range(50)))
            await settled()
    for answer in answers:
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: 5" in answer
        assert b"Every place in the gallery is taken" in answer
