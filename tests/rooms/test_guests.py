"""Seats go to those who came first, the others wait."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rooms.guests import Guest, guest_list
from rooms.ids import PersonId, RoomId
from tests.fakes.clock import NOON

ROOM = RoomId(1)


def guest(person: int, minutes: int | None) -> Guest:
    since = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Guest(ROOM, PersonId(person), since, wants_reminder=minutes is None)


def test_those_who_came_first_are_seated_and_the_others_wait_in_order() -> None:
    guests = [guest(1, 3), guest(2, 1), guest(3, None), guest(4, 2)]
    assert guest_list(guests, 2).seated == (2, 4)
    assert guest_list(guests, 2).waiting == (1,)


def test_without_a_number_of_seats_nobody_waits() -> None:
    everybody = guest_list([guest(1, 2), guest(2, 1)], None)
    assert (everybody.seated, everybody.waiting) == ((2, 1), ())


def test_who_has_a_part_in_the_talk_takes_nobodys_seat() -> None:
    guests = [guest(1, 1), guest(2, 2), guest(3, 3), guest(4, 4)]
    people = guest_list(guests, 1, cast=frozenset(map(PersonId, (1, 3, 9))))
    assert people.coming == (1, 2, 3, 4)
    assert (people.seated, people.waiting) == ((1, 2, 3), (4,))


def test_who_neither_comes_nor_wants_to_be_reminded_is_nobody() -> None:
    assert Guest(ROOM, PersonId(1)).is_nobody
    assert not guest(1, 0).is_nobody
    assert not guest(1, None).is_nobody


@given(st.lists(st.tuples(st.integers(0, 50), st.none() | st.integers(0, 9)), max_size=20), st.integers(1, 8))
def test_everybody_who_comes_either_has_a_seat_or_waits(
    rows: list[tuple[int, int | None]], seats: int
) -> None:
    guests = [guest(person, minutes) for person, minutes in dict(rows).items()]
    people = guest_list(guests, seats)
    assert sorted(people.seated + people.waiting) == sorted(g.person for g in guests if g.coming_since)
    assert len(people.seated) <= seats
    assert not people.waiting or len(people.seated) == seats
