"""The limiter: nothing too loud, nothing lost, and no more than needed."""

from collections.abc import Iterator

import numpy as np
import pytest

from tests.voice.sounds import strength, tone
from voice.mastering.hearing import in_integers
from voice.mastering.interpolation import STEP, Samples
from voice.mastering.limiter import limited
from voice.mastering.loudness import Meter
from voice.mixing.sound import Block


def in_floats(sound: Block) -> Samples:
    return sound.astype(np.float32) / np.float32(32768)


def in_pieces(sound: Samples, length: int) -> Iterator[Samples]:
    for begin in range(0, len(sound), length):
        yield sound[begin : begin + length]


def limit(sound: Samples, ceiling: float, length: int = 48_000) -> Samples:
    return np.concatenate(list(limited(in_pieces(sound, length), ceiling)))


@pytest.mark.parametrize("seed", range(4))
def test_no_true_peak_is_above_the_ceiling(seed: int) -> None:
    chance = np.random.default_rng(seed)
    loud = np.repeat(chance.random(100), 960) ** 4 * 3
    sound = (chance.standard_normal(96_000) * loud).astype(np.float32)
    meter = Meter()
    meter.feed(limit(sound, 0.5))
    assert meter.true_peak <= 20 * np.log10(0.5) + 0.25


def test_what_is_soft_enough_is_not_touched() -> None:
    sound = in_floats(tone(440, 2, 9000))
    assert np.array_equal(limit(sound, 0.5), sound)


@pytest.mark.parametrize("length", [STEP * 2, 960, 48_000])
def test_it_is_as_long_as_it_was_and_pieces_make_no_difference(length: int) -> None:
    sound = in_floats(tone(440, 1, 32_000))
    assert np.allclose(limit(sound, 0.5, length), limit(sound, 0.5), atol=1e-6)
    assert len(limit(sound, 0.5, length)) == len(sound)


def test_a_steady_tone_stays_one() -> None:
    """Turned down evenly, without distortion."""
    middle = in_integers(limit(in_floats(tone(1000, 1, 32_000)), 0.25)[12_000:36_000])
    assert strength(middle, 1000) == pytest.approx(0.25 * 32768, rel=0.02)
    assert strength(middle, 3000) < 30


def test_one_click_turns_down_its_neighbourhood_alone() -> None:
    sound = np.full(96_000, 0.1, np.float32)
    sound[48_000] = 2.0
    quieter = limit(sound, 0.5)
    assert np.allclose(quieter[:47_000], sound[:47_000], atol=1e-6)
    assert np.allclose(quieter[49_000:], sound[49_000:], atol=1e-6)
    assert abs(quieter[48_000]) <= 0.5001
