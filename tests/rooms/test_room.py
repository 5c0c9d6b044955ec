"""A room passes through its states in order and through no others."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.errors.talks import WrongState
from rooms.ids import RoomId
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.talks import BRUNO, HOUR, a_plan

STEPS: dict[str, Callable[[Room], Room]] = {
    "scheduled": Room.scheduled,
    "opening": Room.opening,
    "live": Room.live,
    "closing": Room.closing,
    "ended": Room.ended,
    "cancelled": lambda room: room.cancelled(NOON),
    "missed": lambda room: room.missed(NOON),
}


def a_room(*steps: str) -> Room:
    room = Room(RoomId(1), a_plan(), RoomState.DRAFT, "key", NOON)
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
    room = a_room("scheduled").moved_to(NOON, NOON)
    assert (room.plan.starts_at, room.plan.ends_at) == (NOON, NOON + 0.75 * HOUR)


@pytest.mark.parametrize("steps", [(), ("scheduled",)])
def test_a_draft_and_a_talk_ahead_can_be_planned_anew(steps: tuple[str, ...]) -> None:
    plan = replace(a_plan(), title="Other")
    assert a_room(*steps).replanned(plan, NOON).plan == plan


@pytest.mark.parametrize(
    "steps", [("scheduled", "opening"), ("scheduled", "cancelled"), ("scheduled", "missed")]
)
def test_what_is_on_or_over_cannot(steps: tuple[str, ...]) -> None:
    with pytest.raises(WrongState) as refused:
        a_room(*steps).replanned(a_plan(), NOON)
    assert refused.value.step == "be changed"


def test_calendars_see_that_a_talk_was_missed() -> None:
    missed = a_room("scheduled").missed(NOON + HOUR)
    assert (missed.revision, missed.changed_at) == (1, NOON + HOUR)


def test_calendars_see_one_more_revision_of_every_change_and_of_none_of_the_steps() -> None:
    room = a_room("scheduled")
    later = NOON + HOUR
    changed = room.replanned(a_plan("Other"), later)
    cancelled = changed.cancelled(later)
    restored = cancelled.restored(room, later + HOUR)
    handed = restored.hosted_by(BRUNO.person, BRUNO.name, later + HOUR)
    assert [r.revision for r in (room, changed, cancelled, restored, handed, handed.opening())] == [
        0,
        1,
        2,
        3,
        4,
        4,
    ]
    assert (room.changed_at, changed.changed_at, restored.changed_at) == (NOON, later, later + HOUR)


def test_what_is_restored_has_its_old_plan_and_state() -> None:
    room = a_room("scheduled")
    restored = room.replanned(a_plan("Other"), NOON).cancelled(NOON).restored(room, NOON)
    assert (restored.plan, restored.state) == (room.plan, RoomState.SCHEDULED)


def test_a_talk_that_changes_hands_has_another_host() -> None:
    plan = a_room("scheduled").hosted_by(BRUNO.person, BRUNO.name, NOON).plan
    assert (plan.host, plan.host_name) == (BRUNO.person, "Bruno")
