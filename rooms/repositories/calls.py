"""Talks' calls on record: who asks to speak, where they are carried, what was seen of them."""

from collections.abc import Sequence
from typing import Protocol

from rooms.bridges import Bridge
from rooms.hands import Hand
from rooms.ids import ChatId, PersonId, RoomId
from rooms.measures import Measure


class Measures(Protocol):
    """What was seen of talks' calls."""

    async def save(self, measure: Measure) -> None:
        """Put a measure on record, in the place of an earlier one of the same room."""
        ...

    async def find(self, room: RoomId) -> Measure | None:
        """The measure of a room."""
        ...

    async def speakers(self, chat: ChatId) -> frozenset[PersonId]:
        """Everybody who was heard in any talk of a chat."""
        ...


class Hands(Protocol):
    """Who asks to speak."""

    async def of(self, room: RoomId) -> Sequence[Hand]:
        """A talk's raised hands, in the order in which they were raised."""
        ...

    async def save(self, room: RoomId, hand: Hand) -> None:
        """Put a hand on record, or replace what was known of it."""
        ...

    async def remove(self, room: RoomId, person: PersonId) -> None:
        """Somebody's hand is down; no error when it was."""
        ...


class Bridges(Protocol):
    """In which other groups talks are carried."""

    async def of(self, room: RoomId) -> Sequence[Bridge]:
        """A talk's bridges, by chat."""
        ...

    async def into(self, chat: ChatId) -> Sequence[Bridge]:
        """The bridges into a chat, of the latest talk first."""
        ...

    async def save(self, bridge: Bridge) -> None:
        """Put a bridge on record, or replace what was known of it."""
        ...

    async def remove(self, room: RoomId, chat: ChatId) -> None:
        """The talk is not carried there any more; no error when it was not."""
        ...
