"""Measuring: two pieces of work in turn, many times, and the ratio of their costs inside each round."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: `ratio` must not exceed `bound`."""

    name: str
    ratio: float
    bound: float
    note: str

    @property
    def ok(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio <= self.bound


def cpu_seconds(work: Callable[[], object]) -> float:
    """The processor time that the work takes in this thread."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def ratio(work: Callable[[], object], yardstick: Callable[[], object]) -> float:
    """The median over the rounds of the work's cost in yardsticks; each round measures both."""
    return statistics.median(cpu_seconds(work) / cpu_seconds(yardstick) for _ in range(ROUNDS))


async def ratio_of_waits(
    work: Callable[[], Awaitable[object]], yardstick: Callable[[], Awaitable[object]]
) -> float:
    """The same for work that waits for others, by the time that passes."""
    return statistics.median([await _seconds(work) / await _seconds(yardstick) for _ in range(ROUNDS)])


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began
