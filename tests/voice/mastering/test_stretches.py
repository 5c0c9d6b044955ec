"""Stretches: where somebody is heard."""

from datetime import timedelta

import pytest

from containers.opus import SILENT_PACKET
from rooms.ids import PersonId
from rooms.recordings import Turn
from voice.mastering import stretches
from voice.mastering.stretches import MARGIN, audible, of_turns, silenced

VOICE = b"voice"


def track(length: int, *spans: tuple[int, int]) -> list[bytes]:
    packets = [SILENT_PACKET] * length
    for begin, end in spans:
        packets[begin:end] = [VOICE] * (end - begin)
    return packets


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([], []),
        ([(0, 5)], [(0, 5)]),
        ([(10, 20), (400, 500)], [(10, 10), (400, 100)]),
        ([(10, 20), (20 + 2 * MARGIN, 100)], [(10, 90)]),
        ([(10, 20), (21 + 2 * MARGIN, 100)], [(10, 10), (71, 29)]),
    ],
)
def test_a_track_is_heard_where_its_packets_are(
    spans: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    assert list(audible(track(500, *spans))) == found


def test_what_is_silenced_is_all_of_it_and_a_margin() -> None:
    packets = list(silenced([VOICE] * 400, [(200, 20), (300, 1), (310, 5)]))
    assert list(audible(packets)) == [(0, 175), (245, 30), (340, 60)]


def test_overlapping_and_nested_stretches_are_silenced_whole() -> None:
    packets = list(silenced([VOICE] * 400, [(100, 200), (120, 10), (290, 50)]))
    assert [slot for slot, packet in enumerate(packets) if packet == VOICE] == [
        *range(75),
        *range(365, 400),
    ]


def test_stretches_at_the_borders_and_beyond() -> None:
    assert list(silenced([VOICE] * 3, [(0, 1), (5000, 1)])) == [SILENT_PACKET] * 3
    assert list(silenced([VOICE] * 3, [])) == [VOICE] * 3


def test_turns_are_rounded_outwards() -> None:
    turn = Turn(PersonId(5), "Ada", timedelta(seconds=1.01), timedelta(seconds=0.5))
    assert of_turns([turn]) == [(50, 26)]


def test_they_survive_as_a_tag() -> None:
    assert stretches.from_text(stretches.to_text([(1, 2), (30, 4)])) == [(1, 2), (30, 4)]
    assert stretches.from_text("") == []
