"""What a talk was before it was changed or cancelled, kept for the minute in which that can be taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rooms.ids import RoomId, SeriesId
from rooms.plan import Plan
from rooms.room import RoomState

UNDO = timedelta(minutes=1)
"""How long a change can be taken back; as long its notices are held back."""


@dataclass(frozen=True, slots=True)
class Before:
    """The plan and the state as they were; `until` is when the change is told and stands for good.

    `occurrence_at` is which occurrence of its series it was. Where it was changed together with all that
    follow it, `former` is the series as it was, on record as one that is over; all of them have the same.
    """

    room: RoomId
    plan: Plan
    state: RoomState
    until: datetime
    occurrence_at: datetime | None = None
    former: SeriesId | None = None
