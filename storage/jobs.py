"""Due work on record."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import RoomId
from rooms.jobs import Job, JobKind
from storage import schema

_table = schema.jobs

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Before every lease: SQLite finds what is leased by the index only when it may compare."""


class SqlJobs:
    """Fulfils the `Jobs` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, room: RoomId, kind: JobKind, due_at: datetime) -> None:
        """Put a job on record."""
        await self._connection.execute(
            insert(_table).values(room=room, kind=kind.value, due_at=due_at, attempts=0)
        )

    async def lease(self, now: datetime, until: datetime) -> Job | None:
        """Take the earliest due job of a room none of whose jobs is leased; ours alone before `until`."""
        busy = select(_table.c.room).where(_table.c.leased_until > now)
        first = (
            select(_table.c.id)
            .where(_table.c.due_at <= now, _table.c.room.not_in(busy))
            .where(or_(_table.c.leased_until.is_(None), _table.c.leased_until <= now))
            .order_by(_table.c.due_at, _table.c.id)
            .limit(1)
            .scalar_subquery()
        )
        take = (
            update(_table)
            .where(_table.c.id == first)
            .values(leased_until=until, attempts=_table.c.attempts + 1)
            .returning(_table)
        )
        row = (await self._connection.execute(take)).one_or_none()
        if row is None:
            return None
        return Job(row.id, RoomId(row.room), JobKind(row.kind), row.due_at, row.attempts)

    async def reclaim(self) -> None:
        """Take back every lease."""
        held = _table.c.leased_until >= LONG_AGO
        await self._connection.execute(update(_table).where(held).values(leased_until=None))

    async def finish(self, job: int) -> None:
        """The job is done and forgotten."""
        await self._connection.execute(delete(_table).where(_table.c.id == job))

    async def postpone(self, job: int, due_at: datetime) -> None:
        """Give the lease back; the job is due again at the instant."""
        await self._connection.execute(
            update(_table).where(_table.c.id == job).values(due_at=due_at, leased_until=None)
        )

    async def drop(self, room: RoomId, kinds: Collection[JobKind]) -> None:
        """Forget a room's jobs of these kinds."""
        named = _table.c.kind.in_([kind.value for kind in kinds])
        await self._connection.execute(delete(_table).where(_table.c.room == room, named))

    async def next_due(self) -> datetime | None:
        """The end of the earliest lease, or the earliest job of a room without one, whichever comes first."""
        leased_until = await self._connection.scalar(select(func.min(_table.c.leased_until)))
        busy = select(_table.c.room).where(_table.c.leased_until >= LONG_AGO)
        due_at = await self._connection.scalar(
            select(_table.c.due_at).where(_table.c.room.not_in(busy)).order_by(_table.c.due_at).limit(1)
        )
        return min((instant for instant in (leased_until, due_at) if instant is not None), default=None)
