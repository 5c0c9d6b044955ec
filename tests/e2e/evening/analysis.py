"""Signal analysis: where in a recording a known utterance is, how well it is kept, and what is missing."""

import io
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

RATE = 8000
"""Hz: speech is compared at telephone bandwidth, which is enough to find it and cheap."""

WINDOW = RATE
"""One second: the stretch whose place is looked for by itself."""

SHIFTS = np.linspace(-0.5, 0.5, 9)
"""Samples."""

FRAME = RATE // 50
"""20 ms: the stretch whose loudness is looked at."""

LOUD, SILENT = 0.02, 0.002
"""Root mean square of full scale above which speech is clearly there, and below which nothing is."""

Sound = NDArray[np.float32]
"""Mono samples from -1 to 1 at `RATE`."""


def decode(content: bytes) -> Sound:
    """Decode a file of any kind that PyAV knows."""
    with av.open(io.BytesIO(content), "r") as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        blocks = [
            block.to_ndarray()[0]
            for frame in (*container.decode(audio=0), None)
            for block in resampler.resample(frame)
        ]
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a loud second of an utterance is: `start` in the utterance, `at` in the sound, both in samples.

    `likeness` is the correlation coefficient there, 1 for the same; `gain` in dB.
    """

    start: int
    at: int
    likeness: float
    gain: float


@dataclass(frozen=True, slots=True)
class Match:
    """An utterance found in a longer sound: its first sample there, and where each second of it is.

    Jitter buffers stretch and squeeze speech a little, so each second is looked for by itself.
    """

    at: int
    places: tuple[Place, ...]

    @property
    def likeness(self) -> float:
        """The mean correlation of its seconds."""
        return float(np.mean([place.likeness for place in self.places])) if self.places else 0.0

    @property
    def gain(self) -> float:
        """The median of its seconds' gains in dB."""
        return float(np.median([place.gain for place in self.places])) if self.places else -np.inf

    @property
    def jitter(self) -> float:
        """Seconds by which its parts are out of place, at most: sound that was cut out or put in."""
        offsets = [place.at - place.start for place in self.places]
        return (max(offsets) - min(offsets)) / RATE if offsets else 0.0


def find(utterance: Sound, heard: Sound) -> Match:
    """Find the utterance where the sound is most like it; both must be longer than a second."""
    at = _place(utterance, heard)
    places = []
    for start in range(0, len(utterance) - WINDOW + 1, WINDOW):
        part = utterance[start : start + WINDOW]
        if loudness(part).mean() > LOUD:
            places.append(_compare(part, heard, start, _place_near(part, heard, at + start)))
    return Match(at, tuple(places))


def _compare(part: Sound, heard: Sound, start: int, at: int) -> Place:
    there = heard[at : at + len(part)]
    here = part[: len(there)]
    product = _overlap(here, there)
    likeness = product / float(np.linalg.norm(here) * np.linalg.norm(there) + 1e-9)
    gain = 20 * np.log10(max(product, 0.0) / float(np.dot(here, here) + 1e-9) + 1e-9)
    return Place(start, at, likeness, float(gain))


def _overlap(here: Sound, there: Sound) -> float:
    """The scalar product, one moved by up to half a sample: sound does not keep step with our samples."""
    size = 1 << (2 * len(here) - 1).bit_length()
    cross = np.fft.rfft(there, size) * np.conj(np.fft.rfft(here, size))
    turns = 2j * np.pi * np.arange(len(cross)) / size
    cross[1:-1] *= 2  # for the half of the spectrum that is not there
    return max(float((cross * np.exp(turns * shift)).real.sum() / size) for shift in SHIFTS)


def dropouts(utterance: Sound, heard: Sound, match: Match) -> list[tuple[float, float]]:
    """Where the utterance is loud and nothing is heard: (second in the heard sound, length in seconds)."""
    there = heard[match.at : match.at + len(utterance)]
    spoken, kept = loudness(utterance[: len(there)]), loudness(there)
    missing = (spoken > LOUD) & (kept < SILENT)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], missing.astype(np.int8), [0]))))
    return [
        ((match.at + start * FRAME) / RATE, (end - start) * FRAME / RATE)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def loudness(sound: Sound) -> NDArray[np.float32]:
    """Root mean square of each 20 ms."""
    whole = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    rms: NDArray[np.float32] = np.sqrt((whole**2).mean(axis=1))
    return rms


def _place(part: Sound, heard: Sound) -> int:
    """The offset at which the part correlates best with what was heard, loudness there discounted."""
    size = 1 << (len(part) + len(heard) - 1).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(part, size))
    likely = np.fft.irfft(spectrum, size)[: max(len(heard) - len(part) // 2, 1)]
    energy = np.concatenate(([0.0], np.cumsum(heard.astype(np.float64) ** 2)))
    ends = np.minimum(np.arange(len(likely)) + len(part), len(heard))
    loud = np.sqrt(energy[ends] - energy[: len(likely)])
    return int(np.argmax(likely / (loud + 0.05 * loud.max() + 1e-9)))


def _place_near(part: Sound, heard: Sound, expected: int, reach: int = RATE) -> int:
    first = max(0, expected - reach)
    return first + _place(part, heard[first : expected + len(part) + reach])
