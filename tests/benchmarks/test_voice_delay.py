"""The delay of a word: each mark is found again in the packet in which it begins."""

import math

from benchmarks.relaying import Ear
from benchmarks.voice_delay import SKIPPED, delays_of
from rooms.ports import Packet
from voice.mixing.sound import QUIETEST
from voice.mixing.units import SLOT

LEVEL = 15
UNHEARD = SKIPPED * [99.0]
"""Marks at the end, which are not waited for."""


def ear(*loud: range) -> Ear:
    """A packet every 20 ms from second 0 on, with a sound in these slots."""
    levels = [LEVEL if any(slot in burst for burst in loud) else QUIETEST for slot in range(5000)]
    packets = [Packet(slot * SLOT, b"", level) for slot, level in enumerate(levels)]
    return Ear(packets, [slot / 50 for slot in range(5000)])


def rounded(delays: list[float]) -> list[float]:
    return [round(delay, 3) for delay in delays]


def test_a_mark_has_come_with_the_first_packet_in_which_it_is_heard() -> None:
    heard = ear(range(100, 105), range(150, 155))
    assert rounded(delays_of([1.9, 2.95, *UNHEARD], heard)) == [0.1, 0.05]


def test_a_mark_that_is_never_heard_is_infinitely_late() -> None:
    assert delays_of([3.0, *UNHEARD], ear(range(100, 105))) == [math.inf]


def test_marks_from_before_are_not_counted() -> None:
    assert rounded(delays_of([-0.1, 1.9, *UNHEARD], ear(range(100, 105)))) == [0.1]
