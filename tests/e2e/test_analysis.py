"""The ears of the evening hear what is there, and notice what is not."""

import numpy as np
import pytest

from tests.e2e.evening.analysis import RATE, Sound, dropouts, find

RANDOM = np.random.default_rng(40)


def speech(seconds: float) -> Sound:
    """Noise with the rhythm of syllables: like speech, it is like nothing else."""
    noise = RANDOM.normal(0, 0.2, int(seconds * RATE))
    rhythm = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * np.arange(len(noise)) / RATE)
    return (noise * rhythm).astype(np.float32)


UTTERANCE = speech(4)


def heard_with(sound: Sound, at: float = 3.0) -> Sound:
    heard = RANDOM.normal(0, 0.003, 12 * RATE).astype(np.float32)
    begin = int(at * RATE)
    heard[begin : begin + len(sound)] += sound
    return heard


def test_an_utterance_is_found_where_it_is() -> None:
    match = find(UTTERANCE, heard_with(0.5 * UTTERANCE))
    assert match.at == 3 * RATE
    assert match.likeness > 0.99
    assert match.gain == pytest.approx(-6, abs=0.1)
    assert match.jitter == 0


def test_sound_that_is_half_a_sample_late_is_the_same_sound() -> None:
    spectrum = np.fft.rfft(UTTERANCE)
    late = np.fft.irfft(spectrum * np.exp(-1j * np.pi * np.arange(len(spectrum)) / len(UTTERANCE)))
    assert find(UTTERANCE, heard_with(late.astype(np.float32))).likeness > 0.99


def test_another_s_voice_is_not_taken_for_it() -> None:
    assert find(UTTERANCE, heard_with(speech(4))).likeness < 0.1


def test_two_voices_at_once_are_both_found() -> None:
    other = speech(4)
    heard = heard_with(UTTERANCE) + heard_with(other, at=4)
    assert (find(UTTERANCE, heard).at, find(other, heard).at) == (3 * RATE, 4 * RATE)
    assert find(UTTERANCE, heard).likeness > 0.6


def test_a_missing_stretch_is_a_dropout() -> None:
    heard = heard_with(UTTERANCE)
    heard[int(4.0 * RATE) : int(4.3 * RATE)] = 0
    match = find(UTTERANCE, heard)
    (dropout,) = dropouts(UTTERANCE, heard, match)
    assert dropout == pytest.approx((4.0, 0.3), abs=0.02)


def test_sound_cut_out_shifts_what_follows() -> None:
    cut = np.concatenate((UTTERANCE[: 2 * RATE], UTTERANCE[int(2.25 * RATE) :]))
    assert find(UTTERANCE, heard_with(cut)).jitter == pytest.approx(0.25, abs=0.01)
