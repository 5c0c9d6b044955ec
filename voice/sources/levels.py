"""The levels: how loud the music is, moved from slot to slot without a step that an ear could find."""

import numpy as np
from numpy.typing import NDArray

from voice.mixing.sound import Block
from voice.mixing.units import SLOT

Samples = NDArray[np.float32]
"""One slot on its way through the levels."""

DUCKED = -14.0
"""Decibels by which music gives way to words."""

DUCKING = 10
"""Slots (200 ms) in which it does."""

RECOVERY = 40
"""Slots (800 ms) in which it comes back; whoever speaks counts as speaking 600 ms longer."""

GATE = 5
"""Slots (100 ms) in which a sound comes and goes at a pause or a skip."""

VOLUME_STEP = 0.1
"""By how much the volume moves in a slot: 200 ms from nothing to the sound's own loudness."""

CEILING = 31_000.0
"""The loudest sample that leaves, about -0.5 dB of full scale."""

ATTACK = 96
"""Samples (2 ms) in which the limiter turns down."""

RELEASE = 0.04
"""How much of the full gain the limiter gives back in a slot."""


class MusicLevel:
    """Volume and ducking of all music. `volume` is what is aimed at, 1.0 for the sound's own loudness."""

    def __init__(self) -> None:
        self.volume = 1.0
        self._volume = 1.0
        self._duck = 0.0
        self._gain = 1.0

    def apply(self, samples: Samples | None, *, is_ducked: bool) -> Samples | None:
        """One slot at its level; None, a slot in which nothing sounds, moves the levels too."""
        self._volume = _toward(self._volume, self.volume, VOLUME_STEP)
        step = DUCKED / DUCKING if is_ducked else DUCKED / RECOVERY
        self._duck = _toward(self._duck, DUCKED if is_ducked else 0.0, -step)
        before, self._gain = self._gain, self._volume * 10 ** (self._duck / 20)
        return None if samples is None else ramped(samples, before, self._gain)


class Gate:
    """Lets a sound through or not, by a ramp between both; shut at first, so that sounds come softly."""

    def __init__(self) -> None:
        self._gain = 0.0

    @property
    def is_shut(self) -> bool:
        """Whether nothing comes through any more."""
        return self._gain == 0.0

    def apply(self, samples: Samples, *, is_open: bool) -> Samples:
        """One slot on its way through."""
        before, self._gain = self._gain, _toward(self._gain, 1.0 if is_open else 0.0, 1 / GATE)
        return ramped(samples, before, self._gain)

    def shut(self) -> None:
        """Be closed at once, where nothing sounds."""
        self._gain = 0.0


class Limiter:
    """Turns down what would be louder than samples can be, and lets it come back slowly."""

    def __init__(self) -> None:
        self._gain = 1.0

    def apply(self, samples: Samples) -> Block:
        """One slot as int16, never clipped hard but within the first 2 ms of a sudden peak."""
        peak = float(np.abs(samples).max())
        allowed = CEILING / peak if peak > CEILING else 1.0
        before, self._gain = self._gain, min(allowed, self._gain + RELEASE)
        if before != 1.0 or self._gain != 1.0:
            ramp = np.full(SLOT, self._gain, np.float32)
            length = ATTACK if self._gain < before else SLOT
            ramp[:length] = np.linspace(before, self._gain, length, dtype=np.float32)
            samples = np.clip(samples * ramp, -CEILING, CEILING)
        block: Block = np.rint(samples).astype(np.int16)
        return block


def ramped(samples: Samples, first: float, last: float) -> Samples:
    """One slot whose gain goes in a straight line from `first` to just before `last`."""
    if first == last == 1.0:
        return samples
    if first == last:
        return samples * np.float32(first)
    return samples * np.linspace(first, last, SLOT, endpoint=False, dtype=np.float32)


def _toward(value: float, target: float, step: float) -> float:
    if abs(target - value) <= step * 1.001:  # sums of fractions miss their mark by a hair
        return target
    return value + step if value < target else value - step
