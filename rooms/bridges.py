"""Bridges: the other groups in whose calls a talk is carried as well."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import ChatId, RoomId


@dataclass(frozen=True, slots=True)
class Bridge:
    """A talk's way into another group's call, once an admin of that group has agreed."""

    room: RoomId
    chat: ChatId
    is_agreed: bool = False


def carrying(bridges: Iterable[Bridge]) -> tuple[ChatId, ...]:
    """The groups in whose calls a talk is carried, of those that were asked."""
    return tuple(bridge.chat for bridge in bridges if bridge.is_agreed)


class BridgeNews(StrEnum):
    """What is told of a bridge."""

    ASKED = "asked"
    """To the other group, with buttons for its admins."""
    AGREED = "agreed"
    """To both groups."""
    DECLINED = "declined"
    """To the talk's own group."""
    ENDED = "ended"
    """To both groups; the card goes from the other one's chat."""
