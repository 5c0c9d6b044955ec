"""What jobs and letters share: things that wait in lines, leased one at a time for each line."""

from dataclasses import dataclass, replace
from datetime import datetime

from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.notices import Notice


@dataclass(frozen=True)
class Waiting:
    """A job or a notice in line: `due_at` is the end of the lease while it is leased."""

    id: int
    line: int
    what: tuple[RoomId, JobKind] | Notice
    due_at: datetime
    was_due_at: datetime
    is_leased: bool = False
    attempts: int = 0

    @property
    def room(self) -> RoomId | None:
        return self.what.room if isinstance(self.what, Notice) else self.what[0]

    def leased(self, until: datetime) -> "Waiting":
        return replace(self, is_leased=True, due_at=until, attempts=self.attempts + 1)

    def due(self, at: datetime) -> "Waiting":
        return replace(self, is_leased=False, due_at=at, was_due_at=at)

    def reclaimed(self) -> "Waiting":
        return replace(self, is_leased=False, due_at=self.was_due_at)


class Line:
    """Waiting things by number."""

    def __init__(self, waiting: dict[int, Waiting]) -> None:
        self._waiting = waiting

    @property
    def rows(self) -> list[Waiting]:
        """Everything that waits, in the order in which it came."""
        return list(self._waiting.values())

    async def reclaim(self) -> None:
        for row in self.rows:
            if row.is_leased:
                self._waiting[row.id] = row.reclaimed()

    def _take(self, row: Waiting, until: datetime) -> Waiting:
        self._waiting[row.id] = row.leased(until)
        return self._waiting[row.id]

    def _give_back(self, number: int, due_at: datetime) -> None:
        if number in self._waiting:
            self._waiting[number] = self._waiting[number].due(due_at)
