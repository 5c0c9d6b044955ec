"""Real players: what they make of a room in pieces, and of MP3."""

import asyncio
import shutil
import statistics
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from containers.opus import RATE
from rooms.room import RoomState
from tests.browser import chromium, needs_chromium
from tests.deadline import DEADLINE
from tests.voice.sounds import strength
from tests.web.browsing import a_page, is_heard, on_air
from tests.web.house import House, open_house, opus

pytestmark = pytest.mark.asyncio(loop_scope="module")

LESS = "delete window.AudioDecoder; delete window.MediaSource; delete window.ManagedMediaSource;"
"""For a browser that can do no more than play what an address gives."""

IN_PARTS = """
async ([address, pieces]) => {
    const audio = document.createElement("audio");
    const source = new MediaSource();
    audio.src = URL.createObjectURL(source);
    await new Promise((done) => source.addEventListener("sourceopen", done, { once: true }));
    const buffer = source.addSourceBuffer('audio/mp4; codecs="mp4a.40.2"');
    const append = async (url) => {
        buffer.appendBuffer(await (await fetch(url)).arrayBuffer());
        await new Promise((done, failed) => {
            buffer.addEventListener("update", done, { once: true });
            buffer.addEventListener("error", () => failed(new Error(url)), { once: true });
        });
    };
    const shown = new Map();
    while (shown.size < pieces) {
        const lines = (await (await fetch(address)).text()).split("\\n");
        if (!shown.size) await append(lines.find((line) => line.startsWith("#EXT-X-MAP")).split('"')[1]);
        for (const url of lines.filter((line) => line.endsWith(".m4s") && !shown.has(line))) {
            await append(url);
            shown.set(url, true);
        }
        await new Promise((done) => setTimeout(done, 200));
    }
    const { buffered } = audio;
    return Array.from(buffered, (_, n) => [buffered.start(n), buffered.end(n)]);
}
"""
"""Fetches pieces into a MediaSource, as scripts do; gives what is there to be played, in seconds."""


@pytest_asyncio.fixture(loop_scope="module")
async def house() -> AsyncIterator[House]:
    async with open_house(has_copies=True) as house:
        await house.become(RoomState.LIVE)
        yield house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


async def run(*command: str | int | Path) -> str:
    """What a program says; it must end well."""
    process = await asyncio.create_subprocess_exec(*map(str, command), stdout=PIPE, stderr=STDOUT)
    async with asyncio.timeout(DEADLINE):
        said, _ = await process.communicate()
    text = said.decode(errors="replace")
    assert process.returncode == 0, text
    return text


def tone_in(path: Path) -> float:
    """How much of 440 Hz is in most of a recording of 4 s, raw s16le, mono."""
    samples = np.frombuffer(path.read_bytes(), np.int16)
    assert len(samples) == pytest.approx(4 * RATE, abs=0.1 * RATE)
    return statistics.median(
        strength(samples[at : at + 4800], 440) for at in range(0, len(samples) - 4800, 4800)
    )


@pytest.mark.parametrize("stream", ["stream.m3u8", "sound.m3u8", "stream.mp3"])
async def test_ffmpeg_plays_it_without_a_complaint(house: House, tmp_path: Path, stream: str) -> None:
    path = tmp_path / "heard.raw"
    async with on_air(house, opus(440, 60)):
        to_file = ("-ac", "1", "-ar", RATE, "-f", "s16le", path)
        said = await run("ffmpeg", "-v", "error", "-i", f"{house.page}/{stream}", "-t", "4", *to_file)
    assert said.replace("Found duplicated MOOV Atom. Skipped it", "").count("rror") == 0
    assert tone_in(path) == pytest.approx(7800, rel=0.05)


@pytest.mark.skipif(shutil.which("mpv") is None, reason="there is no mpv on this machine")
@pytest.mark.parametrize("stream", ["stream.m3u8", "stream.mp3"])
async def test_mpv_plays_it(house: House, tmp_path: Path, stream: str) -> None:
    path = tmp_path / "heard.raw"
    to_file = ("--ao=pcm", f"--ao-pcm-file={path}", "--ao-pcm-waveheader=no", "--audio-format=s16")
    async with on_air(house, opus(440, 60)):
        await run("mpv", "--no-config", "--vo=null", *to_file, "--length=4", f"{house.page}/{stream}")
    assert tone_in(path) == pytest.approx(7800, rel=0.05)


async def test_ffprobe_knows_mp3_and_its_title_from_its_beginning(house: House) -> None:
    async with on_air(house, opus(440, 1)):
        shown = "stream=codec_name,channels,bit_rate:format_tags=title"
        said = await run(
            "ffprobe", "-v", "error", "-show_entries", shown, "-of", "csv", f"{house.page}/stream.mp3"
        )
    assert "stream,mp3,1,64000" in said
    assert "Careers after 40" in said


@needs_chromium
async def test_chromium_takes_the_pieces_one_by_one(browser: Browser, house: House) -> None:
    await house.airwaves.heard(len(("opus", "mp3", "aac")))
    await house.play(opus(440, 11))
    async with a_page(browser, house.page) as page:
        (stretch,) = await page.evaluate(IN_PARTS, [f"{house.page}/sound.m3u8", 5])
    assert stretch[1] - stretch[0] == pytest.approx(5 * 2.00533, abs=0.05)


@needs_chromium
async def test_a_page_that_can_do_no_more_plays_the_pieces(browser: Browser, house: House) -> None:
    async with on_air(house, opus(440, 1)), a_page(browser, house.page, LESS) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.click("#play")
        await is_heard(page)
    assert f"{house.page}/stream.m3u8" in asked
    assert not any("stream.ogg" in url or "stream.mp3" in url for url in asked)


@needs_chromium
@pytest.mark.parametrize(("knows", "stream"), [("audio/ogg", "ogg"), ("audio/mpeg", "mp3")])
async def test_a_page_that_knows_no_playlists_plays_what_it_knows(
    browser: Browser, house: House, knows: str, stream: str
) -> None:
    knowing = f"HTMLMediaElement.prototype.canPlayType = (type) => type.startsWith('{knows}') ? 'maybe' : '';"
    async with on_air(house, opus(440, 1), speed=4), a_page(browser, house.page, LESS + knowing) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/stream." in request.url else None)
        await page.click("#play")
        await is_heard(page)
    assert asked[0] == f"{house.page}/stream.{stream}"
