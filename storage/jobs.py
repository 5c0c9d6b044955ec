"""Due work on record."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import RoomId
from rooms.jobs import Job, JobKind
from storage import schema

_table = schema.jobs
_is_leased = _table.c.leased_until.is_not(None)
_now = bindparam("now", type_=_table.c.leased_until.type)

# Built once: for queries as small as these, building takes longer than asking.
_FIRST_DUE = (
    select(_table.c.id)
    .where(_table.c.due_at <= _now)
    .where(_table.c.room.not_in(select(_table.c.room).where(_table.c.leased_until > _now)))
    .where(or_(_table.c.leased_until.is_(None), _table.c.leased_until <= _now))
    .order_by(_table.c.due_at, _table.c.id)
    .limit(1)
)
_TAKE = (
    update(_table)
    .where(_table.c.id == _FIRST_DUE.scalar_subquery())
    .values(leased_until=bindparam("lease_ends"), attempts=_table.c.attempts + 1)
    .returning(_table)
)
_FIRST_LEASE_ENDS = select(_table.c.leased_until).where(_is_leased).order_by(_table.c.leased_until).limit(1)
_FIRST_FREE = (
    select(_table.c.due_at)
    .where(_table.c.room.not_in(select(_table.c.room).where(_is_leased)))
    .order_by(_table.c.due_at)
    .limit(1)
)
_NEXT_DUE = select(_FIRST_LEASE_ENDS.scalar_subquery(), _FIRST_FREE.scalar_subquery())
_FINISH = delete(_table).where(_table.c.id == bindparam("job"))


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
        values = {"now": now, "lease_ends": until}
        row = (await self._connection.execute(_TAKE, values)).one_or_none()
        if row is None:
            return None
        return Job(row.id, RoomId(row.room), JobKind(row.kind), row.due_at, row.attempts)

    async def reclaim(self) -> None:
        """Take back every lease."""
        held = _table.c.leased_until.is_not(None)
        await self._connection.execute(update(_table).where(held).values(leased_until=None))

    async def finish(self, job: int) -> None:
        """The job is done and forgotten."""
        await self._connection.execute(_FINISH, {"job": job})

    async def postpone(self, job: int, due_at: datetime) -> None:
        """Give the lease back; the job is due again at the instant."""
        await self._connection.execute(
            update(_table).where(_table.c.id == job).values(due_at=due_at, leased_until=None)
        )

    async def drop(self, room: RoomId, kinds: Collection[JobKind], until: datetime | None = None) -> None:
        """Forget a room's jobs of these kinds, all of them or those due until an instant."""
        named = delete(_table).where(_table.c.room == room, _table.c.kind.in_([kind.value for kind in kinds]))
        if until is not None:
            named = named.where(_table.c.due_at <= until)
        await self._connection.execute(named)

    async def has(self, room: RoomId, kind: JobKind) -> bool:
        """Whether such a job is on record for a room, leased or not."""
        of_it = select(_table.c.id).where(_table.c.room == room, _table.c.kind == kind.value).limit(1)
        return (await self._connection.execute(of_it)).first() is not None

    async def next_due(self) -> datetime | None:
        """The end of the earliest lease, or the earliest job of a room without one, whichever comes first."""
        instants = (await self._connection.execute(_NEXT_DUE)).one()
        return min((instant for instant in instants if instant is not None), default=None)
