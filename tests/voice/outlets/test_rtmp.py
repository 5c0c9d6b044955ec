"""RTMP: nginx passes on what is sent; little servers do what real ones seldom do."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import av
import pytest

from rooms.outlets import OutletState, read_address, read_outlet
from rooms.ports import Packet
from tests.voice.outlets.ears import listen
from tests.voice.outlets.little import HASTY, HERE, TRUSTING, Watch, broadcasting, little_server
from tests.voice.outlets.rtmp_host import Heard, RtmpHost
from tests.voice.outlets.servers import RealServer, needs_nginx, nginx
from tests.voice.sounds import cut, strength, tone
from voice.mixing.sound import SILENCE
from voice.mixing.units import SLOT, SLOT_SECONDS
from voice.outlets.backlog import Backlog, Sound
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.chunks import Kind
from voice.outlets.connection import Terms
from voice.outlets.restream import Restream, restream
from voice.outlets.rtmp import Rtmp

WELL, LOST = OutletState.ON_AIR, OutletState.LOST


def place(server: RealServer, path: str = "live/key") -> str:
    return f"rtmp://127.0.0.1:{server.port}/{path}"


@pytest.fixture
async def server() -> AsyncIterator[RealServer]:
    with nginx() as real:
        yield real


@needs_nginx
async def test_viewers_hear_what_was_fed(server: RealServer) -> None:
    watch = Watch()
    outlet = read_outlet(place(server))
    async with broadcasting(restream(outlet, watch, title="", allows_private=True), 660):
        sound = await listen(place(server), 1.5)
    assert strength(sound[-48_000:], 660) > 7000
    assert strength(sound[-48_000:], 440) < 100
    assert watch.states == [OutletState.CONNECTING, WELL]


@needs_nginx
async def test_after_the_server_was_killed_the_sound_comes_back(server: RealServer) -> None:
    watch = Watch()
    async with broadcasting(restream(read_outlet(place(server)), watch, title="", allows_private=True)):
        await watch.until(WELL)
        server.kill()
        await watch.until(LOST)
        server.start()
        await watch.until(LOST, WELL)
        assert strength((await listen(place(server), 1.5))[-48_000:], 440) > 7000


@needs_nginx
async def test_sound_is_heard_after_five_hours_too(server: RealServer) -> None:
    """RTMP's timestamps get a longer form after 4 h 40 min."""
    watch = Watch()
    stream = restream(read_outlet(place(server)), watch, title="", allows_private=True)
    async with broadcasting(stream, since=round(5 * 3600 / SLOT_SECONDS)):
        await watch.until(WELL)
        assert strength((await listen(place(server), 1.5))[-48_000:], 440) > 7000


@needs_nginx
@pytest.mark.parametrize("path", ["closed/key", "nowhere/key"])
async def test_where_nobody_may_publish_it_is_refused(server: RealServer, path: str) -> None:
    with pytest.raises(ServerRefused):
        await Rtmp(read_address(place(server, path)), HERE).carry(Backlog(), lambda: None)


@needs_nginx
async def test_a_key_that_somebody_else_uses_is_refused(server: RealServer) -> None:
    watch = Watch()
    async with broadcasting(restream(read_outlet(place(server)), watch, title="", allows_private=True)):
        await watch.until(WELL)
        with pytest.raises(ServerRefused):
            await Rtmp(read_address(place(server)), HERE).carry(Backlog(), lambda: None)


@needs_nginx
async def test_a_frozen_server_is_given_up_and_taken_up_again(server: RealServer) -> None:
    watch = Watch()
    terms = Terms(allows_private=True, answering=1, stalling=0.3)
    stream = Restream(Rtmp(read_address(place(server)), terms), watch)
    async with broadcasting(stream):
        await watch.until(WELL)
        with server.frozen():
            await flood(stream, watch)
        await watch.until(WELL)
        assert strength((await listen(place(server), 1.5))[-48_000:], 440) > 7000


async def flood(stream: Restream, watch: Watch) -> None:
    """Feed far too fast, until the server is given up."""
    blocks, slot = cut(tone(440, 1)), 0
    while watch.states[-1] is WELL:
        stream.feed(Packet(slot * SLOT, b"", 20), blocks[slot % 50])
        slot += 1
        await asyncio.sleep(0)


Hosting = Callable[[RtmpHost], Awaitable[None]]


