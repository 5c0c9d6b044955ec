"""Refused about a talk: its title, topics and seats, its state, its place in the programme."""

from collections.abc import Sequence
from datetime import datetime

from rooms.errors.refusal import Refusal


class NoSuchRoom(Refusal):
    """Nothing is known of this room: it never was, or it was a draft and is forgotten."""


class WrongState(Refusal):
    """The room's state does not permit the step."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__(f"a room in the state “{state}” cannot {step}")
        self.state = state
        self.step = step


class TitleMissing(Refusal):
    """A talk needs a title."""


class TitleTooLong(Refusal):
    """The title exceeds what a voice chat can show."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class DescriptionTooLong(Refusal):
    """The description exceeds what is kept of it."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class SeatsOutOfRange(Refusal):
    """So few or so many seats make no sense."""

    def __init__(self, seats: int, bounds: tuple[int, int]) -> None:
        super().__init__(f"{seats} is not between {bounds[0]} and {bounds[1]}")
        self.seats = seats
        self.bounds = bounds


class TopicNotAllowed(Refusal):
    """The group's list of topics is closed and has no such topic; `topic` is None where one was missing."""

    def __init__(self, topic: str | None, allowed: Sequence[str]) -> None:
        super().__init__(f"{topic!r} is not among {', '.join(allowed)}")
        self.topic = topic
        self.allowed = tuple(allowed)


class TooManyTopics(Refusal):
    """A group's list of topics is as long as it may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class TopicMalformed(Refusal):
    """A topic is one tag of letters, digits and underscores."""

    def __init__(self, topic: str) -> None:
        super().__init__(f"{topic!r} is not a tag")
        self.topic = topic


class Clash(Refusal):
    """A chat holds one call at a time, and another talk has this hour."""

    def __init__(self, title: str, starts_at: datetime) -> None:
        super().__init__(f"{title!r} is on at {starts_at.isoformat()}")
        self.title = title
        self.starts_at = starts_at


class NothingToOpen(Refusal):
    """The chat has no talk that could be opened now."""


class NothingToClose(Refusal):
    """The chat has no talk that is open."""


class NothingToCancel(Refusal):
    """The chat has no talk ahead."""


class WhichRoom(Refusal):
    """Several rooms fit the command; the person must name one."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = tuple(titles)


class NothingToUndo(Refusal):
    """The minute in which a change can be taken back is over, or there was none."""


class TakenBack(Refusal):
    """The change that is to be taken back was taken back before."""


class NothingToChange(Refusal):
    """The chat has no talk ahead that could be changed."""
