"""A clock that stands still until a test moves it."""

import asyncio
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class FakeClock:
    """Time passes only in `advance`, which wakes whoever waits for the new instant."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    async def wait(self, event: asyncio.Event, until: datetime | None) -> None:
        async with asyncio.TaskGroup() as group:
            rung = group.create_task(event.wait())
            while not rung.done() and (until is None or self._now < until):
                moved = group.create_task(self._moved.wait())
                await asyncio.wait({rung, moved}, return_when=asyncio.FIRST_COMPLETED)
                moved.cancel()
            rung.cancel()

    async def advance(self, by: timedelta) -> None:
        """Let time pass and everybody who waited for it run until nothing is left to do at once."""
        self._now += by
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        await settle()


async def settle(rounds: int = 200) -> None:
    """Let the tasks that can run do so; in memory nothing takes longer than a few turns of the loop."""
    for _ in range(rounds):
        await asyncio.sleep(0)
