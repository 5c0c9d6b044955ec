"""A source: files of every kind, and those that no decoder likes."""

import asyncio
import os
import struct
import wave
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from rooms.errors.sounds import SoundRefused
from rooms.playing import Cue
from tests.sandbox.waiting import until
from tests.voice.sounds import rms, strength
from tests.voice.sources.audience import hear, hear_all, is_silent, pitch
from tests.voice.sources.files import make, make_video
from voice.mixing.units import RATE
from voice.sources.player import Player
from voice.sources.source import AHEAD

TRUE = 3
"""Hertz by which a pitch may be off; a wrong speed is off by far more."""


async def refused(player: Player, path: Path) -> SoundRefused:
    with pytest.raises(SoundRefused) as refusal:
        await player.add(Cue("This one", path))
    assert is_silent(player)
    assert refusal.value.title == "This one"
    return refusal.value


@pytest.mark.parametrize(
    ("name", "rate", "layout"),
    [
        ("a.mp3", 44_100, "stereo"),
        ("a.mp3", 22_050, "mono"),
        ("a.m4a", 44_100, "stereo"),
        ("a.aac", 32_000, "mono"),
        ("a.flac", 96_000, "stereo"),
        ("a.wav", 8_000, "mono"),
        ("a.wav", 11_025, "stereo"),
        ("a.wav", 44_100, "5.1"),
        ("a.ogg", 48_000, "mono"),
        ("a.mka", 48_000, "stereo"),
        ("a.ts", 48_000, "stereo"),
        ("a.caf", 37_800, "mono"),
    ],
)
async def test_files_of_all_kinds_keep_their_pitch_and_speed(
    player: Player, tmp_path: Path, name: str, rate: int, layout: str
) -> None:
    await player.add(Cue("A tone", make(tmp_path / name, 440, 2.0, rate=rate, layout=layout)))
    sound = await hear_all(player)
    assert pitch(sound) == pytest.approx(440, abs=TRUE)
    assert len(sound) / RATE == pytest.approx(2.0, abs=0.15)
    assert strength(sound[RATE // 2 : RATE], 440) == pytest.approx(8000, rel=0.45)
    assert player.playback.error is None


async def test_of_a_film_the_sound_is_heard(player: Player, tmp_path: Path) -> None:
    await player.add(Cue("A film", make_video(tmp_path / "film.mp4", 660)))
    assert pitch(await hear_all(player)) == pytest.approx(660, abs=TRUE)


async def test_the_length_of_a_file_is_known_and_time_goes_by(player: Player, tmp_path: Path) -> None:
    await player.add(Cue("A tone", make(tmp_path / "a.flac", seconds=2)))
    await hear(player, 1)
    assert player.playback.now == "A tone"
    assert player.playback.length == timedelta(seconds=2)
    assert player.playback.at == timedelta(seconds=1)


async def test_ogg_chains_are_heard_to_their_end(player: Player, tmp_path: Path) -> None:
    """Radio recordings are one Ogg stream after the other."""
    links = [make(tmp_path / f"{hertz}.ogg", hertz, 1).read_bytes() for hertz in (440, 880)]
    (tmp_path / "chain.ogg").write_bytes(b"".join(links))
    await player.add(Cue("A chain", tmp_path / "chain.ogg"))
    sound = await hear_all(player)
    assert pitch(sound[: RATE // 2]) == pytest.approx(440, abs=TRUE)
    assert pitch(sound[-RATE // 2 :]) == pytest.approx(880, abs=TRUE)


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.ogg", "a.wav", "a.aac", "a.ts"])
async def test_a_truncated_file_plays_as_far_as_it_goes(player: Player, tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name, seconds=8)
    os.truncate(path, path.stat().st_size // 2)
    await player.add(Cue("Half", path))
    sound = await hear_all(player)
    assert 2.0 < len(sound) / RATE < 6.0
    assert pitch(sound) == pytest.approx(440, abs=TRUE)


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.ogg", "a.aac"])
async def test_damage_in_the_middle_is_got_over(player: Player, tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name, seconds=6)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + len(data) // 20] = os.urandom(len(data) // 20)
    path.write_bytes(data)
    await player.add(Cue("Scratched", path))
    sound = await hear_all(player)
    assert pitch(sound[-RATE // 2 :]) == pytest.approx(440, abs=TRUE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"\0" * 100_000,
        b"Just a letter.\n" * 1000,
        b"%PDF-1.7\n" + bytes(range(256)) * 100,
        b"PK\x03\x04" + bytes(range(256)) * 100,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
        b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + b"\0" * 100_000,
        b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\x7f" + b"\1" * 5000,
        b"OggS" * 5000,
        b"fLaC\x80\xff\xff\xff" + b"\0" * 5000,
        b"\x7f\xff\xff\xffftypM4A " + b"\0" * 5000,
        b"\0\0\0\x20ftypM4A " + b"\0" * 16 + b"\xff\xff\xff\xf0moov" + b"\0" * 5000,
        b"\x1aE\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + b"\x80" * 5000,
    ],
)
async def test_what_is_no_sound_is_refused_at_once(player: Player, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "strange").write_bytes(content)
    await refused(player, tmp_path / "strange")


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.ogg", "a.wav", "a.m4a"])
async def test_a_file_of_headers_alone_is_refused(player: Player, tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name, seconds=2)
    os.truncate(path, 44)
    await refused(player, path)


@pytest.mark.parametrize("rate", [0, 1, 100, 4_000_000, 0xFFFFFFFF])
async def test_a_header_that_makes_hours_of_a_few_bytes_is_refused(
    player: Player, tmp_path: Path, rate: int
) -> None:
    data = b"\1\0" * 50_000
    header = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36, b"WAVE", b"fmt ", 16, 1, 1, rate, 0, 2, 16)
    (tmp_path / "slow.wav").write_bytes(header + struct.pack("<4sI", b"data", len(data)) + data)
    await refused(player, tmp_path / "slow.wav")


async def test_a_film_without_sound_is_refused(player: Player, tmp_path: Path) -> None:
    make_video(tmp_path / "film.mp4", seconds=0)
    await refused(player, tmp_path / "film.mp4")


async def test_what_is_no_file_is_refused(player: Player, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "nowhere", Path("/dev/zero"), Path("/a\0b")):
        await refused(player, path)
    await refused_cue(player, Cue("This one"))


async def refused_cue(player: Player, cue: Cue) -> None:
    with pytest.raises(SoundRefused):
        await player.add(cue)


async def test_hours_of_sound_are_never_decoded_at_once(player: Player, tmp_path: Path) -> None:
    path = tmp_path / "night.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\1\0\2\0" * 4000)
    header = bytearray(path.read_bytes()[:44])
    size = 10 * 3600 * 16_000
    header[4:8], header[40:44] = struct.pack("<I", size + 36), struct.pack("<I", size)
    path.write_bytes(header)
    os.truncate(path, size + 44)  # ten hours, of which the disk holds nothing
    await player.add(Cue("A night", path))
    await hear(player, 0.5)
    source = player._playlist.current
    assert source is not None
    await until(lambda: len(source._slots) >= AHEAD)
    for _ in range(100):
        await asyncio.sleep(0)
    assert player.playback.length == timedelta(hours=10)
    assert len(source._slots) == AHEAD


async def test_the_beginning_and_the_end_are_soft(player: Player, tmp_path: Path) -> None:
    """A file that begins and ends in the middle of a swing does not click."""
    path = tmp_path / "square.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.full(RATE, 20_000, np.int16).tobytes())
    await player.add(Cue("A wall", path))
    sound = np.concatenate(([0], await hear_all(player), [0])).astype(int)
    assert np.abs(np.diff(sound)).max() < 200
    assert rms(sound[RATE // 3 : RATE // 2]) == pytest.approx(20_000, rel=0.1)
