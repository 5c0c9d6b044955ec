"""Receipts: all that is stored, table by table, why, how long, and how much of it there is now."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rooms.audience import CROWD_STEPS, step_of
from rooms.ports import Clock
from rooms.records import Store
from rooms.repositories.traces import Holding

PAUSE = timedelta(minutes=15)
"""What could tell of listeners is counted at the quarters of the hour, and never between them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A table on the receipt, with how many rows it has.

    Where the holding hides few, they are more than `rows`: None for few of them, and for none.
    """

    holding: Holding
    rows: int | None


class Receipts:
    """Writes the receipt, the same for all who ask: totals of everything, of no group and nobody alone.

    How many took tickets or asked questions is told in steps that hide the few, and changes on a fixed timer
    only: what somebody does in the gallery moves no number that others could watch. `draw(n)` gives a number
    below n that nobody can foresee, by which a step is told late.
    """

    def __init__(self, store: Store, clock: Clock, draw: Callable[[int], int] = secrets.randbelow) -> None:
        self._store = store
        self._clock = clock
        self._draw = draw
        self._blurs: dict[tuple[str, int], int] = {}
        self._steps: Mapping[str, int | None] = {}
        self._stepped_at: datetime | None = None
        self._written: tuple[int, datetime, Sequence[Entry]] | None = None
        self._writing = asyncio.Lock()

    async def now(self) -> Sequence[Entry]:
        """Every table; a thousand who ask at once cost one look."""
        async with self._writing:
            rings, quarter = self._store.committed.rings, _quarter(self._clock.now())
            if self._written is None or self._written[:2] != (rings, quarter):
                self._written = (rings, quarter, await self._write(quarter))
            return self._written[2]

    async def _write(self, quarter: datetime) -> Sequence[Entry]:
        async with self._store.reading() as records:
            holdings, counts = records.traces.holdings(), await records.traces.counts()
        if quarter != self._stepped_at:
            hidden = [holding.table for holding in holdings if holding.hides_few]
            self._steps = {table: self._step(table, counts[table]) for table in hidden}
            self._stepped_at = quarter
        return [Entry(holding, self._steps.get(holding.table, counts[holding.table])) for holding in holdings]

    def _step(self, table: str, rows: int) -> int | None:
        return step_of(rows, CROWD_STEPS, lambda step: self._blur(table, step))

    def _blur(self, table: str, step: int) -> int:
        if (table, step) not in self._blurs:
            self._blurs[table, step] = self._draw(step // 2)
        return self._blurs[table, step]


def _quarter(instant: datetime) -> datetime:
    """The quarter of an hour that has begun."""
    return instant - (instant - datetime.min.replace(tzinfo=instant.tzinfo)) % PAUSE
