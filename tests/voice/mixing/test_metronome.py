"""The metronome: an absolute schedule, late slots caught up, missed ones skipped."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from voice.mixing.metronome import LONGEST_LAG, slots


class Time:
    """A clock that moves by the sleeping it is asked for, and by `delay` more each time."""

    def __init__(self) -> None:
        self.now = 50.0
        self.delay = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + self.delay


@pytest.fixture
def time() -> Time:
    return Time()


def started(time: Time, began: float) -> AsyncIterator[int]:
    return slots(began, time, time.sleep)


async def test_slots_come_at_their_time(time: Time) -> None:
    beat = started(time, 50.0)
    for slot in range(100):
        assert await anext(beat) == slot
        assert time.now == pytest.approx(50 + slot * 0.02, abs=0.003)


async def test_small_delays_do_not_add_up(time: Time) -> None:
    time.delay = 0.004
    beat = started(time, 50.0)
    numbers = [await anext(beat) for _ in range(500)]
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
    assert time.now == pytest.approx(50 + 499 * 0.02, abs=0.01)


async def test_a_clock_that_began_long_ago_goes_on(time: Time) -> None:
    assert await anext(started(time, 40.0)) == 500


async def test_a_short_stop_is_caught_up(time: Time) -> None:
    beat = started(time, 50.0)
    last = [await anext(beat) for _ in range(10)][-1]
    time.now += LONGEST_LAG - 0.05
    assert [await anext(beat) for _ in range(20)] == list(range(last + 1, last + 21))


async def test_a_long_stop_is_a_jump_to_now(time: Time) -> None:
    beat = started(time, 50.0)
    await anext(beat)
    time.now += 7
    assert await anext(beat) == pytest.approx(350, abs=1)
    assert time.now == pytest.approx(57, abs=0.03)
