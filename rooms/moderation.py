"""Moderation: bans from a group's talks, and the log in which admins see who did what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rooms.ids import ChatId, PersonId
from rooms.roles import Asker
from rooms.room import Room

REASON_LENGTH = 500
"""Characters of the reason for a ban or a report at most."""


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody may neither attend a group's talks nor take part in them; without `until`, for good."""

    chat: ChatId
    person: PersonId
    name: str
    reason: str
    until: datetime | None


class DeedKind(StrEnum):
    """What is logged."""

    SCHEDULED = "scheduled"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    OPENED = "opened"
    CLOSED = "closed"
    EXTENDED = "extended"
    HANDED_OVER = "handed_over"
    BANNED = "banned"
    PARDONED = "pardoned"
    REPORTED = "reported"
    ERASED = "erased"
    """The recording of a talk was deleted before its time."""
    BRIDGED = "bridged"
    """A group carries a talk of another one in its call, or has its own carried there."""
    UNBRIDGED = "unbridged"
    OUTLET_ADDED = "outlet_added"
    OUTLET_REMOVED = "outlet_removed"
    GALLERY_CLOSED = "gallery_closed"
    GALLERY_OPENED = "gallery_opened"
    SET_UP = "set_up"
    REVOKED = "revoked"
    """The addresses of the programme and its calendars were made anew."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log: who did what, to what or whom, when.

    `subject` is the title of a talk or the name of a person; `person` is who was banned, pardoned, or handed
    a talk.
    """

    chat: ChatId
    at: datetime
    kind: DeedKind
    actor: PersonId
    actor_name: str
    subject: str = ""
    person: PersonId | None = None
    detail: str = ""


def deed_of(room: Room, kind: DeedKind, by: Asker, at: datetime, detail: str = "") -> Deed:
    """The line of the log which says what somebody did to a talk."""
    return Deed(room.plan.chat, at, kind, by.person, by.name, room.plan.title, detail=detail)
