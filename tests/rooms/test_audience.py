"""How many listen is told in steps, and of few nothing at all."""

import pytest

from rooms.audience import CROWD_STEPS, REACTION_STEPS, SILENCE, Murmur, step_of


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, None),
        (1, None),
        (10, None),
        (11, 10),
        (20, 10),
        (21, 20),
        (999, 500),
        (1001, 1000),
        (10**9, 50_000),
    ],
)
def test_a_number_is_told_as_the_step_that_it_is_more_than(number: int, told: int | None) -> None:
    assert step_of(number, CROWD_STEPS) == told


def test_a_step_can_lie_further_off_than_it_says() -> None:
    assert step_of(13, CROWD_STEPS, lambda _step: 3) is None
    assert step_of(14, CROWD_STEPS, lambda _step: 3) == 10


@pytest.mark.parametrize("steps", [CROWD_STEPS, REACTION_STEPS])
def test_steps_rise_and_the_first_one_hides_the_few(steps: tuple[int, ...]) -> None:
    assert list(steps) == sorted(set(steps))
    assert steps[0] >= 5


def test_of_few_is_heard_what_is_heard_of_nobody() -> None:
    assert Murmur(step_of(1, CROWD_STEPS)) == Murmur(step_of(0, CROWD_STEPS)) == SILENCE
