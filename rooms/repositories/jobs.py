"""Jobs on record: what is due, and who has it in hand."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from rooms.ids import RoomId
from rooms.jobs import Job, JobKind


class Jobs(Protocol):
    """Due work on record. A job whose lease has expired is due again."""

    async def add(self, room: RoomId, kind: JobKind, due_at: datetime) -> None:
        """Put a job on record."""
        ...

    async def lease(self, now: datetime, until: datetime) -> Job | None:
        """Take the earliest due job of a room none of whose jobs is leased; ours alone before `until`."""
        ...

    async def reclaim(self) -> None:
        """Take back every lease; only for a process that knows it is the only one left."""
        ...

    async def finish(self, job: int) -> None:
        """The job is done and forgotten."""
        ...

    async def postpone(self, job: int, due_at: datetime) -> None:
        """Give the lease back; the job is due again at the instant."""
        ...

    async def drop(self, room: RoomId, kinds: Collection[JobKind], until: datetime | None = None) -> None:
        """Forget a room's jobs of these kinds, all of them or those due until an instant."""
        ...

    async def has(self, room: RoomId, kind: JobKind) -> bool:
        """Whether such a job is on record for a room, leased or not."""
        ...

    async def next_due(self) -> datetime | None:
        """When to look again: the earliest instant at which a job may be leased."""
        ...
