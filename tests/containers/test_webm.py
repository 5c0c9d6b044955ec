"""WebM: other programs play it from any cluster on, at its absolute time."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from containers import webm
from containers.opus import PACKET, PRE_SKIP, RATE
from tests.voice.sounds import cut, strength, tone
from voice.mixing.encoder import Encoder
from voice.mixing.sound import Block

HOUR = 3600 * RATE


def packets_of(hertz: float, seconds: float) -> list[bytes]:
    encoder = Encoder()
    return [encoder.encode(block) for block in cut(tone(hertz, seconds))]


def clusters(packets: Sequence[bytes], at: int) -> list[bytes]:
    return [webm.cluster(packets[n : n + 5], at + n * PACKET) for n in range(0, len(packets), 5)]


def played(stream: bytes) -> tuple[list[float], Block]:
    """The start of each packet in seconds, and the sound."""
    starts, blocks = [], []
    with av.open(io.BytesIO(stream), "r", format="webm") as container:
        for frame in container.decode(audio=0):
            starts.append(frame.time or 0.0)
            blocks.append((frame.to_ndarray()[0] * 32767).astype(np.int16))
    return starts, np.concatenate(blocks)


def test_sound_and_time_survive() -> None:
    starts, sound = played(webm.head(PRE_SKIP, "x") + b"".join(clusters(packets_of(440, 1), HOUR)))
    assert starts[0] == pytest.approx(3600, abs=0.01)
    assert np.diff(starts)[1:] == pytest.approx(0.02, abs=0.001)
    assert strength(sound[4800:], 440) == pytest.approx(8000, rel=0.05)


def test_a_joiner_begins_at_any_cluster() -> None:
    late = clusters(packets_of(440, 2), HOUR)[7:]
    starts, sound = played(webm.head(PRE_SKIP, "x") + b"".join(late))
    assert starts[0] == pytest.approx(3600.7, abs=0.01)
    assert strength(sound[9600:], 440) == pytest.approx(8000, rel=0.05)


def test_a_gap_is_a_jump_in_time() -> None:
    packets = packets_of(440, 1)
    stream = [*clusters(packets, 0), *clusters(packets, 9 * RATE)]
    starts, _ = played(webm.head(PRE_SKIP, "x") + b"".join(stream))
    assert max(np.diff(starts)) == pytest.approx(8.02, abs=0.01)


@pytest.mark.parametrize("length", [1, 126, 127, 128, 1275])
def test_packets_of_every_length_are_kept(length: int) -> None:
    packet = b"\xf8" + bytes(length - 1)
    stream = io.BytesIO(webm.head(0, "x") + webm.cluster([packet] * 3, 0))
    with av.open(stream, "r", format="webm") as container:
        assert [bytes(found) for found in container.demux(audio=0) if found.size] == [packet] * 3


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
def test_ffmpeg_has_no_complaint(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    path.write_bytes(webm.head(PRE_SKIP, "x") + b"".join(clusters(packets_of(440, 2), HOUR)[3:]))
    told = subprocess.run(
        ["ffmpeg", "-v", "warning", "-xerror", "-i", str(path), "-f", "null", "-"],
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stderr) == (0, "")
