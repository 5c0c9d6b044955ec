"""Posts: which messages in a chat hold a talk's recording, so that they can be replaced and taken down."""

from dataclasses import dataclass

from rooms.ids import ChatId, MessageId, RoomId

HEAD = 0
"""The place of the message that says what the recording is; parts follow from 1 on, clips go down from -1."""

OUTDATED = -1
"""The edition of a post that must be replaced, whichever the recording's is."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message with something of a talk's recording in it.

    `edition` is that of the recording when it was sent or replaced last; None: it is to be taken down.
    """

    room: RoomId
    place: int
    chat: ChatId
    message: MessageId
    edition: int | None