async def carry(hosting: Hosting, path: str = "app/key", terms: Terms = TRUSTING) -> list[bool]:
    """Publish at a little server until that fails; whether it was on air, then whether it was refused."""
    ends: list[bool] = []
    backlog = Backlog()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await hosting(RtmpHost(reader, writer))
        await writer.drain()

    async def speak() -> None:
        blocks = cut(tone(440, 1))
        for slot in range(1 << 30):
            backlog.put(Sound(slot * SLOT, b"", blocks[slot % 50]))
            await asyncio.sleep(0)

    async with little_server(serve) as port, asyncio.TaskGroup() as group:
        speaking = group.create_task(speak())
        try:
            address = read_address(f"rtmp://127.0.0.1:{port}/{path}")
            await Rtmp(address, terms).carry(backlog, lambda: ends.append(True))
        except (ServerRefused, ServerLost) as end:
            ends.append(isinstance(end, ServerRefused))
        speaking.cancel()
    return ends


async def sent_to(host: RtmpHost, kind: Kind, count: int) -> list[Heard]:
    """The next messages of a kind."""
    messages: list[Heard] = []
    while len(messages) < count:
        if (heard := await host.hear()).kind == kind:
            messages.append(heard)
    return messages


@pytest.mark.parametrize(
    ("path", "application", "key"),
    [
        ("live/abc", "live", "abc"),
        ("live2/ab-cd?backup=1&a=b/c", "live2", "ab-cd?backup=1&a=b/c"),
        ("app/instance/key", "app/instance", "key"),
        ("s/123:AbC_-", "s", "123:AbC_-"),
        ("app//key", "app", "key"),
    ],
)
async def test_application_and_key_are_told_apart(path: str, application: str, key: str) -> None:
    told: list[object] = []

    async def hosting(host: RtmpHost) -> None:
        await host.shake_hands()
        told.append((await host.hear_command("connect"))[2])
        host.command("_result", 1, None, None)
        create = await host.hear_command("createStream")
        host.command("_result", create[1], None, 9)
        told.append((await host.hear_command("publish"))[3:])

    await carry(hosting, path)
    assert isinstance(told[0], dict)
    assert told[0]["app"] == application
    assert told[0]["tcUrl"].endswith(f"/{application}")
    assert told[1] == [key, "live"]


async def test_what_is_sent_is_told_before() -> None:
    told: list[list[object]] = []

    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        (data,) = await sent_to(host, Kind.DATA, 1)
        (config,) = await sent_to(host, Kind.AUDIO, 1)
        told.append([data.stream, *data.words[:2], config.stream, config.payload[:2]])

    await carry(hosting)
    assert told == [[1, "@setDataFrame", "onMetaData", 1, b"\xaf\x00"]]


async def test_frames_are_stamped_with_their_time() -> None:
    stamps: list[int] = []

    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        stamps.extend(heard.timestamp for heard in await sent_to(host, Kind.AUDIO, 100))

    await carry(hosting)
    assert stamps == sorted(stamps)
    assert stamps[-1] - stamps[-49] == 1024 * 48 * 1000 // 48_000


