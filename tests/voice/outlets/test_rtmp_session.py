"""An RTMP session: the handshake, and what a server may ask for in between."""

import asyncio
import struct
from collections.abc import Awaitable, Callable

import pytest

from rooms.outlets import Address, Scheme
from tests.voice.outlets.little import TRUSTING, little_server
from tests.voice.outlets.rtmp_host import Heard, RtmpHost
from voice.outlets import amf
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.chunks import Kind
from voice.outlets.connection import connected
from voice.outlets.rtmp_session import RtmpSession

Hosting = Callable[[RtmpHost], Awaitable[None]]


async def first_command(hosting: Hosting) -> list[amf.Value]:
    """What a session makes of a server's doings: the first command that it understands."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = RtmpHost(reader, writer)
        await host.shake_hands()
        await hosting(host)
        await reader.read()

    async with little_server(serve) as port:
        address = Address(Scheme.RTMP, "127.0.0.1", port, "/app/key")
        async with connected(address, TRUSTING) as connection:
            session = RtmpSession(connection)
            await session.begin()
            async for command in session.commands():
                return command
    raise AssertionError


async def answer_to(kind: Kind, payload: bytes) -> Heard:
    """What a session sends back when it is sent this."""
    answers: list[Heard] = []

    async def hosting(host: RtmpHost) -> None:
        host.send(kind, payload)
        while not answers or answers[-1].kind == Kind.SET_CHUNK_SIZE:
            answers.append(await host.hear())
        host.command("over", 0)

    await first_command(hosting)
    return answers[-1]


async def test_commands_come_with_name_and_number() -> None:
    async def hosting(host: RtmpHost) -> None:
        host.command("_result", 1, None, 7)

    assert await first_command(hosting) == ["_result", 1.0, None, 7.0]


async def test_commands_in_amf_3_are_understood() -> None:
    async def hosting(host: RtmpHost) -> None:
        host.send(Kind.COMMAND_AMF3, b"\0" + amf.write("_result", 1, None))

    assert await first_command(hosting) == ["_result", 1.0, None]


async def test_other_messages_are_passed_over() -> None:
    async def hosting(host: RtmpHost) -> None:
        for kind in (Kind.ACKNOWLEDGEMENT, Kind.USER_CONTROL, Kind.DATA, 2, 99):
            host.send(kind, b"")
        host.command("onBWDone", 0)

    assert await first_command(hosting) == ["onBWDone", 0.0]


async def test_a_ping_is_answered() -> None:
    answer = await answer_to(Kind.USER_CONTROL, struct.pack(">HI", 6, 1234))
    assert (answer.kind, answer.payload) == (Kind.USER_CONTROL, struct.pack(">HI", 7, 1234))


async def test_a_limit_is_acknowledged() -> None:
    answer = await answer_to(Kind.PEER_BANDWIDTH, struct.pack(">IB", 5_000_000, 2))
    assert (answer.kind, answer.payload) == (Kind.WINDOW_SIZE, struct.pack(">I", 5_000_000))


async def test_what_came_is_acknowledged_once_in_a_window() -> None:
    acknowledged: list[int] = []

    async def hosting(host: RtmpHost) -> None:
        host.send(Kind.WINDOW_SIZE, struct.pack(">I", 500))
        for _ in range(100):
            host.send(Kind.DATA, bytes(100))
        host.send(Kind.USER_CONTROL, struct.pack(">HI", 6, 0))
        while (heard := await host.hear()).kind != Kind.USER_CONTROL:
            if heard.kind == Kind.ACKNOWLEDGEMENT:
                acknowledged.append(int.from_bytes(heard.payload, "big"))
        host.command("over", 0)

    await first_command(hosting)
    assert acknowledged == sorted(acknowledged)
    assert len(acknowledged) == (100 * 112) // 560


async def test_a_window_of_nothing_asks_for_nothing() -> None:
    answers: list[int] = []

    async def hosting(host: RtmpHost) -> None:
        host.send(Kind.WINDOW_SIZE, bytes(4))
        host.send(Kind.DATA, bytes(100))
        host.send(Kind.USER_CONTROL, struct.pack(">HI", 6, 0))
        answers.extend([(await host.hear()).kind, (await host.hear()).kind])
        host.command("over", 0)

    assert await first_command(hosting) == ["over", 0.0]
    assert answers == [Kind.SET_CHUNK_SIZE, Kind.USER_CONTROL]


@pytest.mark.parametrize("payload", [b"", b"\xff", amf.write("alone"), amf.write("cut", 1)[:-3]])
async def test_a_command_that_is_none_is_a_loss(payload: bytes) -> None:
    async def hosting(host: RtmpHost) -> None:
        host.send(Kind.COMMAND, payload)

    with pytest.raises(ServerLost):
        await first_command(hosting)


async def test_who_speaks_another_language_is_refused() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()

    async with little_server(serve) as port:
        address = Address(Scheme.RTMP, "127.0.0.1", port, "/app/key")
        with pytest.raises(ServerRefused):
            async with connected(address, TRUSTING) as connection:
                await RtmpSession(connection).begin()
