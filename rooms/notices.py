"""Notices: what the groups must be told, kept until it was delivered."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import ChatId, RoomId, ThreadId
from rooms.room import Room


class NoticeKind(StrEnum):
    """The kinds of notices; what they say is written when they are sent, from the room as it then is."""

    CARD = "card"
    """The announcement; sent once per room, pinned, its message id kept with the room."""
    REFRESH = "refresh"
    """The announcement is edited to show the room's present state."""
    REMINDER = "reminder"
    STARTED = "started"
    """The talk begins; `detail` is "late" when that is after its time."""
    ENDING = "ending"
    CANCELLED = "cancelled"
    MISSED = "missed"
    REPLAY = "replay"
    """The recording, posted to the chat."""
    TROUBLE = "trouble"
    """The call cannot be opened or was lost; `detail` holds the class name of the refusal."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told about a room."""

    chat: ChatId
    thread: ThreadId | None
    room: RoomId
    kind: NoticeKind
    detail: str = ""


def notice_of(room: Room, kind: NoticeKind, detail: str = "") -> Notice:
    """A notice about a room, for its own chat and thread."""
    return Notice(room.plan.chat, room.plan.thread, room.id, kind, detail)


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice on its way: leased by the one who delivers it."""

    id: int
    notice: Notice
    attempts: int
