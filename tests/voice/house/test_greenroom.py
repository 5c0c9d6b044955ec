"""The green room's loop-back; what it sees of a chat is tested with the calls."""

import numpy as np

from voice.house import greenroom
from voice.house.greenroom import LENGTH, LOUDNESS, TONE, loop_back
from voice.mixing.sound import Block
from voice.mixing.units import SLOT


def a_tone(hertz: float, amplitude: float) -> Block:
    times = np.arange(LENGTH * SLOT) / 48_000
    sound: Block = (amplitude * np.sin(2 * np.pi * hertz * times)).astype(np.int16)
    return sound


def test_a_tone_comes_back() -> None:
    assert loop_back() == ()


def test_what_is_not_the_tone_is_told_from_it() -> None:
    noise = np.random.default_rng(1).normal(0, LOUDNESS, LENGTH * SLOT).astype(np.int16)
    assert greenroom._is_tone(a_tone(TONE, LOUDNESS))
    assert not greenroom._is_tone(a_tone(TONE * 2, LOUDNESS))
    assert not greenroom._is_tone(a_tone(TONE, LOUDNESS / 4))
    assert not greenroom._is_tone(noise)
    assert not greenroom._is_tone(np.zeros(LENGTH * SLOT, np.int16))
    assert not greenroom._is_tone(np.zeros(0, np.int16))
