"""Changes: what the world tells its doors whenever something became true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.world.entities import GroupCall, Membership, Message, Participant


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """A message, service messages included, appeared in its chat."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A message's text, keyboard or caption is another one now."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message is gone."""

    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class MessagePinned:
    """The chat's pins changed."""

    chat: int


@dataclass(frozen=True, slots=True)
class MessageReacted:
    """Somebody's reactions to a message are others now; `before` are those that were."""

    message: Message
    person: int
    before: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """Somebody pressed a callback button of a bot's message."""

    query: str
    message: Message
    person: int
    data: str


@dataclass(frozen=True, slots=True)
class ButtonAnswered:
    """The bot answered a press with a notice (maybe empty), an alert or a link."""

    query: str
    person: int
    text: str
    is_alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class MemberChanged:
    """Somebody's standing in a chat changed by `actor`'s doing."""

    chat: int
    actor: int
    old: Membership
    new: Membership


@dataclass(frozen=True, slots=True)
class ChatUpgraded:
    """A basic group became a supergroup by `actor`'s doing; told before its members have left the old one."""

    old: int
    new: int
    actor: int


@dataclass(frozen=True, slots=True)
class ChatPublished:
    """A chat has another public name, or none any more."""

    chat: int


@dataclass(frozen=True, slots=True)
class ChatActed:
    """Somebody shows an action such as "typing"."""

    chat: int
    person: int
    action: str


@dataclass(frozen=True, slots=True)
class CallChanged:
    """A call was scheduled, started, retitled, had its settings changed, or ended (`is_over`)."""

    call: GroupCall
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class CallSubscribed:
    """Somebody wants to be reminded when a scheduled call begins, or no more; nobody else learns of it."""

    call: GroupCall
    person: int


@dataclass(frozen=True, slots=True)
class ParticipantChanged:
    """Somebody in a call joined, changed or left; `version` is the call's after the change."""

    call: GroupCall
    participant: Participant
    version: int
    just_joined: bool = False
    left: bool = False


Change = (
    MessagePosted
    | MessageEdited
    | MessageDeleted
    | MessagePinned
    | MessageReacted
    | ButtonPressed
    | ButtonAnswered
    | MemberChanged
    | ChatUpgraded
    | ChatPublished
    | ChatActed
    | CallChanged
    | CallSubscribed
    | ParticipantChanged
)

Watcher = Callable[[Change], None]
"""Told of every change at once, in order, on the event loop; must not block or raise."""
