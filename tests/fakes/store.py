"""A store in plain dictionaries."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rooms.bell import Bell
from tests.fakes.memory.calls import (
    MemoryBoards,
    MemoryBridges,
    MemoryConsents,
    MemoryHands,
    MemoryOutlets,
    MemoryPosts,
    MemoryRecordings,
)
from tests.fakes.memory.groups import MemoryBans, MemoryGroups, MemoryLog
from tests.fakes.memory.lines import MemoryJobs, MemoryOutbox
from tests.fakes.memory.questions import MemoryQuestions
from tests.fakes.memory.society import MemoryAppointments, MemoryDialogues, MemoryGuests, MemoryPeople
from tests.fakes.memory.tables import Tables
from tests.fakes.memory.talks import (
    MemoryCards,
    MemoryMeasures,
    MemoryRooms,
    MemorySeries,
)
from tests.fakes.memory.tickets import MemoryTickets
from tests.fakes.memory.traces import MemoryTraces


class MemoryRecords:
    """Fulfils the `Records` port; each repository shows its `rows`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.rooms = MemoryRooms(tables)
        self.series = MemorySeries(tables)
        self.groups = MemoryGroups(tables)
        self.cards = MemoryCards(tables)
        self.guests = MemoryGuests(tables)
        self.appointments = MemoryAppointments(tables)
        self.bans = MemoryBans(tables)
        self.log = MemoryLog(tables)
        self.people = MemoryPeople(tables)
        self.dialogues = MemoryDialogues(tables)
        self.measures = MemoryMeasures(tables)
        self.traces = MemoryTraces(tables)
        self.jobs = MemoryJobs(tables)
        self.outbox = MemoryOutbox(tables)
        self.recordings = MemoryRecordings(tables)
        self.posts = MemoryPosts(tables)
        self.hands = MemoryHands(tables)
        self.consents = MemoryConsents(tables)
        self.boards = MemoryBoards(tables)
        self.outlets = MemoryOutlets(tables)
        self.bridges = MemoryBridges(tables)
        self.tickets = MemoryTickets(tables)
        self.questions = MemoryQuestions(tables)


class MemoryStore:
    """Keeps the Store contract in memory: a failed transaction leaves no trace."""

    def __init__(self) -> None:
        self.committed = Bell()
        self.records = MemoryRecords(Tables())
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[MemoryRecords]:
        async with self._writer:
            draft = self._copy()
            yield draft
            self.records = draft
        self.committed.ring()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[MemoryRecords]:
        yield self._copy()

    def _copy(self) -> MemoryRecords:
        return MemoryRecords(self.records.tables.copied())
