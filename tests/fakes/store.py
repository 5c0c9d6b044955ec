"""A store in plain dictionaries."""

import asyncio
import copy
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from rooms.bell import Bell
from rooms.errors import NoSuchRoom
from rooms.group import Group
from rooms.ids import ChatId, RoomId
from rooms.jobs import Job, JobKind
from rooms.notices import Letter, Notice
from rooms.ports import Recording
from rooms.room import Plan, Room, RoomState


class MemoryRooms:
    def __init__(self, forget_more: Callable[[RoomId], None]) -> None:
        self.rows: dict[RoomId, Room] = {}
        self.last = 0
        self.forget_more = forget_more

    async def add(self, plan: Plan, listen_key: str) -> Room:
        self.last += 1
        room = Room(RoomId(self.last), plan, RoomState.DRAFT, listen_key)
        self.rows[room.id] = room
        return room

    async def get(self, room: RoomId) -> Room:
        if room not in self.rows:
            raise NoSuchRoom
        return self.rows[room]

    async def find(self, room: RoomId) -> Room | None:
        return self.rows.get(room)

    async def by_listen_key(self, key: str) -> Room:
        for room in self.rows.values():
            if room.listen_key == key:
                return room
        raise NoSuchRoom

    async def save(self, room: Room) -> None:
        self.rows[room.id] = room

    async def remove(self, room: RoomId) -> None:
        self.rows.pop(room, None)
        self.forget_more(room)

    async def in_states(
        self, states: Collection[RoomState], chat: ChatId | None = None, limit: int = 100
    ) -> Sequence[Room]:
        found = [
            room for room in self.rows.values() if room.state in states and chat in (None, room.plan.chat)
        ]
        return sorted(found, key=lambda room: (room.plan.starts_at, room.id))[:limit]


class MemoryGroups:
    def __init__(self) -> None:
        self.rows: dict[ChatId, Group] = {}

    async def save(self, group: Group) -> None:
        self.rows[group.chat] = group

    async def find(self, chat: ChatId) -> Group | None:
        return self.rows.get(chat)

    async def by_programme_key(self, key: str) -> Group | None:
        return next((group for group in self.rows.values() if group.programme_key == key), None)


@dataclass
class Waiting:
    """A job or a notice in line: `due_at` moves to the end of the lease while it is leased."""

    id: int
    line: int
    what: tuple[RoomId, JobKind] | Notice
    due_at: datetime
    was_due_at: datetime
    is_leased: bool = False
    attempts: int = 0


class Line:
    """What jobs and outbox share: things that wait, leased one at a time for each line."""

    def __init__(self) -> None:
        self.rows: list[Waiting] = []
        self.last = 0

    def join(self, line: int, what: tuple[RoomId, JobKind] | Notice, due_at: datetime) -> None:
        self.last += 1
        self.rows.append(Waiting(self.last, line, what, due_at, due_at))

    def take(self, row: Waiting, until: datetime) -> None:
        row.is_leased, row.due_at, row.attempts = True, until, row.attempts + 1

    def give_back(self, id_: int, due_at: datetime) -> None:
        for row in self.rows:
            if row.id == id_:
                row.is_leased, row.due_at, row.was_due_at = False, due_at, due_at

    def leave(self, id_: int) -> None:
        self.rows = [row for row in self.rows if row.id != id_]

    async def reclaim(self) -> None:
        for row in self.rows:
            if row.is_leased:
                row.is_leased, row.due_at = False, row.was_due_at


class MemoryJobs(Line):
    async def add(self, room: RoomId, kind: JobKind, due_at: datetime) -> None:
        self.join(room, (room, kind), due_at)

    async def lease(self, now: datetime, until: datetime) -> Job | None:
        for row in sorted(self._open(now), key=lambda row: (row.due_at, row.id)):
            if row.due_at <= now and not isinstance(row.what, Notice):
                self.take(row, until)
                return Job(row.id, *row.what, row.was_due_at, row.attempts)
        return None

    async def finish(self, job: int) -> None:
        self.leave(job)

    async def postpone(self, job: int, due_at: datetime) -> None:
        self.give_back(job, due_at)

    async def drop(self, room: RoomId, kinds: Collection[JobKind]) -> None:
        self.rows = [
            row
            for row in self.rows
            if isinstance(row.what, Notice) or row.what[0] != room or row.what[1] not in kinds
        ]

    async def next_due(self) -> datetime | None:
        busy = {row.line for row in self.rows if row.is_leased}
        free = [row.due_at for row in self.rows if row.is_leased or row.line not in busy]
        return min(free, default=None)

    def _open(self, now: datetime) -> list[Waiting]:
        busy = {row.line for row in self.rows if row.is_leased and row.due_at > now}
        return [row for row in self.rows if row.line not in busy]


class MemoryOutbox(Line):
    async def put(self, notice: Notice, not_before: datetime) -> None:
        if not any(row.what == notice and not row.is_leased for row in self.rows):
            self.join(notice.chat, notice, not_before)

    async def lease(self, now: datetime, until: datetime) -> Letter | None:
        for row in self._heads():
            if row.due_at <= now and isinstance(row.what, Notice):
                self.take(row, until)
                return Letter(row.id, row.what, row.attempts)
        return None

    async def forget(self, letter: int) -> None:
        self.leave(letter)

    async def put_off(self, letter: int, until: datetime) -> None:
        self.give_back(letter, until)

    async def next_due(self) -> datetime | None:
        return min((row.due_at for row in self._heads()), default=None)

    def _heads(self) -> list[Waiting]:
        heads: dict[int, Waiting] = {}
        for row in self.rows:
            heads.setdefault(row.line, row)
        return list(heads.values())


class MemoryRecordings:
    def __init__(self) -> None:
        self.rows: dict[RoomId, Recording] = {}

    async def save(self, recording: Recording) -> None:
        self.rows[recording.room] = recording

    async def find(self, room: RoomId) -> Recording | None:
        return self.rows.get(room)


class MemoryRecords:
    def __init__(self) -> None:
        self.rooms = MemoryRooms(self._forget)
        self.groups = MemoryGroups()
        self.jobs = MemoryJobs()
        self.outbox = MemoryOutbox()
        self.recordings = MemoryRecordings()

    def _forget(self, room: RoomId) -> None:
        self.recordings.rows.pop(room, None)
        for line in (self.jobs, self.outbox):
            line.rows = [row for row in line.rows if room_of(row) != room]


def room_of(row: Waiting) -> RoomId:
    return row.what.room if isinstance(row.what, Notice) else row.what[0]


class MemoryStore:
    """Keeps the Store contract in memory: a failed transaction leaves no trace."""

    def __init__(self) -> None:
        self.committed = Bell()
        self.records = MemoryRecords()
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[MemoryRecords]:
        async with self._writer:
            draft = copy.deepcopy(self.records)
            yield draft
            self.records = draft
        self.committed.ring()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[MemoryRecords]:
        yield copy.deepcopy(self.records)
