"""Pages: live Ogg Opus that players survive, gaps and all."""

import io
import subprocess
from collections.abc import Iterable
from pathlib import Path

import av
import pytest

from containers.ogg import read_head, read_packets
from containers.opus import SILENT_PACKET
from tests.voice.outlets.ears import heard, needs_ffmpeg
from tests.voice.sounds import cut, rms, strength, tone
from voice.mixing.encoder import Encoder
from voice.mixing.sound import SILENCE
from voice.mixing.units import RATE, SLOT
from voice.outlets.backlog import Sound
from voice.outlets.pages import LONGEST_FILLED, PAGE_PACKETS, Pages


def stream(slots: Iterable[int], title: str = "") -> bytes:
    """A tone that is heard in these slots of the room's clock."""
    pages, encoder, blocks = Pages(), Encoder(), cut(tone(440, 1))
    body = [pages.add(Sound(slot * SLOT, encoder.encode(blocks[slot % 50]), SILENCE)) for slot in slots]
    return pages.head(title) + b"".join(body)


def times(data: bytes) -> list[int]:
    """When each packet is to be played, in samples, as FFmpeg's demuxer has it."""
    with av.open(io.BytesIO(data), "r") as container:
        return [packet.pts for packet in container.demux(audio=0) if packet.pts is not None]


def test_a_page_is_full_after_a_fifth_of_a_second() -> None:
    pages = Pages()
    given = [bool(pages.add(Sound(slot * SLOT, SILENT_PACKET, SILENCE))) for slot in range(2 * PAGE_PACKETS)]
    assert given == ([False] * (PAGE_PACKETS - 1) + [True]) * 2
    assert PAGE_PACKETS * SLOT <= RATE / 2


def test_packets_pass_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "live.ogg"
    pages = Pages()
    packets = [SILENT_PACKET + bytes([slot]) for slot in range(PAGE_PACKETS)]
    body = b"".join(pages.add(Sound(slot * SLOT, packets[slot], SILENCE)) for slot in range(PAGE_PACKETS))
    path.write_bytes(pages.head("Serata") + body)
    assert list(read_packets(path)) == packets
    assert read_head(path).tags == {"TITLE": "Serata"}


def test_each_stream_is_a_new_one() -> None:
    assert Pages().head("")[14:18] != Pages().head("")[14:18]


def test_short_gaps_are_silence() -> None:
    at = times(stream([*range(30), *range(40, 100)]))
    assert at == [at[0] + slot * SLOT for slot in range(100)]


@needs_ffmpeg
def test_what_was_silent_is_heard_as_silence() -> None:
    sound = heard(stream([*range(50), *range(100, 200)]))
    assert strength(sound[RATE // 4 : RATE * 3 // 4], 440) > 7000
    assert rms(sound[RATE + RATE // 4 : RATE * 7 // 4]) < 50
    assert strength(sound[RATE * 9 // 4 : RATE * 3], 440) > 7000


def test_long_gaps_are_jumps_to_the_true_time() -> None:
    gap = LONGEST_FILLED // SLOT + 1
    at = times(stream([*range(20), *range(20 + gap, 100 + gap)]))
    assert len(at) == 100
    assert at[:20] == [at[0] + slot * SLOT for slot in range(20)]
    after = 20 + PAGE_PACKETS  # the demuxer believes a page only when it has seen the next one
    assert at[after:] == [at[0] + slot * SLOT for slot in range(after + gap, 100 + gap)]


@needs_ffmpeg
@pytest.mark.parametrize("gap", [51, 3000, 3600 * 50])
def test_players_survive_long_gaps(gap: int) -> None:
    sound = heard(stream([*range(50), *range(50 + gap, 150 + gap)]))
    assert len(sound) >= RATE * 2.9
    assert strength(sound[RATE * 2 : RATE * 11 // 4], 440) > 7000


@needs_ffmpeg
def test_ffmpeg_finds_nothing_to_complain_of() -> None:
    command = ["ffmpeg", "-v", "warning", "-i", "-", "-f", "null", "-"]
    done = subprocess.run(
        command, input=stream([*range(100), *range(110, 200)]), stderr=subprocess.PIPE, check=True
    )
    assert done.stderr == b""
