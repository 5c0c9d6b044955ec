"""The outline: as many numbers as are wanted, whatever the talk's length."""

import json
from pathlib import Path

import pytest

from voice.mastering.outline import POINTS, outline, write_outline


@pytest.mark.parametrize("slots", [1, 7, 800, 801, 12_345])
def test_there_are_as_many_numbers_as_are_wanted(slots: int) -> None:
    numbers = outline([0.5] * slots, 800)
    assert numbers == [1.0] * 800


def test_loud_and_soft_can_be_told_apart() -> None:
    assert outline([0.1] * 100 + [0.8] * 100, 4) == pytest.approx([0.125, 0.125, 1, 1], abs=0.001)


def test_silence_is_flat_and_nothing_is_silence() -> None:
    assert outline([0.0] * 100, 4) == [0.0] * 4
    assert outline([], 4) == [0.0] * 4


def test_a_page_gets_a_small_list(tmp_path: Path) -> None:
    path = tmp_path / "peaks.json"
    write_outline(path, [0.3] * 5000)
    assert json.loads(path.read_text()) == [1.0] * POINTS
    assert path.stat().st_size < 10_000
