"""The decoder: a process of its own, which survives everything or dies alone."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voice.sounds import strength
from tests.voice.sources.files import make
from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT
from voice.sources.decoder import Decoder, Undecodable, decoding

KINDS = ("a.mp3", "a.flac", "a.ogg", "a.wav", "a.aac", "a.ts", "a.m4a", "a.mka", "a.wv")


async def listen(decoder: Decoder, seconds: float = 60) -> Block:
    """All it makes of a file, or the beginning."""
    await decoder.begin()
    blocks: list[Block] = []
    while len(blocks) < seconds * 50 and (block := await decoder.read()) is not None:
        blocks.append(block)
    return np.concatenate(blocks)


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def never() -> AsyncIterator[bytes]:
    yield b"RIFF"
    await asyncio.get_running_loop().create_future()


async def test_a_file_becomes_slots(tmp_path: Path) -> None:
    with make(tmp_path / "a.flac", 440, 1).open("rb", buffering=0) as file:
        async with decoding(file) as decoder:
            assert await decoder.begin() == RATE
            first = await decoder.read()
            assert first is not None
            assert first.shape == (SLOT,)


@pytest.mark.parametrize("size", [1000, 100_000])
async def test_what_is_fed_becomes_sound_too(tmp_path: Path, size: int) -> None:
    data = make(tmp_path / "a.mp3", 440, 3).read_bytes()
    async with decoding() as decoder, asyncio.TaskGroup() as tasks:
        tasks.create_task(decoder.feed(pieces(data, size)))
        sound = await listen(decoder)
    assert len(sound) / RATE == pytest.approx(3, abs=0.15)
    assert strength(sound[RATE : 2 * RATE], 440) > 5000


async def test_feeding_ends_when_nobody_decodes_any_more(tmp_path: Path) -> None:
    data = make(tmp_path / "a.wav", seconds=20).read_bytes()
    async with asyncio.TaskGroup() as tasks:
        async with decoding() as decoder:
            feeding = tasks.create_task(decoder.feed(pieces(data, 65_536)))
            await listen(decoder, seconds=1)
        await feeding


async def test_a_decoder_that_waits_for_bytes_can_be_left() -> None:
    async with asyncio.TaskGroup() as tasks:
        async with decoding() as decoder:
            feeding = tasks.create_task(decoder.feed(never()))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0):
                    await decoder.begin()
        feeding.cancel()
    with pytest.raises(ProcessLookupError):
        os.kill(decoder._process.pid, 0)


async def test_a_decoder_that_dies_in_the_middle_says_so(tmp_path: Path) -> None:
    with make(tmp_path / "a.wav", seconds=60).open("rb", buffering=0) as file:
        async with decoding(file) as decoder:
            await listen(decoder, seconds=1)
            decoder._process.send_signal(signal.SIGSEGV)
            with pytest.raises(Undecodable):
                await listen_on(decoder)


async def listen_on(decoder: Decoder) -> None:
    while await decoder.read() is not None:
        pass


async def test_a_decoder_keeps_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGGIONE_BOT_TOKEN", "1:secret")
    async with decoding() as decoder:
        environment = Path(f"/proc/{decoder._process.pid}/environ").read_bytes()
        assert b"secret" not in environment
        assert b"PATH=" in environment


async def test_a_decoder_that_works_without_fruit_is_ended_by_the_kernel() -> None:
    """Also within native code, where no Python is run."""
    spin = (
        "import signal, voice.sources.decoding as d; d.FRUITLESS = 0.2; d._confine();"
        "pow(7, 10**9, 10**300000)"  # one call into native code, for hours
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", spin)
    assert await process.wait() == -signal.SIGPROF


async def test_memory_without_end_ends_the_decoder_and_not_the_machine() -> None:
    eat = "import voice.sources.decoding as d; d._confine(); bytearray(2 << 30)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", eat, stderr=asyncio.subprocess.DEVNULL
    )
    assert await process.wait() != 0


def playlists(tone: Path) -> dict[str, str]:
    """Texts by which a demuxer could be made to open another file or an address."""
    place = tone.as_uri()
    hls = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n"
    return {
        "hls": hls.format(place),
        "hls of a path": hls.format(tone),
        "hls of a neighbour": hls.format(tone.name),
        "hls of crypto": hls.format(f"crypto+{place}"),
        "hls of an address": hls.format("http://127.0.0.1:9/a.ts"),
        "master": f'#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="mp4a.40.2"\n{place}\n',
        "concat of a neighbour": f"ffconcat version 1.0\nfile '{tone.name}'\n",
        "concat": f"ffconcat version 1.0\nfile '{tone}'\n",
        "metadata": f";FFMETADATA1\ntitle={tone}\n",
        "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
        "dash": '<?xml version="1.0"?><MPD type="static" mediaPresentationDuration="PT2S"><Period>'
        '<AdaptationSet mimeType="audio/mp4"><Representation id="1">'
        f"<BaseURL>{place}</BaseURL></Representation>"
        "</AdaptationSet></Period></MPD>",
        "smil": f'<smil><body><audio src="{place}"/></body></smil>',
        "redirector": f"rtsptext\r\n{place}\r\n",
        "reference": f"[Reference]\r\nRef1={place}\r\n",
        "image sequence": f"{tone.parent}/%d.png",
    }


@pytest.mark.parametrize("kind", playlists(Path("/x")))
async def test_a_playlist_in_disguise_leads_nowhere(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tone = make(tmp_path / "a.ts")
    disguised = tmp_path / "song.mp3"
    disguised.write_text(playlists(tone)[kind])
    with disguised.open("rb", buffering=0) as file:
        async with decoding(file) as decoder:
            with pytest.raises(Undecodable):
                await decoder.begin()


GARBAGE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


async def decode_or_refuse(data: bytes) -> None:
    """The only two ways in which a file may end."""
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(data)
        file.seek(0)
        async with asyncio.timeout(60), decoding(file) as decoder:
            try:
                await listen(decoder)
            except Undecodable:
                return


@given(st.binary(max_size=3000))
@GARBAGE
async def test_garbage_is_decoded_or_refused(data: bytes) -> None:
    await decode_or_refuse(data)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("samples")
    return [make(folder / name, seconds=0.5).read_bytes() for name in KINDS]


PLACES = st.one_of(st.integers(0, 200), st.integers(0, 20_000))
"""Where bits are turned: mostly where the headers are."""


@given(
    st.sampled_from(range(len(KINDS))),
    st.lists(st.tuples(PLACES, st.integers(0, 7)), min_size=1, max_size=60),
    st.floats(0.01, 1),
)
@GARBAGE
async def test_damaged_files_are_decoded_or_refused(
    samples: list[bytes], kind: int, turned: list[tuple[int, int]], part: float
) -> None:
    damaged = bytearray(samples[kind])
    for place, bit in turned:
        damaged[place % len(damaged)] ^= 1 << bit
    await decode_or_refuse(bytes(damaged[: round(part * len(damaged))]))
