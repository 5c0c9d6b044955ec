"""The levels: ramps without steps, and a limiter that does not clip."""

import numpy as np
import pytest

from voice.mixing.units import SLOT
from voice.sources.levels import (
    CEILING,
    DUCKED,
    DUCKING,
    GATE,
    RECOVERY,
    Gate,
    Limiter,
    MusicLevel,
    Samples,
    ramped,
)

ONES: Samples = np.ones(SLOT, np.float32)


def level(music: MusicLevel, slots: int, *, is_ducked: bool) -> Samples:
    parts = [music.apply(ONES, is_ducked=is_ducked) for _ in range(slots)]
    return np.concatenate([part for part in parts if part is not None])


def test_at_its_own_loudness_music_is_left_alone() -> None:
    assert MusicLevel().apply(ONES, is_ducked=False) is ONES


def test_ducking_goes_down_and_up_in_one_line() -> None:
    music = MusicLevel()
    gains = np.concatenate(
        (level(music, DUCKING + 5, is_ducked=True), level(music, RECOVERY + 5, is_ducked=False))
    )
    assert np.abs(np.diff(gains)).max() < 0.0002
    assert gains[(DUCKING + 2) * SLOT] == pytest.approx(10 ** (DUCKED / 20), rel=0.001)
    assert gains[-1] == 1.0


def test_ducking_goes_on_where_nothing_sounds() -> None:
    music = MusicLevel()
    for _ in range(DUCKING):
        assert music.apply(None, is_ducked=True) is None
    assert level(music, 1, is_ducked=True)[0] == pytest.approx(10 ** (DUCKED / 20), rel=0.001)


def test_somebody_who_speaks_in_syllables_makes_no_steps() -> None:
    music = MusicLevel()
    gains = np.concatenate([level(music, 3, is_ducked=bool(turn % 2)) for turn in range(20)])
    assert np.abs(np.diff(gains)).max() < 0.0002


def test_a_gate_opens_and_shuts_by_ramps() -> None:
    gate = Gate()
    assert gate.is_shut
    opening = np.concatenate([gate.apply(ONES, is_open=True) for _ in range(GATE + 1)])
    shutting = np.concatenate([gate.apply(ONES, is_open=False) for _ in range(GATE)])
    assert np.abs(np.diff(np.concatenate(([0], opening, shutting, [0])))).max() < 1 / (GATE * SLOT) * 1.01
    assert gate.is_shut


def test_a_limiter_leaves_alone_what_fits() -> None:
    samples = np.linspace(-CEILING, CEILING, SLOT, dtype=np.float32)
    assert np.array_equal(Limiter().apply(samples), np.rint(samples).astype(np.int16))


def test_a_limiter_keeps_what_is_too_loud_below_its_ceiling() -> None:
    limiter = Limiter()
    for loud in (ONES * 100_000, ONES * -100_000, ONES * 1000):
        assert np.abs(limiter.apply(loud).astype(int)).max() <= CEILING
    for _ in range(40):
        last = limiter.apply(ONES * 1000)
    assert np.all(last == 1000)


def test_a_ramp_meets_the_next_one() -> None:
    joined = np.concatenate((ramped(ONES, 0, 0.5), ramped(ONES, 0.5, 1)))
    assert np.allclose(np.diff(joined), 0.5 / SLOT, atol=1e-5)
