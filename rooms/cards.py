"""Cards: where the announcement of a talk stands, in its own chat and in those it is copied to."""

from dataclasses import dataclass

from rooms.ids import ChatId, MessageId, RoomId


@dataclass(frozen=True, slots=True)
class Card:
    """A talk's announcement in one chat: never two of them.

    `picture` tells what its picture shows, so that the same one is not sent again; None for words alone.
    `is_on_top` tells whether the bot has pinned it; None where it was not allowed to.
    """

    room: RoomId
    chat: ChatId
    message: MessageId
    picture: str | None = None
    is_on_top: bool | None = False
