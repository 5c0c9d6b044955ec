"""Loudness: how loud a talk is as a whole, and how loud its loudest instant (EBU R 128, ITU-R BS.1770-5)."""

import math
from array import array
from itertools import pairwise

import av
import numpy as np

from voice.mastering.interpolation import STEP, Samples, peaks
from voice.mixing.units import FRAME, RATE

GRAIN = FRAME
"""Samples (10 ms) of which power and peak are kept."""

_HOP = 10
"""Grains (100 ms) between the beginnings of two blocks of 400 ms."""

_OVERLAP = 4
_ABSOLUTE_GATE = -70.0
"""LUFS below which a block counts as silence."""

_RELATIVE_GATE = -10.0
"""LU below the loudness of what is not silent under which a block counts as a pause."""

_FILTERS = (
    "b0=1.53512485958697:b1=-2.69169618940638:b2=1.19839281085285:a0=1:a1=-1.69065929318241:a2=0.73248077421585",
    "b0=1:b1=-2:b2=1:a0=1:a1=-1.99004745483398:a2=0.99007225036621",
)
"""K-weighting's two stages at 48 kHz (BS.1770-5, tables 1 and 2)."""


class Meter:
    """Measures a mono sound that is fed to it piece by piece."""

    def __init__(self) -> None:
        self._weighting = _Weighting()
        self._context: Samples = np.zeros(2 * STEP, np.float32)
        self._powers = array("f")
        self._peaks = array("f")
        self._loudest = 0.0

    def feed(self, sound: Samples) -> None:
        """Hear the next piece, of whole slots."""
        grains = self._weighting.weigh(sound).reshape(-1, GRAIN)
        self._powers.extend(np.einsum("ij,ij->i", grains, grains) / GRAIN)
        context = np.concatenate((self._context, sound))
        found = peaks(context, self._loudest)
        self._context = context[-2 * STEP :]
        self._peaks.extend(found.reshape(-1, GRAIN // STEP).max(axis=1))
        self._loudest = max(self._loudest, float(found.max(initial=0)))

    @property
    def powers(self) -> Samples:
        """The weighted power of each grain."""
        return np.frombuffer(self._powers, np.float32)

    @property
    def peaks(self) -> Samples:
        """The peak of each grain, 0.5 ms late; true for the loudest."""
        return np.frombuffer(self._peaks, np.float32)

    @property
    def integrated(self) -> float:
        """As `integrated` has it, of all that was heard."""
        return integrated(self.powers)

    @property
    def true_peak(self) -> float:
        """The loudest instant in dBTP, minus infinity for silence."""
        loudest = max(self._loudest, float(np.abs(self._context).max()))
        return 20 * math.log10(loudest) if loudest else -math.inf


def integrated(powers: Samples) -> float:
    """The gated loudness, in LUFS, of weighted powers of grains.

    It is minus infinity for silence, and for what is shorter than a block.
    """
    whole = len(powers) // _HOP * _HOP
    hops = powers[:whole].astype(np.float64).reshape(-1, _HOP).mean(axis=1)
    if len(hops) < _OVERLAP:
        return -math.inf
    blocks = np.lib.stride_tricks.sliding_window_view(hops, _OVERLAP).mean(axis=1)
    audible = blocks[blocks > _power(_ABSOLUTE_GATE)]
    if not audible.size:
        return -math.inf
    threshold = _power(_lufs(float(audible.mean())) + _RELATIVE_GATE)
    return _lufs(float(audible[audible > threshold].mean()))


class _Weighting:
    """K-weighting, by FFmpeg's biquad filters."""

    def __init__(self) -> None:
        graph = av.filter.Graph()
        source = graph.add_abuffer(format="flt", sample_rate=RATE, layout="mono")
        stages = [graph.add("biquad", coefficients) for coefficients in _FILTERS]
        sink = graph.add("abuffersink")
        for one, next_one in pairwise([source, *stages, sink]):
            one.link_to(next_one)
        graph.configure()
        self._graph = graph
        self._samples = 0

    def weigh(self, sound: Samples) -> Samples:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.reshape(1, -1)), "flt", "mono")
        frame.sample_rate = RATE
        frame.pts = self._samples
        self._samples += len(sound)
        self._graph.push(frame)
        plane = memoryview(self._graph.pull().planes[0])
        return np.frombuffer(plane, np.float32, len(sound))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power)
