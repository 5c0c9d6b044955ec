"""The MP3 beside each part of a replay: the same sound, as long, and called by the talk's name."""

from datetime import timedelta
from pathlib import Path

import av
import numpy as np
import pytest

from rooms.recordings import Part
from voice.mastering.renditions import BIT_RATE, write_renditions

SECONDS = 6
HERTZ = 440


def a_part(folder: Path, name: str = "replay.ogg") -> Part:
    path, at = folder / name, np.arange(48_000 * SECONDS) / 48_000
    sound = (8000 * np.sin(2 * np.pi * HERTZ * at)).astype(np.int16)
    with av.open(str(path), "w", format="ogg") as opus:
        stream = opus.add_stream("libopus", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
        frame.rate = 48_000
        for packet in (*stream.encode(frame), *stream.encode(None)):
            opus.mux(packet)
    return Part(path, timedelta(0), timedelta(seconds=SECONDS))


def heard(path: Path) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray()[0] for frame in file.decode(audio=0)]
    return np.concatenate(frames).astype(np.float64)


def test_a_part_is_heard_as_mp3_too(tmp_path: Path) -> None:
    part = a_part(tmp_path)
    write_renditions([part], "Careers after 40", "Ada")
    sound = heard(part.as_mp3)
    assert len(sound) / 48_000 == pytest.approx(SECONDS, abs=0.1)
    strongest = np.argmax(np.abs(np.fft.rfft(sound[48_000:96_000])))
    assert strongest == HERTZ
    with av.open(str(part.as_mp3)) as file:
        assert (file.metadata["title"], file.metadata["artist"]) == ("Careers after 40", "Ada")
        assert file.streams.audio[0].bit_rate == BIT_RATE
        assert file.streams.audio[0].channels == 1


def test_parts_are_numbered_and_nothing_unfinished_stays(tmp_path: Path) -> None:
    parts = [a_part(tmp_path, f"replay-{number}.ogg") for number in (1, 2)]
    write_renditions(parts, "Careers", "Ada")
    titles = []
    for part in parts:
        with av.open(str(part.as_mp3)) as file:
            titles.append(file.metadata["title"])
    assert titles == ["Careers (1/2)", "Careers (2/2)"]
    assert {path.suffix for path in tmp_path.iterdir()} == {".ogg", ".mp3"}


def test_a_disk_that_refuses_is_told_as_such(tmp_path: Path) -> None:
    part = a_part(tmp_path)
    (tmp_path / "replay.mp3.part").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_renditions([part], "Careers", "Ada")
