"""Boards: where the message stands that shows what happens on a talk's stage."""

from dataclasses import dataclass

from rooms.ids import ChatId, MessageId, RoomId


@dataclass(frozen=True, slots=True)
class Board:
    """The stage board of a talk in a chat."""

    room: RoomId
    chat: ChatId
    message: MessageId
