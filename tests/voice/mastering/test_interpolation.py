"""Interpolation: peaks between samples are found."""

import numpy as np
import pytest

from voice.mastering.interpolation import STEP, Samples, peaks


def sine(hertz: float, phase: float, amplitude: float = 0.5) -> Samples:
    time = np.arange(40 * STEP) / 48_000
    return (amplitude * np.sin(2 * np.pi * hertz * time + phase)).astype(np.float32)


@pytest.mark.parametrize("hertz", [100, 997, 5000, 12_000, 16_000])
@pytest.mark.parametrize("phase", [0, np.pi / 4, 1])
def test_the_amplitude_of_a_tone_is_found_whatever_its_phase(hertz: float, phase: float) -> None:
    """Samples at a quarter of the rate can miss a tone's peak by 3 dB."""
    assert peaks(sine(hertz, phase), 0.5).max() == pytest.approx(0.5, rel=0.035)


def test_samples_alone_would_miss_it() -> None:
    sound = sine(12_000, np.pi / 4)
    assert np.abs(sound).max() == pytest.approx(0.5 / np.sqrt(2), rel=0.001)
    assert peaks(sound, 0.5).min() == pytest.approx(0.5, rel=0.02)


def test_there_is_one_peak_for_each_step_between_the_outer_ones() -> None:
    sound = np.zeros(10 * STEP, np.float32)
    sound[4 * STEP + 3] = 0.9
    assert np.nonzero(peaks(sound, 1.0) > 0.5)[0].tolist() == [3]
    assert len(peaks(sound, 1.0)) == 8
