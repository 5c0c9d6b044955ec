"""Talks and series on record."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from rooms.before import Before
from rooms.ids import ChatId, RoomId, SeriesId
from rooms.plan import Plan
from rooms.recurrence import Recurrence
from rooms.room import Occurrence, Room, RoomState
from rooms.series import Series


class Rooms(Protocol):
    """The rooms on record."""

    async def add(
        self, plan: Plan, listen_key: str, at: datetime, occurrence: Occurrence | None = None
    ) -> Room:
        """Put a new draft on record and number it."""
        ...

    async def get(self, room: RoomId) -> Room:
        """The room as it is now; raises `NoSuchRoom`."""
        ...

    async def find(self, room: RoomId) -> Room | None:
        """The room as it is now, if it is on record."""
        ...

    async def by_listen_key(self, key: str) -> Room:
        """The room whose gallery link has this key.

        Raises:
            NoSuchRoom: there is none; `GalleryClosed`: there was, and its gallery was closed.
        """
        ...

    async def let_die(self, room: RoomId, key: str) -> None:
        """Remember of a link that it led to a room and does so no more."""
        ...

    async def save(self, room: Room) -> None:
        """Replace the room on record by this value."""
        ...

    async def remove(self, room: RoomId) -> None:
        """Forget the room and all that hangs on it; no error when it is gone already."""
        ...

    async def in_states(
        self,
        states: Collection[RoomState],
        chat: ChatId | None = None,
        limit: int = 100,
        *,
        topic: str | None = None,
    ) -> Sequence[Room]:
        """Rooms in any of the states, of one chat or of all, of one topic or any, earliest start first."""
        ...

    async def topics(self, states: Collection[RoomState], chat: ChatId, limit: int = 100) -> Sequence[str]:
        """The topics of a chat's first rooms in any of the states, those of most rooms first.

        Of two that as many rooms have, the one that comes earlier is first.
        """
        ...

    async def between(
        self, chat: ChatId, states: Collection[RoomState], begin: datetime, end: datetime
    ) -> Sequence[Room]:
        """A chat's rooms in any of the states some part of which lies within, earliest start first."""
        ...

    async def latest(self, chat: ChatId, states: Collection[RoomState], limit: int) -> Sequence[Room]:
        """A chat's rooms in any of the states, latest start first."""
        ...

    async def of_series(self, series: SeriesId) -> Sequence[Room]:
        """The occurrences of a series that were made, whatever became of them, in the order of the rule."""
        ...

    async def keep_before(self, before: Before) -> None:
        """Keep what a room was, in the place of what was kept of it."""
        ...

    async def before(self, room: RoomId) -> Before | None:
        """What the room was before its last change, if that is kept."""
        ...

    async def forget_before(self, room: RoomId) -> None:
        """The change stands."""
        ...


class AllSeries(Protocol):
    """The series on record."""

    async def add(self, plan: Plan, recurrence: Recurrence) -> Series:
        """Put a series on record and number it."""
        ...

    async def find(self, series: SeriesId) -> Series | None:
        """The series, if it is on record."""
        ...

    async def save(self, series: Series) -> None:
        """Replace the series on record by this value."""
        ...

    async def remove(self, series: SeriesId) -> None:
        """Forget the series; its occurrences stay as talks of their own."""
        ...

    async def going_on(self, chat: ChatId | None = None) -> Sequence[Series]:
        """The series that are not over, of one chat or of all."""
        ...
