"""The bans and the moderation log of each group."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId, PersonId
from rooms.moderation import Ban, Deed, DeedKind
from storage import schema
from storage.putting import put

_bans = schema.bans
_log = schema.log


class SqlBans:
    """Fulfils the `Bans` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, ban: Ban) -> None:
        """Put a ban on record, in the place of an earlier one of the same person."""
        row = {
            "chat": ban.chat,
            "person": ban.person,
            "name": ban.name,
            "reason": ban.reason,
            "until": ban.until,
        }
        await put(self._connection, _bans, row)

    async def find(self, chat: ChatId, person: PersonId, now: datetime) -> Ban | None:
        """The ban that holds now."""
        bans = _holding(chat, now).where(_bans.c.person == person)
        row = (await self._connection.execute(bans)).one_or_none()
        return None if row is None else _to_ban(row)

    async def of(self, chat: ChatId, now: datetime) -> Sequence[Ban]:
        """The bans of a group that hold now, by name."""
        bans = _holding(chat, now).order_by(_bans.c.name, _bans.c.person)
        return [_to_ban(row) for row in await self._connection.execute(bans)]

    async def lift(self, chat: ChatId, person: PersonId) -> None:
        """The person is banned no more."""
        await self._connection.execute(delete(_bans).where(_bans.c.chat == chat, _bans.c.person == person))


class SqlLog:
    """Fulfils the `Log` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, deed: Deed) -> None:
        """Put a line at the end."""
        row = {
            "chat": deed.chat,
            "at": deed.at,
            "kind": deed.kind.value,
            "actor": deed.actor,
            "actor_name": deed.actor_name,
            "subject": deed.subject,
            "person": deed.person,
            "detail": deed.detail,
        }
        await self._connection.execute(insert(_log).values(row))

    async def of(self, chat: ChatId, limit: int = 20) -> Sequence[Deed]:
        """The latest lines, the newest first."""
        lines = select(_log).where(_log.c.chat == chat).order_by(_log.c.id.desc()).limit(limit)
        return [_to_deed(row) for row in await self._connection.execute(lines)]


def _holding(chat: ChatId, now: datetime) -> Any:
    return select(_bans).where(_bans.c.chat == chat, or_(_bans.c.until.is_(None), _bans.c.until > now))


def _to_ban(row: Row[Any]) -> Ban:
    return Ban(ChatId(row.chat), PersonId(row.person), row.name, row.reason, row.until)


def _to_deed(row: Row[Any]) -> Deed:
    person = None if row.person is None else PersonId(row.person)
    return Deed(
        ChatId(row.chat),
        row.at,
        DeedKind(row.kind),
        PersonId(row.actor),
        row.actor_name,
        row.subject,
        person,
        row.detail,
    )
