"""Continuity: whatever is missing of the tone is noticed, and nothing else."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.continuity import WINDOW, breaks
from benchmarks.utterances import SAID, SLOT, encoded, tone

PACKETS = 200
"""4 s of the tone."""

HERE, THERE = 150 * WINDOW, 300 * WINDOW


def said(sound: NDArray[np.int16]) -> list[bytes]:
    return encoded(sound[: len(sound) // SLOT * SLOT])


def test_the_whole_tone_has_no_breaks() -> None:
    assert breaks(said(tone(PACKETS))) == 0


def test_said_over_and_over_it_has_no_seam() -> None:
    packets = SAID["tone"]().packets
    assert breaks([*packets[-20:], *packets[:20]]) == 0


@pytest.mark.parametrize("frames", [1, 2, 3, 4, 6, 8, 9, 11])
def test_frames_that_are_left_out_are_noticed_though_nothing_is_silent(frames: int) -> None:
    missing = np.r_[HERE : HERE + frames * WINDOW, THERE : THERE + frames * WINDOW]
    assert breaks(said(np.delete(tone(PACKETS), missing))) == 2


@pytest.mark.parametrize("frames", [1, 2, 10])
def test_frames_that_are_silent_are_noticed(frames: int) -> None:
    sound = tone(PACKETS)
    sound[HERE : HERE + frames * WINDOW] = 0
    assert breaks(said(sound)) == 1


def test_a_tone_that_is_never_heard_is_noticed() -> None:
    assert breaks(said(np.zeros(PACKETS * SLOT, np.int16))) == 1
