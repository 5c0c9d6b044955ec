"""Refusals: every "no" that is explained to people in chats, with the facts the explanation needs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rooms.ids import ChatId


class Refusal(Exception):
    """A "no" that can be explained to whoever asked.

    What only the operator can mend is none: it ends the program with a sentence (`app.supervision.CannotRun`,
    `app.settings.WrongSettings`). Whatever else is raised is a bug.
    """


class NotAllowed(Refusal):
    """The asker's roles do not permit the action."""

    def __init__(self, action: str) -> None:
        super().__init__(f"not allowed to {action}")
        self.action = action


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


class TopicMalformed(Refusal):
    """A topic is one tag of letters, digits and underscores."""

    def __init__(self, topic: str) -> None:
        super().__init__(f"{topic!r} is not a tag")
        self.topic = topic


class StartsInPast(Refusal):
    """The asked start has gone by."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(f"{starts_at.isoformat()} has gone by")
        self.starts_at = starts_at


class StartsTooFarAhead(Refusal):
    """The asked start lies beyond what the programme plans."""

    def __init__(self, starts_at: datetime, horizon: timedelta) -> None:
        super().__init__(f"{starts_at.isoformat()} is more than {horizon} ahead")
        self.starts_at = starts_at
        self.horizon = horizon


class DurationOutOfRange(Refusal):
    """A talk lasts within the bounds of the programme."""

    def __init__(self, duration: timedelta, bounds: tuple[timedelta, timedelta]) -> None:
        super().__init__(f"{duration} is not between {bounds[0]} and {bounds[1]}")
        self.duration = duration
        self.bounds = bounds


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


class CallRefused(Refusal):
    """The chat's call cannot be opened or kept; by itself: Telegram does not let the relay account."""

    def __init__(self, chat: ChatId, reason: str) -> None:
        super().__init__(f"{reason} in {chat}")
        self.chat = chat
        self.reason = reason


class RelayLacksRights(CallRefused):
    """The relay account is no admin with the right to manage video chats there."""


class RelayNotInChat(CallRefused):
    """The relay account is not a member of the chat."""


class CallUnreachable(CallRefused):
    """The voice server did not answer in time, or the relay process is down; trying again later may help."""


class RelayDiskRefused(CallRefused):
    """The disk of the relay's machine did not do as asked; the reason is the system's."""


class RelayStumbled(CallRefused):
    """A bug in the relay process; its log has the traceback."""
