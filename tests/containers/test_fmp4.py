"""Fragmented MP4: players read it, from any segment, at the room's time."""

import io
import struct
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

from containers import fmp4
from containers.fmp4 import AAC_CONFIG, AAC_FRAME
from containers.opus import RATE
from tests.containers.boxes import boxes
from tests.voice.sounds import strength
from tests.web.house import opus
from web.copyist.copying import Copying
from web.copyist.messages import Codec

BEGINS = 90 * 60 * RATE
"""After an hour and a half, times are long."""


def aac(hertz: float, seconds: float) -> list[tuple[int, bytes]]:
    copying = Copying(Codec.AAC)
    frames: list[tuple[int, bytes]] = []
    for number, packet in enumerate(opus(hertz, seconds)):
        frames += copying.take(BEGINS + number * 960, packet)
    return [*frames, *copying.finish()]


def segments(frames: list[tuple[int, bytes]], length: int = 20) -> list[bytes]:
    cut = [frames[n : n + length] for n in range(0, len(frames), length)]
    return [fmp4.segment([frame for _, frame in piece], piece[0][0], n) for n, piece in enumerate(cut, 7)]


@pytest.mark.parametrize("joined_at", [0, 1, 3])
def test_a_joiner_hears_the_rest_at_the_room_s_time(joined_at: int) -> None:
    stream = fmp4.head() + b"".join(segments(aac(440, 2))[joined_at:])
    with av.open(io.BytesIO(stream), "r", format="mp4") as container:
        assert (container.streams.audio[0].codec_context.name, container.streams.audio[0].rate) == (
            "aac",
            RATE,
        )
        frames = list(container.decode(audio=0))
    assert frames[0].layout.name == "mono"
    assert frames[0].time == pytest.approx((BEGINS + joined_at * 20 * AAC_FRAME) / RATE, abs=1e-4)
    sound = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    assert strength((sound[2 * AAC_FRAME : -2 * AAC_FRAME] * 32767).astype(np.int16), 440) == pytest.approx(
        8000, rel=0.05
    )


def test_boxes_nest_exactly_and_say_what_cmaf_wants() -> None:
    head = dict(boxes(fmp4.head()))
    assert head["ftyp"][:4] == b"iso6"
    assert b"cmfc" in head["ftyp"][8:]
    assert {"moov/mvhd", "moov/trak/tkhd", "moov/trak/mdia/minf/stbl/stsd", "moov/mvex/trex"} <= head.keys()
    assert AAC_CONFIG in head["moov/trak/mdia/minf/stbl/stsd"]
    frames = [b"one", b"three", b"fourteen"]
    segment = fmp4.segment(frames, BEGINS, 2**32 + 5)
    found = dict(boxes(segment))
    assert list(found) == [
        "moof",
        "moof/mfhd",
        "moof/traf",
        "moof/traf/tfhd",
        "moof/traf/tfdt",
        "moof/traf/trun",
        "mdat",
    ]
    assert struct.unpack(">II", found["moof/mfhd"]) == (0, 5)
    assert struct.unpack(">IQ", found["moof/traf/tfdt"]) == (1 << 24, BEGINS)
    _, count, offset, *sizes = struct.unpack(">IIi3I", found["moof/traf/trun"])
    assert (count, sizes) == (3, [3, 5, 8])
    assert segment[offset:] == b"".join(frames)


def test_the_configuration_is_that_of_the_encoder() -> None:
    codec = av.CodecContext.create("aac", "w")
    codec.sample_rate, codec.layout, codec.format = RATE, "mono", "fltp"
    codec.open()
    assert bytes(codec.extradata or b"").startswith(AAC_CONFIG)


def test_ffprobe_has_nothing_to_complain_of(tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(fmp4.head() + b"".join(segments(aac(440, 2))))
    asked = ["ffprobe", "-v", "warning", "-show_entries", "stream=codec_name,profile,channels:packet=pts"]
    done = subprocess.run([*asked, "-of", "csv", path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "stream,aac,LC,1" in done.stdout
    times = [int(line.split(",")[1]) for line in done.stdout.splitlines() if line.startswith("packet,")]
    assert times == [BEGINS + n * AAC_FRAME for n in range(len(times))]
    assert len(times) >= 93
