"""Refused about people who are asked, invited or written to."""

from datetime import datetime

from rooms.errors.refusal import Refusal


class NotAppointed(Refusal):
    """Somebody has no such part in a talk, and was not asked to take it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotInvited(Refusal):
    """An invitation that is not this person's, or that was withdrawn."""


class Unreachable(Refusal):
    """The bot may not write to this person before they open its private chat."""


class HostUnreachable(Refusal):
    """Neither the host nor a co-host of the talk can be written to."""


class QuestionMissing(Refusal):
    """A question needs words."""


class QuestionTooLong(Refusal):
    """The question exceeds what a host is sent."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class TooManyQuestions(Refusal):
    """Somebody asked a talk's host as much as one may; they can ask again at `again_at`."""

    def __init__(self, limit: int, again_at: datetime) -> None:
        super().__init__(f"{limit} questions asked, the next one not before {again_at.isoformat()}")
        self.limit = limit
        self.again_at = again_at


class ReasonTooLong(Refusal):
    """The reason of a report or a ban exceeds what is kept of it."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class TooManyAppointments(Refusal):
    """As many people were asked to take part in the talk as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class AlreadyAppointed(Refusal):
    """Somebody has this part in the talk, or was asked to take it, already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was asked already")
        self.name = name


class HostInvited(Refusal):
    """The host of a talk minds it and speaks in it without being asked."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the host")
        self.name = name


class BotInvited(Refusal):
    """Bots take no part in talks; `name` may be the names of several."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a bot")
        self.name = name


class NoInvitationNeeded(Refusal):
    """Listeners are invited only where a talk is for those who were invited."""


class PersonUnknown(Refusal):
    """A user name alone does not tell who somebody is; they must have written to the bot once."""

    def __init__(self, name: str) -> None:
        super().__init__(f"who is {name}?")
        self.name = name
