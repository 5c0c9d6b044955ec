"""Jobs: what must happen to a room at an instant, whatever becomes of the process meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rooms.ids import RoomId


class JobKind(StrEnum):
    """The kinds of due work."""

    FORGET_DRAFT = "forget_draft"
    ANNOUNCE = "announce"
    """The card of a series' occurrence is sent."""
    TELL = "tell"
    """A change or a cancellation can no longer be taken back: whom it concerns is told."""
    REMIND = "remind"
    OPEN = "open"
    START = "start"
    WARN = "warn"
    END = "end"


@dataclass(frozen=True, slots=True)
class Job:
    """Due work, leased by whoever runs it; `attempts` counts the leases it has had, this one included."""

    id: int
    room: RoomId
    kind: JobKind
    due_at: datetime
    attempts: int
