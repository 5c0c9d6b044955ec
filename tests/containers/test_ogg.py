"""Ogg Opus files: readable for everybody, robust against torn ends."""

import shutil
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

from containers.ogg import NotOggOpus, PageWriter, read_head, read_packets, read_pages
from containers.opus import PACKET, PRE_SKIP, RATE, SILENT_PACKET
from tests.voice.sounds import cut, listen, strength, tone
from voice.mixing.encoder import Encoder


def packets_of(hertz: float, seconds: float) -> list[bytes]:
    encoder = Encoder()
    return [encoder.encode(block) for block in cut(tone(hertz, seconds))]


def written(path: Path, packets: list[bytes]) -> Path:
    pages = PageWriter(7, PRE_SKIP)
    content = pages.head({"TITLE": "Uno"})
    for start in range(0, len(packets), 25):
        content += pages.page(packets[start : start + 25], is_last=start + 25 >= len(packets))
    path.write_bytes(content)
    return path


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe")
def test_another_program_plays_it_at_its_true_length(tmp_path: Path) -> None:
    path = written(tmp_path / "a.ogg", packets_of(440, 2))
    asked = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)]
    probe = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert float(probe.stdout) == pytest.approx(2 - PRE_SKIP / 48_000, abs=0.01)
    assert probe.stderr == ""


def test_sound_survives(tmp_path: Path) -> None:
    path = written(tmp_path / "a.ogg", packets_of(440, 1))
    assert strength(listen(path)[4800:], 440) == pytest.approx(8000, rel=0.05)


def test_it_reads_what_it_wrote(tmp_path: Path) -> None:
    packets = [*packets_of(300, 0.7), b"x" * 255, b"y" * 600, b""]
    path = written(tmp_path / "a.ogg", packets)
    assert list(read_packets(path)) == packets
    assert read_head(path).tags == {"TITLE": "Uno"}
    assert read_head(path).pre_skip == PRE_SKIP


@pytest.mark.parametrize("lost", [1, 100, 2000])
def test_a_torn_end_costs_the_torn_page_only(tmp_path: Path, lost: int) -> None:
    packets = packets_of(300, 2)
    path = written(tmp_path / "a.ogg", packets)
    path.write_bytes(path.read_bytes()[:-lost])
    kept = list(read_packets(path))
    assert kept == packets[:75]


def spoil(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def numbered(length: int) -> list[bytes]:
    """Packets that differ from each other."""
    return [SILENT_PACKET + bytes([number]) * 40 for number in range(length)]


def test_a_spoilt_page_is_passed_over(tmp_path: Path) -> None:
    packets = numbered(100)
    path = written(tmp_path / "a.ogg", packets)
    spoil(path, path.read_bytes().index(packets[30]))
    assert list(read_packets(path)) == packets[:25] + packets[50:]
    assert [(page.number, page.at // PACKET) for page in read_pages(path)] == [(2, 0), (4, 50), (5, 75)]


def test_a_spoilt_length_costs_that_page_only(tmp_path: Path) -> None:
    packets = numbered(100)
    path = written(tmp_path / "a.ogg", packets)
    spoil(path, path.read_bytes().index(packets[25]) - 1)
    assert list(read_packets(path)) == packets[:25] + packets[50:]


def test_rubbish_of_any_length_between_pages_is_passed_over(tmp_path: Path) -> None:
    packets = packets_of(300, 1)
    path = written(tmp_path / "a.ogg", packets)
    content = path.read_bytes()
    second = content.rindex(b"OggS")
    path.write_bytes(content[:second] + b"OggS" + b"Ogg" * 50_000 + content[second:])
    assert list(read_packets(path)) == packets


def test_tags_of_any_length_are_read_again(tmp_path: Path) -> None:
    tags = {f"CHAPTER{number:03d}NAME": "à" * 200 for number in range(400)}
    pages = PageWriter(7, PRE_SKIP)
    path = tmp_path / "a.ogg"
    path.write_bytes(pages.head(tags) + pages.page([SILENT_PACKET] * 25, is_last=True))
    assert read_head(path).tags == tags
    assert list(read_packets(path)) == [SILENT_PACKET] * 25


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe")
def test_another_program_reads_tags_of_any_length(tmp_path: Path) -> None:
    pages = PageWriter(7, PRE_SKIP)
    path = tmp_path / "a.ogg"
    head = pages.head({"TITLE": "Uno", "COMMENT": "x" * 70_000, "ARTIST": "Ada"})
    path.write_bytes(head + pages.page([SILENT_PACKET] * 25, is_last=True))
    asked = ["ffprobe", "-v", "error", "-show_entries", "stream_tags=ARTIST", "-of", "csv=p=0", str(path)]
    probe = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert (probe.stdout.strip(), probe.stderr) == ("Ada", "")


@pytest.mark.parametrize("content", [b"", b"OggS", b"RIFF" + bytes(100)])
def test_other_files_are_told_apart(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ogg"
    path.write_bytes(content)
    with pytest.raises(NotOggOpus):
        read_head(path)


def test_too_much_for_a_page_is_a_bug() -> None:
    with pytest.raises(ValueError, match="300 packets"):
        PageWriter(1, 0).page([b"x"] * 300)


def test_the_silent_packet_is_20_ms_of_silence(tmp_path: Path) -> None:
    sound = listen(written(tmp_path / "a.ogg", [SILENT_PACKET] * 50))
    assert len(sound) == 48_000 - PRE_SKIP
    assert not sound.any()


def pages_of(packets: list[bytes], at: int, writer: PageWriter) -> list[bytes]:
    return [writer.page(packets[n : n + 5], at=at + n * PACKET) for n in range(0, len(packets), 5)]


def starts(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [frame.time or 0.0 for frame in container.decode(audio=0)]


def test_a_joiner_begins_at_any_page_at_the_room_s_time(tmp_path: Path) -> None:
    writer = PageWriter(7, PRE_SKIP)
    head = writer.head({})
    path = tmp_path / "a.ogg"
    path.write_bytes(head + b"".join(pages_of(packets_of(440, 2), 60 * RATE, writer)[6:]))
    assert starts(path)[0] == pytest.approx(60.6, abs=0.02)
    assert strength(listen(path)[9600:], 440) == pytest.approx(8000, rel=0.05)


def test_a_gap_is_a_jump_in_time(tmp_path: Path) -> None:
    writer = PageWriter(7, PRE_SKIP)
    packets = packets_of(440, 1)
    path = tmp_path / "a.ogg"
    pages = [*pages_of(packets, 0, writer), *pages_of(packets, 9 * RATE, writer)]
    path.write_bytes(writer.head({}) + b"".join(pages))
    assert max(np.diff(starts(path))) == pytest.approx(8.02, abs=0.03)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
def test_ffmpeg_has_no_complaint_about_a_joiner_s_stream(tmp_path: Path) -> None:
    writer = PageWriter(7, PRE_SKIP)
    head = writer.head({"TITLE": "Uno"})
    pages = pages_of(packets_of(440, 2), 60 * RATE, writer)[6:]
    path = tmp_path / "a.ogg"
    path.write_bytes(head + b"".join(pages) + writer.page((), is_last=True))
    asked = ["ffmpeg", "-v", "warning", "-xerror", "-i", str(path), "-f", "null", "-"]
    told = subprocess.run(asked, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")
