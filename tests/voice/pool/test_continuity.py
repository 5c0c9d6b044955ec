"""Continuity: what is missing between one process's sound and the next's."""

from datetime import timedelta

from rooms.ids import RoomId
from voice.mixing.units import RATE, SLOT
from voice.pool.continuity import Continuity

ROOM, OTHER = RoomId(7), RoomId(8)


def sounding() -> Continuity:
    """A room has sounded for a second."""
    continuity = Continuity()
    for at in range(0, RATE, SLOT):
        assert continuity.follow(ROOM, at) is None
    return continuity


def test_a_jump_of_seconds_is_told_once() -> None:
    continuity = sounding()
    assert continuity.follow(ROOM, 4 * RATE) == timedelta(seconds=3)
    assert continuity.follow(ROOM, 4 * RATE + SLOT) is None


def test_what_is_missing_for_less_than_a_second_does_not_matter() -> None:
    assert sounding().follow(ROOM, 2 * RATE - SLOT) is None
    assert sounding().follow(ROOM, 2 * RATE) == timedelta(seconds=1)


def test_packets_that_come_again_or_late_are_no_jump() -> None:
    continuity = sounding()
    assert continuity.follow(ROOM, 0) is None
    assert continuity.follow(ROOM, RATE) is None


def test_each_room_is_for_itself() -> None:
    assert sounding().follow(OTHER, 9 * RATE) is None


def test_while_the_call_was_closed_nothing_was_missed() -> None:
    continuity = sounding()
    continuity.forget(ROOM)
    assert continuity.follow(ROOM, 60 * RATE) is None
