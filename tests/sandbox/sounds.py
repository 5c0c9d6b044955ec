"""Sounds that are told apart by their pitch or by correlation, for tests of the voice server."""

import numpy as np
import numpy.typing as npt

RATE = 48_000

Sound = npt.NDArray[np.int16]


def tone(hertz: float, seconds: float, amplitude: float = 8000) -> Sound:
    time = np.arange(round(seconds * RATE)) / RATE
    samples: Sound = (amplitude * np.sin(2 * np.pi * hertz * time)).astype(np.int16)
    return samples


def sweep(low: float, high: float, seconds: float, amplitude: float = 8000) -> Sound:
    """A tone that rises evenly: no two places in it look the same."""
    time = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * (low * time + (high - low) * time**2 / (2 * seconds))
    samples: Sound = (amplitude * np.sin(phase)).astype(np.int16)
    return samples


def strength(sound: Sound, hertz: float) -> float:
    """The amplitude of one frequency in the sound."""
    if not len(sound):
        return 0.0
    time = np.arange(len(sound)) / RATE
    return float(2 * abs(np.mean(sound * np.exp(-2j * np.pi * hertz * time))))


def likeness(source: Sound, heard: Sound) -> float:
    """How well the source is found again in what was heard: 1 exactly, about 0 not at all."""
    size = 1 << (len(source) + len(heard)).bit_length()
    wanted, found = source.astype(float), heard.astype(float)
    products = np.fft.irfft(np.fft.rfft(found, size) * np.conj(np.fft.rfft(wanted, size)), size)[: len(heard)]
    power = np.concatenate([[0.0], np.cumsum(found**2)])
    ends = np.minimum(np.arange(len(heard)) + len(source), len(heard))
    energy = power[ends] - power[np.arange(len(heard))]
    full = len(heard) - len(source) + 1
    if full < 1:
        return 0.0
    level = np.sqrt(np.maximum(energy[:full], 1.0) * np.sum(wanted**2))
    return float(np.max(products[:full] / level))
