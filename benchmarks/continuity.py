"""Continuity: where something of the endless tone is missing, though it was replaced by what sounds alike."""

from collections.abc import Sequence

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.utterances import AMPLITUDE, RATE, SLOT, TONE

WINDOW = RATE // 100
"""Samples (10 ms, the unit in which the call library loses sound) of which the phase is taken."""

APART = 3
"""Windows between two that are compared: codecs spread a jump over more than one."""

TURN = 0.06
"""Turns by which the phase may be off; where 10 ms of the tone are missing they are 0.3, 30 ms 0.1."""

QUIET = AMPLITUDE / 2
"""The amplitude below which the tone is not there."""


def breaks(packets: Sequence[bytes]) -> int:
    """In how many places of these Opus packets, which follow each other, the tone breaks off or jumps.

    The first packet is left out: a decoder only begins to sound in it.
    """
    sound = _decoded(packets)[SLOT:]
    windows = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW)
    strengths = 2 / WINDOW * windows @ np.exp(-2j * np.pi * TONE * np.arange(WINDOW) / RATE)
    expected = np.exp(2j * np.pi * TONE * APART * WINDOW / RATE)
    turned = np.angle(strengths[APART:] * np.conj(strengths[:-APART] * expected)) / (2 * np.pi)
    is_broken = (np.abs(turned) > TURN) | (np.abs(strengths[APART:]) < QUIET)
    begins = is_broken & ~np.concatenate([[False], is_broken[:-1]])
    return int(begins.sum())


def _decoded(packets: Sequence[bytes]) -> NDArray[np.float64]:
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = RATE, "mono"
    frames = [frame for packet in packets for frame in decoder.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(float)
