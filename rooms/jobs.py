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
    COUNT_DOWN = "count_down"
    """Telegram's own voice chat is planned, so that members see it count down."""
    GREEN_ROOM = "green_room"
    """Everything that the talk needs is checked, in time to mend it."""
    OPEN = "open"
    START = "start"
    WARN = "warn"
    EMPTY = "empty"
    """Nobody has been in the call for a while: the talk ends."""
    END = "end"
    MASTER = "master"
    """The recording is made ready to be heard, and published."""
    ERASE = "erase"
    """The recording has been kept as long as the group wants."""


@dataclass(frozen=True, slots=True)
class Job:
    """Due work, leased by whoever runs it; `attempts` counts the leases it has had, this one included."""

    id: int
    room: RoomId
    kind: JobKind
    due_at: datetime
    attempts: int
