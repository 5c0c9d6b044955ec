"""Marks: found again by their pitch, in real Opus, and none of them taken for its neighbour."""

import math

import av
import numpy as np
import pytest

from benchmarks.gallery.marks import APART, PITCHES, STEP, Mark, delays_of, packets, pitch_from, pitch_of
from benchmarks.gallery.payload import PACKET
from voice.mixing.units import RATE, SLOT


def said(count: int) -> list[Mark]:
    """A mark a quarter of a second."""
    return [Mark(number / 4, number % PITCHES) for number in range(count)]


def late(marks: list[Mark], seconds: float) -> list[Mark]:
    return [Mark(mark.at + seconds, mark.pitch) for mark in marks]


@pytest.mark.parametrize("seconds", [0.1, 0.7, 1.6])
def test_a_mark_is_found_again_however_many_were_said_meanwhile(seconds: float) -> None:
    heard = late(said(40)[10:30], seconds)
    assert list(delays_of(said(40), heard)) == [pytest.approx(seconds)] * 20


def test_a_mark_that_was_not_heard_is_very_late() -> None:
    heard = late([mark for number, mark in enumerate(said(40)) if number != 20], 0.1)
    assert max(delays_of(said(40), heard)) > 2


def test_where_nothing_was_heard_all_marks_are_late() -> None:
    assert delays_of(said(3), []) == [math.inf] * 3


def test_a_noise_of_no_known_pitch_is_no_mark() -> None:
    noise = Mark(2.6, PITCHES + 3)
    assert max(delays_of(said(40), [noise, *late(said(40)[11:30], 0.1), Mark(7.6, -1)])) < 0.2


def test_nothing_is_heard_before_it_was_said() -> None:
    marks = said(8)
    assert math.inf not in delays_of(marks, late(marks, 0.01))
    assert min(delays_of(marks, late(marks, 0.01))) > 0


def test_each_pitch_begins_where_it_is_said_to() -> None:
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = RATE, "mono"
    told = packets()
    assert {len(packet) for packet in told} == {PACKET}
    frames = [frame for packet in told for frame in decoder.decode(av.Packet(packet))]
    sound = np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(float)
    for slot in range(len(told)):
        pitch = pitch_from(slot)
        if pitch is None:
            continue
        tone = sound[slot * SLOT + SLOT // 2 :][:SLOT]
        hertz = float(np.abs(np.fft.rfft(tone)).argmax()) * RATE / SLOT
        assert pitch_of(hertz) == pitch
        assert hertz == (pitch + 1) * STEP
    assert len(told) == PITCHES * APART
