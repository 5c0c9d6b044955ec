"""Hands are taken in the order of raising, or those of first-timers before the others."""

from datetime import timedelta

from rooms.hands import Hand, queue
from rooms.ids import PersonId
from tests.fakes.clock import NOON


def hand(number: int, seconds: int) -> Hand:
    return Hand(PersonId(number), f"Guest {number}", NOON + timedelta(seconds=seconds))


FIRST, SECOND, THIRD = hand(3, 0), hand(1, 1), hand(2, 2)


def test_who_raised_first_is_first() -> None:
    assert queue([THIRD, FIRST, SECOND]) == (FIRST, SECOND, THIRD)


def test_who_spoke_before_comes_after_who_did_not() -> None:
    assert queue([FIRST, SECOND, THIRD], {FIRST.person, PersonId(99)}) == (SECOND, THIRD, FIRST)


def test_of_one_instant_the_lower_number_is_first() -> None:
    assert queue([hand(5, 0), hand(4, 0)]) == (hand(4, 0), hand(5, 0))
