"""A room passes through its states in order and through no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.errors import WrongState
from rooms.ids import RoomId
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.talks import HOUR, a_plan

STEPS = {
    "scheduled": Room.scheduled,
    "opening": Room.opening,
    "live": Room.live,
    "closing": Room.closing,
    "ended": Room.ended,
    "cancelled": Room.cancelled,
    "missed": Room.missed,
}


def a_room(*steps: str) -> Room:
    room = Room(RoomId(1), a_plan(), RoomState.DRAFT, "key")
    for step in steps:
        room = STEPS[step](room)
    return room


def test_an_evening_without_surprises() -> None:
    room = a_room("scheduled", "opening", "live", "closing", "ended")
    assert room.state is RoomState.ENDED
    assert room.is_over


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ((), "opening"),
        ((), "live"),
        ((), "cancelled"),
        (("scheduled",), "live"),
        (("scheduled",), "scheduled"),
        (("scheduled", "opening", "live"), "cancelled"),
        (("scheduled", "opening", "live"), "live"),
        (("scheduled", "opening", "live"), "missed"),
        (("scheduled", "opening", "live"), "ended"),
        (("scheduled", "cancelled"), "scheduled"),
        (("scheduled", "missed"), "opening"),
    ],
)
def test_a_step_out_of_turn_is_refused(before: tuple[str, ...], step: str) -> None:
    with pytest.raises(WrongState) as refused:
        a_room(*before, step)
    assert str(refused.value).endswith(f"” cannot become {step}")


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_whatever_is_tried_what_is_over_stays_over(steps: list[str]) -> None:
    room = a_room()
    for step in steps:
        was_over = room.is_over
        try:
            room = STEPS[step](room)
        except WrongState:
            continue
        assert not was_over
        assert room.state == step


@pytest.mark.parametrize(
    ("steps", "is_on_air"),
    [(("scheduled",), False), (("scheduled", "opening"), True), (("scheduled", "opening", "live"), True)],
)
def test_the_relay_belongs_in_the_call_from_opening_to_closing(
    steps: tuple[str, ...], is_on_air: bool
) -> None:
    assert a_room(*steps).is_on_air == is_on_air


def test_a_moved_talk_keeps_its_duration() -> None:
    room = a_room("scheduled").moved_to(NOON)
    assert (room.plan.starts_at, room.plan.ends_at) == (NOON, NOON + 0.75 * HOUR)
