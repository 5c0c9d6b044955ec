"""Messages on record: where those stand that are edited, and which are still to be sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from rooms.boards import Board
from rooms.cards import Card
from rooms.ids import ChatId, MessageId, RoomId
from rooms.notices import Letter, Notice
from rooms.posts import Post


class Cards(Protocol):
    """Where the announcements stand."""

    async def save(self, card: Card) -> None:
        """Put a card on record, in the place of an earlier one of the same room and chat."""
        ...

    async def find(self, room: RoomId, chat: ChatId) -> Card | None:
        """The card of a room in a chat."""
        ...

    async def of(self, room: RoomId) -> Sequence[Card]:
        """All cards of a room."""
        ...

    async def below(self, chat: ChatId) -> Sequence[Card]:
        """The cards in a chat that the bot was not allowed to keep on top."""
        ...

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """The card is no more."""
        ...


class Outbox(Protocol):
    """Notices on record until they were delivered, in order within each chat."""

    async def put(self, notice: Notice, not_before: datetime) -> None:
        """Put a notice on record; an equal one that still waits is not doubled."""
        ...

    async def lease(self, now: datetime, until: datetime) -> Letter | None:
        """Take the first waiting notice of a chat none of whose notices is leased or put off."""
        ...

    async def reclaim(self) -> None:
        """Take back every lease; only for a process that knows it is the only one left."""
        ...

    async def forget(self, letter: int) -> None:
        """The notice was sent, or never can be."""
        ...

    async def put_off(self, letter: int, until: datetime) -> None:
        """Give the lease back; the notice, and its chat's later ones, wait until the instant."""
        ...

    async def next_due(self) -> datetime | None:
        """When to look again: the earliest instant at which a notice may be leased."""
        ...


class Posts(Protocol):
    """Where recordings stand in chats."""

    async def of(self, room: RoomId) -> Sequence[Post]:
        """A room's posts, by place."""
        ...

    async def at(self, chat: ChatId, message: MessageId) -> Post | None:
        """What of a recording this message holds, if it does."""
        ...

    async def save(self, post: Post) -> None:
        """Put a post on record, in the place of the room's one of the same place."""
        ...

    async def remove(self, room: RoomId, place: int) -> None:
        """The post is no more; no error when it is gone already."""
        ...


class Boards(Protocol):
    """Where stage boards stand."""

    async def of(self, room: RoomId) -> Sequence[Board]:
        """A talk's boards, one in a chat at most."""
        ...

    async def everywhere(self) -> Sequence[Board]:
        """All boards that stand, of talks that are on or were when they were last edited."""
        ...

    async def save(self, board: Board) -> None:
        """Put a board on record, or replace the one in its chat."""
        ...

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """Forget a board; no error when it is gone already."""
        ...
