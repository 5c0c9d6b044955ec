"""Jobs and the outbox in memory."""

from collections.abc import Collection
from datetime import datetime

from rooms.ids import RoomId
from rooms.jobs import Job, JobKind
from rooms.notices import Letter, Notice
from tests.fakes.memory.tables import Tables
from tests.fakes.memory.waiting import Line, Waiting


class MemoryJobs(Line):
    """A line for each room."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.jobs)
        self._tables = tables

    async def add(self, room: RoomId, kind: JobKind, due_at: datetime) -> None:
        number = self._tables.number("jobs")
        self._waiting[number] = Waiting(number, room, (room, kind), due_at, due_at)

    async def lease(self, now: datetime, until: datetime) -> Job | None:
        busy = {row.line for row in self.rows if row.is_leased and row.due_at > now}
        open_ = [row for row in self.rows if row.line not in busy]
        for row in sorted(open_, key=lambda row: (row.was_due_at, row.id)):
            if row.due_at <= now and not isinstance(row.what, Notice):
                return Job(row.id, *row.what, row.was_due_at, self._take(row, until).attempts)
        return None

    async def finish(self, job: int) -> None:
        self._waiting.pop(job, None)

    async def postpone(self, job: int, due_at: datetime) -> None:
        self._give_back(job, due_at)

    async def drop(self, room: RoomId, kinds: Collection[JobKind], until: datetime | None = None) -> None:
        for row in self.rows:
            is_named = not isinstance(row.what, Notice) and row.room == room and row.what[1] in kinds
            if is_named and (until is None or row.was_due_at <= until):
                del self._waiting[row.id]

    async def has(self, room: RoomId, kind: JobKind) -> bool:
        return any(row.what == (room, kind) for row in self.rows)

    async def next_due(self) -> datetime | None:
        busy = {row.line for row in self.rows if row.is_leased}
        free = [row.due_at for row in self.rows if row.is_leased or row.line not in busy]
        return min(free, default=None)


class MemoryOutbox(Line):
    """A line for each chat, in which nobody overtakes."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.outbox)
        self._tables = tables

    async def put(self, notice: Notice, not_before: datetime) -> None:
        if not any(row.what == notice and not row.is_leased for row in self.rows):
            number = self._tables.number("outbox")
            self._waiting[number] = Waiting(number, notice.chat, notice, not_before, not_before)

    async def lease(self, now: datetime, until: datetime) -> Letter | None:
        for row in self._heads():
            if row.due_at <= now and isinstance(row.what, Notice):
                return Letter(row.id, row.what, self._take(row, until).attempts)
        return None

    async def forget(self, letter: int) -> None:
        self._waiting.pop(letter, None)

    async def put_off(self, letter: int, until: datetime) -> None:
        self._give_back(letter, until)

    async def next_due(self) -> datetime | None:
        return min((row.due_at for row in self._heads()), default=None)

    def _heads(self) -> list[Waiting]:
        heads: dict[int, Waiting] = {}
        for row in self.rows:
            heads.setdefault(row.line, row)
        return sorted(heads.values(), key=lambda row: (row.due_at, row.id))
