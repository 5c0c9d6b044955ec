"""What the gallery asks, in memory."""

from collections.abc import Sequence
from dataclasses import replace

from rooms.ids import RoomId
from rooms.questions import Question, QuestionId, QuestionState
from rooms.room import OVER
from tests.fakes.memory.tables import Tables


class MemoryQuestions:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = tables.questions

    async def of(self, room: RoomId) -> Sequence[Question]:
        return sorted((one for one in self.rows.values() if one.room == room), key=lambda one: one.id)

    async def find(self, room: RoomId, question: QuestionId) -> Question | None:
        return self.rows.get((room, question))

    async def save(self, question: Question) -> None:
        known = self.rows.get((question.room, question.id))
        self.rows[question.room, question.id] = replace(question, votes=known.votes if known else 0)

    async def add_votes(self, room: RoomId, question: QuestionId, votes: int) -> None:
        if (room, question) in self.rows:
            known = self.rows[room, question]
            self.rows[room, question] = replace(known, votes=known.votes + votes)

    async def remove(self, room: RoomId, question: QuestionId) -> None:
        self.rows.pop((room, question), None)

    async def unread(self) -> Sequence[Question]:
        rooms, befores = self._tables.rooms, self._tables.befores
        unread = [
            one
            for one in self.rows.values()
            if one.state is QuestionState.WAITING
            and rooms[one.room].state in OVER
            and one.room not in befores
        ]
        return sorted(unread, key=lambda one: (one.room, one.id))
