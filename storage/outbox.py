"""Notices on record until they were delivered."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import ChatId, PersonId, RoomId
from rooms.notices import Letter, Notice, NoticeKind
from storage import schema

_table = schema.outbox
_earlier = schema.outbox.alias("earlier")
_OF_NOTICE = ("chat", "thread", "room", "kind", "detail", "person")


def _first(instant: ColumnElement[datetime], is_so: ColumnElement[bool]) -> Select[Any]:
    """Of the notices of which something is so, the first that is the first of its chat: nobody overtakes.

    Both conditions are those of partial indexes, which hold the instants in order.
    """
    overtakes = exists().where(_earlier.c.chat == _table.c.chat, _earlier.c.id < _table.c.id)
    return select(instant).where(is_so, ~overtakes).order_by(instant, _table.c.id).limit(1)


def _by_now(first: Select[Any], instant: ColumnElement[datetime]) -> ScalarSelect[int]:
    """Its number, if its instant is one by `now`."""
    return first.with_only_columns(_table.c.id).where(instant <= bindparam("now")).scalar_subquery()


# Built once: for queries as small as these, building takes longer than asking.
_FIRST_READY = _first(_table.c.ready_at, _table.c.leased_until.is_(None))
_FIRST_EXPIRED = _first(_table.c.leased_until, _table.c.leased_until.is_not(None))
_EXPIRED, _READY = _by_now(_FIRST_EXPIRED, _table.c.leased_until), _by_now(_FIRST_READY, _table.c.ready_at)
_TAKE = (
    update(_table)
    .where(_table.c.id == func.coalesce(_EXPIRED, _READY))
    .values(leased_until=bindparam("lease_ends"), attempts=_table.c.attempts + 1)
    .returning(_table)
)
_NEXT_DUE = select(_FIRST_EXPIRED.scalar_subquery(), _FIRST_READY.scalar_subquery())
_EQUAL = (
    select(_table.c.id)
    .where(*(_table.c[name].is_not_distinct_from(bindparam(name)) for name in _OF_NOTICE))
    .where(_table.c.leased_until.is_(None))
    .limit(1)
)
_PUT = insert(_table)
_FORGET = delete(_table).where(_table.c.id == bindparam("letter"))


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
            "person": notice.person,
        }
        if await self._connection.scalar(_EQUAL, row) is None:
            await self._connection.execute(_PUT, {**row, "ready_at": not_before, "attempts": 0})

    async def lease(self, now: datetime, until: datetime) -> Letter | None:
        """Take the first waiting notice of a chat none of whose notices is leased or put off."""
        row = (await self._connection.execute(_TAKE, {"now": now, "lease_ends": until})).one_or_none()
        return None if row is None else Letter(row.id, _to_notice(row), row.attempts)

    async def reclaim(self) -> None:
        """Take back every lease."""
        held = _table.c.leased_until.is_not(None)
        await self._connection.execute(update(_table).where(held).values(leased_until=None))

    async def forget(self, letter: int) -> None:
        """The notice was sent, or never can be."""
        await self._connection.execute(_FORGET, {"letter": letter})

    async def put_off(self, letter: int, until: datetime) -> None:
        """Give the lease back; the notice, and its chat's later ones, wait until the instant."""
        await self._connection.execute(
            update(_table).where(_table.c.id == letter).values(ready_at=until, leased_until=None)
        )

    async def next_due(self) -> datetime | None:
        """The earliest instant at which the first notice of some chat may be leased."""
        instants = (await self._connection.execute(_NEXT_DUE)).one()
        return min((instant for instant in instants if instant is not None), default=None)


def _to_notice(row: Row[Any]) -> Notice:
    room = None if row.room is None else RoomId(row.room)
    person = None if row.person is None else PersonId(row.person)
    return Notice(ChatId(row.chat), row.thread, room, NoticeKind(row.kind), row.detail, person)
