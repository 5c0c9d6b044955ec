"""A series: a talk that recurs; its next occurrences are rooms of their own."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rooms.ids import SeriesId
from rooms.plan import Plan
from rooms.recurrence import Recurrence

AHEAD_BY = timedelta(weeks=5)
"""How far ahead occurrences are made, and at least one in any case."""

ANNOUNCED_EARLY = timedelta(days=7)
"""How long before its start an occurrence is announced."""


@dataclass(frozen=True, slots=True)
class Series:
    """What recurs, and when; `plan.starts_at` is the first occurrence's."""

    id: SeriesId
    plan: Plan
    recurrence: Recurrence
    is_over: bool = False

    def plan_at(self, starts_at: datetime) -> Plan:
        """The plan of the occurrence at an instant."""
        return replace(self.plan, starts_at=starts_at)
