"""Icecast: a real one passes on what is sent; little ones do what real ones seldom do."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from containers.opus import SILENT_PACKET
from rooms.outlets import OutletState, read_address, read_outlet
from rooms.ports import Packet
from tests.deadline import DEADLINE
from tests.voice.outlets.ears import listen
from tests.voice.outlets.little import HASTY, HERE, TRUSTING, Serve, Watch, broadcasting, little_server
from tests.voice.outlets.servers import RealServer, icecast, needs_icecast
from tests.voice.sounds import strength
from voice.mixing.sound import SILENCE
from voice.mixing.units import SLOT
from voice.outlets.backlog import Backlog, Sound
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.connection import Terms
from voice.outlets.icecast import Icecast
from voice.outlets.restream import Restream, restream

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
WELL, AGAIN = OutletState.ON_AIR, (OutletState.LOST, OutletState.ON_AIR)


def mount(server: RealServer) -> str:
    return f"icecast://source:hackme@127.0.0.1:{server.port}/talk.ogg"


def public(server: RealServer) -> str:
    return f"http://127.0.0.1:{server.port}/talk.ogg"


@pytest.fixture
async def server() -> AsyncIterator[RealServer]:
    with icecast() as real:
        yield real


async def facts(server: RealServer) -> dict[str, object]:
    """What the server says of its one mount; nothing, where it has none."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{server.port}/status-json.xsl") as answer,
    ):
        told = json.loads(await answer.text())
    return dict(told["icestats"].get("source", {}))


@needs_icecast
async def test_listeners_hear_what_was_fed(server: RealServer) -> None:
    watch = Watch()
    outlet = read_outlet(mount(server))
    async with broadcasting(restream(outlet, watch, title="Sera è", allows_private=True), 660):
        sound = await listen(public(server), 1.5)
        told = await facts(server)
    assert strength(sound[-48_000:], 660) > 7000
    assert strength(sound[-48_000:], 440) < 100
    assert watch.states == [OutletState.CONNECTING, WELL]
    assert (told["server_name"], told["server_type"]) == ("Sera è", "audio/ogg")


@needs_icecast
async def test_after_the_server_was_killed_the_sound_comes_back(server: RealServer) -> None:
    watch = Watch()
    async with broadcasting(restream(read_outlet(mount(server)), watch, title="", allows_private=True)):
        await watch.until(WELL)
        server.kill()
        await watch.until(OutletState.LOST)
        server.start()
        await watch.until(*AGAIN)
        assert strength((await listen(public(server), 1.5))[-48_000:], 440) > 7000


@needs_icecast
async def test_a_wrong_password_is_refused_by_a_real_server(server: RealServer) -> None:
    with pytest.raises(ServerRefused, match="401"):
        wrong = mount(server).replace("hackme", "wrong")
        await Icecast(read_address(wrong), "", HERE).carry(Backlog(), lambda: None)


@needs_icecast
async def test_a_mount_that_another_source_has_is_refused(server: RealServer) -> None:
    watch = Watch()
    async with broadcasting(restream(read_outlet(mount(server)), watch, title="", allows_private=True)):
        await watch.until(WELL)
        with pytest.raises(ServerRefused, match="403"):
            await Icecast(read_address(mount(server)), "", HERE).carry(Backlog(), lambda: None)


@needs_icecast
async def test_a_frozen_server_is_given_up_and_taken_up_again(server: RealServer) -> None:
    watch = Watch()
    terms = Terms(allows_private=True, answering=1, stalling=0.3)
    stream = Restream(Icecast(read_address(mount(server)), "", terms), watch)
    async with broadcasting(stream):
        await watch.until(WELL)
        with server.frozen():
            for _ in range(400):
                await flood(stream)
            await watch.until(OutletState.LOST)
        await watch.until(WELL)
        assert strength((await listen(public(server), 1.5))[-48_000:], 440) > 7000


async def flood(stream: Restream) -> None:
    """More sound than the kernel can hold for a server that reads nothing."""
    for _ in range(10):
        stream.feed(Packet(0, SILENT_PACKET + bytes(1200), 127), SILENCE)
    await asyncio.sleep(0)


@needs_icecast
async def test_the_mount_is_gone_when_the_talk_is_over(server: RealServer) -> None:
    watch = Watch()
    async with broadcasting(restream(read_outlet(mount(server)), watch, title="", allows_private=True)):
        await watch.until(WELL)
        await listen(public(server), 0.5)
    async with asyncio.timeout(DEADLINE):
        while await facts(server):
            pass


