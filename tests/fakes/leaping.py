"""A loop that leaps over waiting: when nothing is left to do at once, the time of the next timer has come."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class _Leaps(selectors.DefaultSelector):
    """Counts the seconds it was to wait instead of waiting."""

    leapt = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.leapt += timeout or 0.0
        return super().select(0 if timeout is not None else None)


class LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.leaps = _Leaps()
        super().__init__(self.leaps)

    def time(self) -> float:
        return self.leaps.leapt


def leaping(story: Coroutine[Any, Any, None]) -> None:
    """Run a story whose seconds take no time."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        runner.run(story)
