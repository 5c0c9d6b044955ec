"""Ogg Opus files: readable for everybody, robust against torn ends."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.voice.sounds import cut, listen, strength, tone
from voice.encoder import PRE_SKIP, Encoder
from voice.ogg import SILENT_PACKET, NotOggOpus, PageWriter, read_head, read_packets


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


def test_a_spoilt_page_ends_the_sound(tmp_path: Path) -> None:
    packets = packets_of(300, 2)
    path = written(tmp_path / "a.ogg", packets)
    content = bytearray(path.read_bytes())
    content[-10] ^= 1
    path.write_bytes(content)
    assert list(read_packets(path)) == packets[:75]


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
