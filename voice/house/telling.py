"""Telling: a state is reported whenever it is another one, and not more often than anybody could take in."""

import asyncio
from collections.abc import Callable

from voice.messages.reports import Report

PAUSE = 0.2
"""Seconds between two reports of the same state, at least."""


class Telling:
    """Reports what `look` finds after each `stir`, unless it was told already."""

    def __init__(self, look: Callable[[], Report], report: Callable[[Report], None]) -> None:
        self._look = look
        self._report = report
        self._was_stirred = asyncio.Event()

    def stir(self) -> None:
        """The state may be another one."""
        self._was_stirred.set()

    async def run(self) -> None:
        """Report, for ever."""
        told: Report | None = None
        while True:
            await self._was_stirred.wait()
            self._was_stirred.clear()
            found = self._look()
            if found != told:
                told = found
                self._report(found)
            await asyncio.sleep(PAUSE)
