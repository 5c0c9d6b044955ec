"""The audience of the gallery: how many listen, as far as anybody is told, in steps that hide the few."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

CROWD_STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
"""More than so many listen; that fewer than the first one do is never told, nor that nobody does."""

REACTION_STEPS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""More than so many reacted within a burst; fewer than the first one are none."""


class Reaction(StrEnum):
    """What listeners can let the stage feel."""

    APPLAUSE = "applause"
    HEART = "heart"
    LAUGHTER = "laughter"
    WONDER = "wonder"


@dataclass(frozen=True, slots=True)
class Murmur:
    """What is heard of the gallery: more than `crowd` listen, and more than so many just reacted.

    As long as few listen and react it is the same as when nobody does.
    """

    crowd: int | None = None
    reactions: tuple[tuple[Reaction, int], ...] = ()


SILENCE = Murmur()
"""What is heard of a gallery in which nobody is, or few."""


def step_of(number: int, steps: Sequence[int], beyond: Callable[[int], int] = lambda _step: 0) -> int | None:
    """The highest step that a number is more than; None when there is none.

    Args:
        number: how many there are.
        steps: in rising order.
        beyond: by how much more than a step it must be, so that nobody can find out the very number by
            coming with others, one by one.
    """
    return next((step for step in reversed(steps) if number > step + beyond(step)), None)
