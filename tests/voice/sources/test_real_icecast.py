"""A real Icecast server: what ffmpeg sends to it is heard, over its end and beginning again."""

import asyncio
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from rooms.playing import Cue
from tests.deadline import DEADLINE
from tests.sandbox.waiting import until
from tests.voice.outlets.servers import icecast, needs_icecast
from tests.voice.sources.audience import hear, make_player, pitch, working
from voice.sources.patience import Patience

pytestmark = needs_icecast

FORMATS = {
    "mp3": [
        "-c:a",
        "libmp3lame",
        "-b:a",
        "256k",
        "-flush_packets",
        "1",
        "-f",
        "mp3",
        "-content_type",
        "audio/mpeg",
    ],
    "ogg": [
        "-c:a",
        "libopus",
        "-flush_packets",
        "1",
        "-page_duration",
        "100000",
        "-f",
        "ogg",
        "-content_type",
        "application/ogg",
    ],
}

PATIENT = Patience(retries=(0.2,) * 50)


@asynccontextmanager
async def sending(port: int, kind: str, hertz: int) -> AsyncIterator[str]:
    """A source client; within the block its stream is on the server, at the address."""
    place = f"127.0.0.1:{port}/live.{kind}"
    tone = ["-re", "-f", "lavfi", "-i", f"sine={hertz}:r=44100"]
    process = await asyncio.create_subprocess_exec(
        "ffmpeg", "-loglevel", "quiet", *tone, *FORMATS[kind], f"icecast://source:hackme@{place}",
        stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
    )  # fmt: skip
    try:
        await until_served(f"http://{place}")
        yield f"http://{place}"
    finally:
        process.kill()
        await process.wait()


async def until_served(url: str) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(DEADLINE):
        while True:
            async with session.get(url) as response:
                if response.status == 200:
                    return
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_station_is_heard(kind: str) -> None:
    with icecast() as server:
        async with sending(server.port, kind, 440) as url, working(make_player()) as player:
            await player.add(Cue("Radio", url=url))
            assert pitch(await hear(player, 2)) == pytest.approx(440, abs=3)
            assert player.playback.length is None


async def test_song_titles_come_from_the_station() -> None:
    with icecast() as server:
        async with sending(server.port, "mp3", 440) as url, working(make_player()) as player:
            await player.add(Cue("Radio", url=url))
            door = f"http://admin:hackme@127.0.0.1:{server.port}/admin/metadata"
            news = {"mount": "/live.mp3", "mode": "updinfo", "song": "Ella: Misty"}
            async with aiohttp.ClientSession() as session, session.get(door, params=news) as response:
                assert response.status == 200
            sound = await hear(player, 600, over=lambda one: one.playback.now == "Radio · Ella: Misty")
            assert player.playback.now == "Radio · Ella: Misty"
            assert pitch(sound) == pytest.approx(440, abs=3)


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_station_that_goes_off_and_comes_back_is_heard_again(kind: str) -> None:
    with icecast() as server:
        async with working(make_player(PATIENT)) as player:
            async with sending(server.port, kind, 440) as url:
                await player.add(Cue("Radio", url=url))
                await hear(player, 1)
            async with sending(server.port, kind, 880):
                source = player._playlist.current
                assert source is not None
                await until(lambda: player.take(is_talked_over=False) is None, 60, every=0.005)
                sound = await hear(player, 2)
            assert pitch(sound[-48_000:]) == pytest.approx(880, abs=3)
            assert player.playback.error is None
