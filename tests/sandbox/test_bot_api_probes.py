"""Probes: sizes of pictures and lengths of sounds, from the files alone."""

import io
import struct
from pathlib import Path

import av
import numpy as np
import pytest

from sandbox.bot_api.probes import picture_size, sound_details
from tests.sandbox.pictures import GIF, JPEG, PNG, WEBP


@pytest.mark.parametrize(
    ("content", "size"), [(PNG, (3, 2)), (GIF, (30, 20)), (JPEG, (30, 20)), (WEBP, (30, 20))]
)
def test_the_head_of_a_picture_tells_its_size(content: bytes, size: tuple[int, int]) -> None:
    assert picture_size(content) == size


def test_webp_has_two_more_heads() -> None:
    lossy = b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 10 + struct.pack("<HH", 30, 20)
    lossless = b"RIFF\x00\x00\x00\x00WEBPVP8L" + b"\x00" * 4 + b"\x2f" + struct.pack("<I", 29 | 19 << 14)
    assert picture_size(lossy) == picture_size(lossless) == (30, 20)


@pytest.mark.parametrize(
    "content", [b"", b"text", PNG[:18], GIF[:7], JPEG[:24], b"\xff\xd8", WEBP[:20], b"RIFF1234WEBPxxxx"]
)
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert picture_size(content) is None


def test_a_sound_tells_its_length_and_its_tags() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=48000)
        container.metadata.update({"title": "After 40", "artist": "Ada"})
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 96000), np.int16), format="s16", layout="mono")
        frame.sample_rate = 48000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert sound_details(file.getvalue()) == {"duration": 2, "title": "After 40", "performer": "Ada"}


@pytest.mark.parametrize("content", [b"", b"no sound", PNG])
def test_what_is_no_sound_tells_nothing(content: bytes) -> None:
    assert sound_details(content) == {}


def test_a_probe_reads_the_project_s_own_voices() -> None:
    voice = Path(__file__).parents[2] / "sandbox" / "people" / "voices" / "ada-1.ogg"
    duration = sound_details(voice.read_bytes())["duration"]
    assert isinstance(duration, int)
    assert 1 <= duration <= 60