async def test_time_goes_on_over_connections() -> None:
    stamps: list[list[int]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = RtmpHost(reader, writer)
        await host.let_publish()
        stamps.append([heard.timestamp for heard in await sent_to(host, Kind.AUDIO, 12)])

    async def nap(_seconds: float) -> None:
        await asyncio.sleep(0)

    watch = Watch()
    async with little_server(serve) as port:
        address = read_address(f"rtmp://127.0.0.1:{port}/app/key")
        async with broadcasting(Restream(Rtmp(address, Terms(allows_private=True, proving=0)), watch, nap)):
            await watch.until(LOST, WELL, LOST, WELL, LOST)
    flat = [stamp for each in stamps[:3] for stamp in each]
    assert flat == sorted(flat)
    assert stamps[0][-1] < stamps[1][0] < stamps[1][-1] < stamps[2][0]


async def test_each_connection_can_be_played_by_itself() -> None:
    frames: list[bytes] = []

    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        for heard in await sent_to(host, Kind.AUDIO, 100):
            tag = bytes([8]) + len(heard.payload).to_bytes(3, "big") + heard.timestamp.to_bytes(3, "big")
            frames.append(tag + bytes(4) + heard.payload + (len(heard.payload) + 11).to_bytes(4, "big"))

    await carry(hosting)
    with av.open(io.BytesIO(b"FLV\x01\x04\0\0\0\x09\0\0\0\0" + b"".join(frames)), "r") as flv:
        (audio,) = flv.streams.audio
        assert (audio.codec_context.name, audio.rate, audio.channels) == ("aac", 48_000, 1)
        samples = [frame.samples for frame in flv.decode(audio)]
    assert sum(samples) >= 98 * 1024


async def test_an_error_in_answer_is_a_refusal() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.shake_hands()
        await host.hear_command("connect")
        host.command("_error", 1, None, {"code": "NetConnection.Connect.Rejected"})
        await host.hear_command("never")

    assert await carry(hosting) == [True]


async def test_answers_to_what_was_not_asked_are_passed_over() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.shake_hands()
        await host.hear_command("connect")
        host.command("onBWDone", 0, None, 8192)
        host.command("_result", 1, None, None)
        release = await host.hear_command("releaseStream")
        host.command("_error", release[1], None, None)
        create = await host.hear_command("createStream")
        host.command("onFCPublish", 0, None, {"code": "NetStream.Publish.Start"})
        host.command("_result", create[1], None, 1)
        await host.hear_command("publish")
        host.status("NetStream.Data.Start")
        host.status("NetStream.Publish.Start")
        await sent_to(host, Kind.AUDIO, 3)

    assert await carry(hosting) == [True, False]


@pytest.mark.parametrize("code", ["NetStream.Publish.BadName", "NetStream.Publish.Denied"])
async def test_a_bad_name_is_a_refusal(code: str) -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.shake_hands()
        await host.hear_command("connect")
        host.command("_result", 1, None, None)
        create = await host.hear_command("createStream")
        host.command("_result", create[1], None, 1)
        await host.hear_command("publish")
        host.status(code, "error")
        await host.hear_command("never")

    assert await carry(hosting) == [True]


@pytest.mark.parametrize("stream", [0, -1, 1e300, "one", None])
async def test_a_stream_that_is_none_is_a_refusal(stream: float | str | None) -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.shake_hands()
        await host.hear_command("connect")
        host.command("_result", 1, None, None)
        create = await host.hear_command("createStream")
        host.command("_result", create[1], None, stream)
        await host.hear_command("never")

    assert await carry(hosting) == [True]


async def test_hanging_up_on_the_key_is_a_refusal() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.shake_hands()
        await host.hear_command("connect")

    assert await carry(hosting) == [True]


async def test_hanging_up_just_after_a_yes_is_a_refusal() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        await sent_to(host, Kind.AUDIO, 3)

    assert await carry(hosting, terms=HERE) == [True]


async def test_hanging_up_before_is_a_loss() -> None:
    async def hosting(_host: RtmpHost) -> None:
        return

    assert await carry(hosting) == [False]


async def test_hanging_up_on_air_is_a_loss() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        await sent_to(host, Kind.AUDIO, 3)

    assert await carry(hosting) == [True, False]


@pytest.mark.parametrize(
    ("code", "level"), [("NetStream.Unpublish.Success", "status"), ("NetStream.Failed", "error")]
)
async def test_a_stream_that_the_server_ends_is_lost(code: str, level: str) -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        host.status("NetStream.Data.Start")
        await sent_to(host, Kind.AUDIO, 3)
        host.status(code, level)
        await host.hear_command("never")

    assert await carry(hosting) == [True, False]


async def test_nonsense_on_air_is_a_loss() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        await sent_to(host, Kind.AUDIO, 3)
        host.send(Kind.COMMAND, b"\xff\xff\xff")
        await host.hear_command("never")

    assert await carry(hosting) == [True, False]


async def test_a_server_that_never_answers_is_lost() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.shake_hands()
        await host.hear_command("never")

    assert await carry(hosting, terms=HASTY) == [False]


async def test_a_server_that_stops_reading_is_lost() -> None:
    async def hosting(host: RtmpHost) -> None:
        await host.let_publish()
        await asyncio.Event().wait()

    assert await carry(hosting, terms=replace(TRUSTING, stalling=0.3)) == [True, False]


async def test_who_is_silent_is_sent_as_silence() -> None:
    sent: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = RtmpHost(reader, writer)
        await host.let_publish()
        sent.append(len(await sent_to(host, Kind.AUDIO, 5)))

    watch = Watch()
    async with little_server(serve) as port, asyncio.TaskGroup() as group:
        stream = Restream(Rtmp(read_address(f"rtmp://127.0.0.1:{port}/app/key"), TRUSTING), watch)
        running = group.create_task(stream.run())
        await watch.until(WELL)
        for slot in range(10):
            stream.feed(Packet(slot * SLOT, b"", 127), SILENCE)
        await watch.until(LOST)
        running.cancel()
    assert sent == [5]
