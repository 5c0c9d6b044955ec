"""Sounds for tests, and an ear that finds them again."""

from pathlib import Path

import numpy as np

from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT
from voice.sources.sounds import decode


def tone(hertz: float, seconds: float, amplitude: float = 8000) -> Block:
    time = np.arange(round(seconds * RATE)) / RATE
    samples: Block = (amplitude * np.sin(2 * np.pi * hertz * time)).astype(np.int16)
    return samples


def cut(sound: Block) -> list[Block]:
    """The sound in slots; a rest shorter than a slot is left out."""
    whole = len(sound) // SLOT
    return list(sound[: whole * SLOT].reshape(whole, SLOT))


def strength(sound: Block, hertz: float) -> float:
    """The amplitude of one frequency in the sound."""
    time = np.arange(len(sound)) / RATE
    return float(2 * abs(np.mean(sound * np.exp(-2j * np.pi * hertz * time))))


def rms(sound: Block) -> float:
    return float(np.sqrt(np.mean(sound.astype(float) ** 2)))


def listen(path: Path) -> Block:
    """What a player plays of the file."""
    return decode(path)
