"""Groups on record, and what belongs to a group and to no single talk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.moderation import Ban, Deed
from rooms.outlets import Outlet


class Groups(Protocol):
    """The groups on record."""

    async def save(self, group: Group) -> None:
        """Put the group on record, or replace what was known of it."""
        ...

    async def find(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it is known."""
        ...

    async def by_programme_key(self, key: str) -> Group | None:
        """The group whose programme page has this key."""
        ...

    async def titled(self, title: str) -> Sequence[Group]:
        """The groups of exactly this title."""
        ...

    async def next_digest(self) -> Group | None:
        """The group whose digest is due first, due already or not."""
        ...

    async def renumber(self, old: ChatId, new: ChatId) -> None:
        """The group became a supergroup, which is another chat: all that is on record of it follows.

        Only its cards do not: messages stay behind in the old chat.
        """
        ...

    async def remove(self, chat: ChatId) -> None:
        """Forget the group and everything about it: talks, series, bans, log, notices."""
        ...


class Bans(Protocol):
    """Who is banned from a group's talks."""

    async def save(self, ban: Ban) -> None:
        """Put a ban on record, in the place of an earlier one of the same person."""
        ...

    async def find(self, chat: ChatId, person: PersonId, now: datetime) -> Ban | None:
        """The ban that holds now."""
        ...

    async def of(self, chat: ChatId, now: datetime) -> Sequence[Ban]:
        """The bans of a group that hold now."""
        ...

    async def lift(self, chat: ChatId, person: PersonId) -> None:
        """The person is banned no more."""
        ...


class Log(Protocol):
    """The moderation log of each group."""

    async def add(self, deed: Deed) -> None:
        """Put a line at the end."""
        ...

    async def of(self, chat: ChatId, limit: int = 20) -> Sequence[Deed]:
        """The latest lines, the newest first."""
        ...


class Outlets(Protocol):
    """Where groups' talks are passed on to."""

    async def of(self, chat: ChatId) -> Sequence[Outlet]:
        """A group's outlets, by name."""
        ...

    async def save(self, chat: ChatId, outlet: Outlet, by: PersonId) -> None:
        """Put an outlet on record, with who added it, or replace the group's one of this name."""
        ...

    async def added_by(self, chat: ChatId, name: str) -> PersonId | None:
        """Who added an outlet, `NOBODY` once they were forgotten; None when there is none."""
        ...

    async def remove(self, chat: ChatId, name: str) -> None:
        """Forget an outlet; no error when it is gone already."""
        ...