async def carry(
    serve: Serve,
    url: str = "icecast://dj:p%40ss@127.0.0.1:{}/a/talk.ogg?x=1",
    title: str = "",
    terms: Terms = TRUSTING,
) -> list[bool]:
    """Carry on to a little server until that fails; whether it was on air."""
    on_air: list[bool] = []
    backlog = Backlog()

    async def speak() -> None:
        for slot in range(1 << 30):
            backlog.put(Sound(slot * SLOT, SILENT_PACKET + bytes(1200), SILENCE))
            await asyncio.sleep(0)

    async with little_server(serve) as port, asyncio.TaskGroup() as group:
        speaking = group.create_task(speak())
        try:
            await Icecast(read_address(url.format(port)), title, terms).carry(
                backlog, lambda: on_air.append(True)
            )
        except (ServerRefused, ServerLost) as end:
            on_air.append(isinstance(end, ServerRefused))
        speaking.cancel()
    return on_air


async def test_the_request_says_all_that_a_server_wants_to_know() -> None:
    requests = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append((await reader.readuntil(b"\r\n\r\n")).decode())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await reader.read(1)  # nothing is sent before the server agrees
        writer.write(CONTINUE)
        requests.append((await reader.readexactly(4)).decode())

    await carry(serve, title="One\r\nX-Evil: 1")
    line, *headers = requests[0].split("\r\n")
    assert line == "PUT /a/talk.ogg?x=1 HTTP/1.1"
    login = b64encode(b"dj:p@ss").decode()
    assert f"Authorization: Basic {login}" in headers
    assert {"Content-Type: audio/ogg", "Ice-Public: 0", "Expect: 100-continue"} <= set(headers)
    assert "Ice-Name: One X-Evil: 1" in headers
    assert headers[0].startswith("Host: 127.0.0.1:")
    assert requests[1] == "OggS"


async def test_without_a_user_it_is_the_source() -> None:
    requests = []

    async def serve(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readuntil(b"\r\n\r\n"))

    await carry(serve, "icecast://:hackme@127.0.0.1:{}/m")
    assert b"Authorization: Basic " + b64encode(b"source:hackme") in requests[0]


async def test_who_joins_hears_what_is_said_from_then_on() -> None:
    backlog, received = Backlog(), []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(50):
            backlog.put(Sound(0, b"old", SILENCE))
        writer.write(CONTINUE)
        received.append(await reader.readuntil(b"new"))

    def speak() -> None:
        for slot in range(50):
            backlog.put(Sound(slot * SLOT, b"new", SILENCE))

    async with little_server(serve) as port:
        with pytest.raises(ServerLost):
            await Icecast(read_address(f"icecast://:x@127.0.0.1:{port}/m"), "", TRUSTING).carry(
                backlog, speak
            )
    assert b"old" not in received[0]


def answering(head: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        await writer.drain()

    return serve


@pytest.mark.parametrize(
    "status",
    ["301 Moved", "400 Bad Request", "401 Unauthorized", "403 Mountpoint in use", "404", "405", "429 Slow"],
)
async def test_a_no_is_a_refusal(status: str) -> None:
    assert await carry(answering(f"HTTP/1.0 {status}\r\nA: b\r\n\r\nbody".encode())) == [True]


@pytest.mark.parametrize("status", ["408 Timeout", "500 Oh", "502 Bad Gateway", "503 Busy"])
async def test_trouble_of_the_servers_own_is_a_loss(status: str) -> None:
    assert await carry(answering(f"HTTP/1.1 {status}\r\n\r\n".encode())) == [False]


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 100", b"\xff\x00", b"HTTP/1.1 100 Continue\r\n"])
async def test_hanging_up_before_an_answer_is_a_loss(head: bytes) -> None:
    assert await carry(answering(head)) == [False]


@pytest.mark.parametrize(
    "head", [b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 yes\r\n\r\n", b"HTTP/1.1\r\n\r\n", b"\r\n\r\n"]
)
async def test_what_is_no_http_is_a_refusal(head: bytes) -> None:
    assert await carry(answering(head)) == [True]


async def test_hanging_up_on_air_is_a_loss() -> None:
    assert await carry(answering(CONTINUE)) == [True, False]


async def test_an_ok_without_a_continue_will_do() -> None:
    assert await carry(answering(b"HTTP/1.0 200 OK\r\n\r\n")) == [True, False]


async def test_a_server_that_changes_its_mind_refuses() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(CONTINUE)
        await reader.readexactly(100)
        writer.write(b"HTTP/1.1 403 Enough\r\n\r\n")
        while await reader.read(10_000):
            pass

    assert await carry(serve) == [True, True]


async def test_a_server_that_never_answers_is_lost() -> None:
    async def serve(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        while await reader.read(10_000):
            pass

    assert await carry(serve, terms=HASTY) == [False]


async def test_a_server_that_stops_reading_is_lost() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(CONTINUE)
        await asyncio.Event().wait()

    assert await carry(serve, terms=replace(TRUSTING, stalling=0.3)) == [True, False]
