"""Waveforms: bars as high as the talk was loud, and none of it a reason not to hear it."""

import json
import re
from pathlib import Path

import pytest

from web.waveform import BARS, HEIGHT, WIDTH, path_of, read_peaks

BAR = re.compile(r"M([\d.]+) ([\d.]+)v([\d.]+)")


def bars(path: str) -> list[tuple[float, float, float]]:
    found = [(float(x), float(y), float(length)) for x, y, length in BAR.findall(path)]
    assert BAR.sub("", path) == ""
    return found


def test_there_is_a_bar_for_each_stretch_as_high_as_its_loudest_number() -> None:
    drawn = bars(path_of([0.5, 1.0, 0.25, 0.25] * BARS))
    assert len(drawn) == BARS
    assert {length for _, _, length in drawn} == {HEIGHT}
    assert 0 < drawn[0][0] < drawn[-1][0] < WIDTH


def test_bars_stand_around_the_middle() -> None:
    for _, y, length in bars(path_of([number / BARS for number in range(BARS)])):
        assert y + length / 2 == pytest.approx(HEIGHT / 2, abs=0.1)


@pytest.mark.parametrize("peaks", [[], [0.0], [0.0] * 800])
def test_silence_can_be_seen_too(peaks: list[float]) -> None:
    drawn = bars(path_of(peaks))
    assert len(drawn) == BARS
    assert all(0 < length < HEIGHT / 10 for _, _, length in drawn)


@pytest.mark.parametrize("content", [b"", b"not JSON", b'{"a": 1}', b"[null]", b'["loud"]', b"\xff\xfe"])
def test_numbers_that_cannot_be_read_are_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "peaks.json"
    path.write_bytes(content)
    assert read_peaks(path) == ()
    assert read_peaks(tmp_path / "nothing.json") == ()


def test_numbers_out_of_bounds_are_brought_within(tmp_path: Path) -> None:
    path = tmp_path / "peaks.json"
    path.write_text(json.dumps([-1, 0.5, 7]))
    assert read_peaks(path) == [0.0, 0.5, 1.0]
