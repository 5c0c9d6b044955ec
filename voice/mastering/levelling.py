"""Levelling: a recording becomes as loud as others are (EBU R 128), and nowhere too loud for a player."""

import logging
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voice.mastering.hearing import decoded, encoded, heard, in_integers
from voice.mastering.interpolation import Samples
from voice.mastering.limiter import limited
from voice.mastering.loudness import GRAIN, Meter, integrated
from voice.mixing.sound import Block
from voice.mixing.units import SLOT
from voice.recording.spliced import read_slots, read_slotwise, write_packets

log = logging.getLogger(__name__)

TARGET = -16.0
"""LUFS, integrated."""

TOLERANCE = 0.4
"""LU by which a replay may miss the target; what is above is tried again."""

TRUE_PEAK = -1.0
"""dBTP that no replay rises above, once it was decoded again."""

CEILING = -3.8
"""dBTP of what is encoded: Opus adds two or three dB to a few peaks."""

RELIEF = 0.5
"""dB by which a place that was too loud nevertheless is turned down more than it was too loud."""

NOISE = -50.0
"""LUFS; what is softer than this as a whole is the noise of a room, and stays as soft as it is."""

MOST_HELP = 15.0
"""dB by which a recording may be turned up beyond what the limiter then takes away."""

ATTEMPTS = 4


@dataclass(slots=True)
class Levelled:
    """How loud a levelled recording is; of each slot, its packet's size in bytes and its peaks (0 to 1)."""

    loudness: float
    true_peak: float
    sizes: "array[int]" = field(default_factory=lambda: array("H"))
    peaks: "array[float]" = field(default_factory=lambda: array("f"))
    true_peaks: Samples = field(default_factory=lambda: np.empty(0, np.float32))


def measured(packets: Iterable[bytes]) -> Meter:
    """What a recording is like before it is levelled."""
    meter = Meter()
    for sound in heard(packets):
        meter.feed(sound)
    return meter


def gain_for(meter: Meter) -> float:
    """By how many dB a recording must be turned up so that it has the target's loudness once it was limited.

    What is softer than `NOISE` as a whole is left alone: there is silence, or nobody, in it.
    """
    before = meter.integrated
    if before < NOISE:
        return 0.0
    least, most = TARGET - before, TARGET - before + MOST_HELP
    while most - least > 0.02:
        middle = (least + most) / 2
        if integrated(meter.powers * _squashed(meter.peaks * factor(middle)) ** 2) < TARGET - middle:
            least = middle
        else:
            most = middle
    return least


def level(source: Path, target: Path, gain: float, bit_rate: int) -> Levelled:
    """Write the source to the target, levelled and encoded anew, one packet a slot.

    Args:
        source: a spliced file.
        target: gets no tags.
        gain: in dB, as of `gain_for`; where it is 0 the loudness is left as it is.
        bit_rate: bits a second that the encoder aims at.

    Raises:
        OSError: the disk refuses.
    """
    is_aimed, reliefs = gain != 0, np.ones(read_slots(source), np.float32)
    for attempt in range(1, ATTEMPTS + 1):
        levelled = Levelled(-math.inf, -math.inf)
        sound = levelled_sound(read_slotwise(source), gain, reliefs)
        write_packets(target, _weighed(encoded(sound, bit_rate), levelled), {})
        missed = TARGET - levelled.loudness if is_aimed else 0.0
        excess = levelled.true_peak - TRUE_PEAK
        if abs(missed) <= TOLERANCE and excess <= 0:
            break
        log.info("attempt %d missed by %.2f LU and %.2f dB", attempt, missed, excess)
        gain += missed if abs(missed) > TOLERANCE else 0.0
        reliefs *= _reliefs(levelled.true_peaks)
    return levelled


def levelled_sound(packets: Iterable[bytes], gain: float, reliefs: Samples) -> Iterator[Block]:
    """The sound of a recording with a gain (dB), and no true peak above the ceiling.

    Args:
        packets: one a slot.
        gain: in dB.
        reliefs: by what each slot is multiplied beyond that.
    """
    amplitude, begin = np.float32(factor(gain)), 0
    middles = (np.arange(len(reliefs)) + 0.5) * SLOT
    for sound in limited((chunk * amplitude for chunk in heard(packets)), factor(CEILING)):
        end = begin + len(sound)
        near = reliefs[max(0, begin // SLOT - 1) : end // SLOT + 2]
        if near.min(initial=1) < 1:
            sound *= np.interp(np.arange(begin, end), middles, reliefs).astype(np.float32)
        yield in_integers(sound)
        begin = end


def _reliefs(true_peaks: Samples) -> Samples:
    """By what to multiply slots so that those which were too loud, and their neighbours, no longer are."""
    excess = np.maximum(true_peaks / factor(TRUE_PEAK), 1)
    asked = np.where(excess > 1, 1 / (excess * factor(RELIEF)), 1)
    around: Samples = np.lib.stride_tricks.sliding_window_view(np.pad(asked, 2, constant_values=1), 5).min(
        axis=1
    )
    return around.astype(np.float32)


def _squashed(peaks: Samples) -> Samples:
    """The gains that the limiter would give grains with such peaks, nearly: its reach is about a grain."""
    ceiling = factor(CEILING)
    gains: Samples = (ceiling / np.maximum(peaks, ceiling)).astype(np.float32)
    return gains


def _weighed(packets: Iterable[bytes], levelled: Levelled) -> Iterator[bytes]:
    """The packets as they are; on the way all is learned about what a player makes of them."""
    meter = Meter()
    waiting: list[bytes] = []
    for sound in decoded(_counted(packets, levelled, waiting)):
        yield from waiting
        waiting.clear()
        meter.feed(sound)
        levelled.peaks.extend(np.abs(sound).reshape(-1, SLOT).max(axis=1))
    levelled.loudness, levelled.true_peak = meter.integrated, meter.true_peak
    levelled.true_peaks = meter.peaks.reshape(-1, SLOT // GRAIN).max(axis=1)


def _counted(packets: Iterable[bytes], levelled: Levelled, waiting: list[bytes]) -> Iterator[bytes]:
    for packet in packets:
        levelled.sizes.append(len(packet))
        waiting.append(packet)
        yield packet


def factor(decibels: float) -> float:
    """The amplitude that so many dB are."""
    return float(10 ** (decibels / 20))
