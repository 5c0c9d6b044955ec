"""The system's clock."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

LONGEST_NAP = timedelta(minutes=1)
"""A wait looks at the wall clock again this often, since the machine may sleep or have its clock set."""


class SystemClock:
    """Fulfils the `Clock` port with the machine's wall clock."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)

    async def wait(self, event: asyncio.Event, until: datetime | None) -> None:
        """Return as soon as the event is set or the instant has come (None: only by the event)."""
        while not event.is_set():
            left = LONGEST_NAP if until is None else min(until - self.now(), LONGEST_NAP)
            if left <= timedelta(0):
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(left.total_seconds()):
                    await event.wait()
