"""Notices on record until they were delivered."""

from datetime import datetime

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId, RoomId
from rooms.notices import Letter, Notice, NoticeKind
from storage import schema

_table = schema.outbox


class SqlOutbox:
    """Fulfils the `Outbox` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, notice: Notice, not_before: datetime) -> None:
        """Put a notice on record; an equal one that still waits is not doubled."""
        row = {
            "chat": notice.chat,
            "thread": notice.thread,
            "room": notice.room,
            "kind": notice.kind.value,
            "detail": notice.detail,
        }
        same = [_table.c[name].is_not_distinct_from(value) for name, value in row.items()]
        waiting = select(_table.c.id).where(*same, _table.c.leased_until.is_(None)).limit(1)
        if await self._connection.scalar(waiting) is None:
            await self._connection.execute(insert(_table).values(**row, ready_at=not_before, attempts=0))

    async def lease(self, now: datetime, until: datetime) -> Letter | None:
        """Take the first waiting notice of a chat none of whose notices is leased or put off."""
        heads = _heads().subquery()
        free_from = func.coalesce(heads.c.leased_until, heads.c.ready_at)
        first = select(heads.c.id).where(free_from <= now).order_by(free_from, heads.c.id).limit(1)
        take = (
            update(_table)
            .where(_table.c.id == first.scalar_subquery())
            .values(leased_until=until, attempts=_table.c.attempts + 1)
            .returning(_table)
        )
        row = (await self._connection.execute(take)).one_or_none()
        if row is None:
            return None
        notice = Notice(ChatId(row.chat), row.thread, RoomId(row.room), NoticeKind(row.kind), row.detail)
        return Letter(row.id, notice, row.attempts)

    async def reclaim(self) -> None:
        """Take back every lease."""
        held = _table.c.leased_until.is_not(None)
        await self._connection.execute(update(_table).where(held).values(leased_until=None))

    async def forget(self, letter: int) -> None:
        """The notice was sent, or never can be."""
        await self._connection.execute(delete(_table).where(_table.c.id == letter))

    async def put_off(self, letter: int, until: datetime) -> None:
        """Give the lease back; the notice, and its chat's later ones, wait until the instant."""
        await self._connection.execute(
            update(_table).where(_table.c.id == letter).values(ready_at=until, leased_until=None)
        )

    async def next_due(self) -> datetime | None:
        """The earliest instant at which the first notice of some chat may be leased."""
        heads = _heads().subquery()
        free_from = func.coalesce(heads.c.leased_until, heads.c.ready_at)
        due: datetime | None = await self._connection.scalar(select(free_from).order_by(free_from).limit(1))
        return due


def _heads() -> Select[tuple[int, datetime, datetime]]:
    """The first notice of each chat: later ones wait for it, so that a chat hears things in order."""
    firsts = select(func.min(_table.c.id)).group_by(_table.c.chat)
    return select(_table.c.id, _table.c.ready_at, _table.c.leased_until).where(_table.c.id.in_(firsts))
