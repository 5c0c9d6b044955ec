"""Refused because of who asks, or of whom it is about: rights, membership, bans."""

from datetime import datetime

from rooms.errors.refusal import Refusal


class NotAllowed(Refusal):
    """The asker's roles do not permit the action."""

    def __init__(self, action: str) -> None:
        super().__init__(f"not allowed to {action}")
        self.action = action


class NotAllowedNextDoor(NotAllowed):
    """A talk is minded by its own group, and not by one that carries it."""


class NotYourDraft(NotAllowed):
    """A draft is confirmed or discarded by who proposed it, and by admins."""


class Banned(Refusal):
    """Somebody was banned from the group's talks; `until` is None for a ban without an end."""

    def __init__(self, until: datetime | None, reason: str) -> None:
        super().__init__(f"banned until {until}: {reason}")
        self.until = until
        self.reason = reason


class NobodyToBan(Refusal):
    """The person is an admin, or the one who asks: nobody who could be banned."""


class NotAMember(Refusal):
    """Somebody asks who is not in the group."""


class NotAdmitted(Refusal):
    """The link of a room does not suffice to listen to it; `admission` is a `rooms.plan.Admission`."""

    def __init__(self, admission: str) -> None:
        super().__init__(f"this room is for {admission}")
        self.admission = admission


class InvitedOnly(Refusal):
    """The talk is for those who were invited."""


class SubjectBanned(Refusal):
    """Somebody who is banned from the group's talks cannot be given a part in one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is banned")
        self.name = name


class BanEndsInPast(Refusal):
    """The ban would be over already."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"{until.isoformat()} has gone by")
        self.until = until
