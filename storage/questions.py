"""What the gallery asks: texts and votes, without a time, an order or a person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.ids import RoomId
from rooms.questions import Question, QuestionId, QuestionState
from rooms.room import OVER
from storage import schema
from storage.putting import put

_questions = schema.questions

_IS_OVER = schema.rooms.c.state.in_([state.value for state in OVER])
_CAN_BE_TAKEN_BACK = schema.rooms.c.id.in_(select(schema.befores.c.room))
_UNREAD = (
    select(_questions)
    .join(schema.rooms)
    .where(_questions.c.state == QuestionState.WAITING.value, _IS_OVER, ~_CAN_BE_TAKEN_BACK)
    .order_by(_questions.c.room, _questions.c.id)
)
"""Built once, as it is asked after many a commit."""


class SqlQuestions:
    """Fulfils the `Questions` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, room: RoomId) -> Sequence[Question]:
        """A room's questions, whatever became of them, in the order of their numbers, which tell nothing."""
        asked = select(_questions).where(_questions.c.room == room).order_by(_questions.c.id)
        return [_from_row(row) for row in await self._connection.execute(asked)]

    async def find(self, room: RoomId, question: QuestionId) -> Question | None:
        """A question, if it is on record."""
        this = select(_questions).where(_questions.c.room == room, _questions.c.id == question)
        row = (await self._connection.execute(this)).one_or_none()
        return None if row is None else _from_row(row)

    async def save(self, question: Question) -> None:
        """Put a question on record, or replace what was known of it, but for its votes."""
        row = {
            "room": question.room,
            "id": question.id,
            "text": question.text,
            "state": question.state.value,
        }
        await put(self._connection, _questions, row)

    async def add_votes(self, room: RoomId, question: QuestionId, votes: int) -> None:
        """So many more want it answered, or fewer; no error when it is gone."""
        this = update(_questions).where(_questions.c.room == room, _questions.c.id == question)
        await self._connection.execute(this.values(votes=_questions.c.votes + votes))

    async def remove(self, room: RoomId, question: QuestionId) -> None:
        """Forget a question; no error when it is gone already."""
        this = delete(_questions).where(_questions.c.room == room, _questions.c.id == question)
        await self._connection.execute(this)

    async def unread(self) -> Sequence[Question]:
        """What waits to be read in rooms that are over, and whose end can no more be taken back."""
        return [_from_row(row) for row in await self._connection.execute(_UNREAD)]


def _from_row(row: Row[Any]) -> Question:
    return Question(RoomId(row.room), QuestionId(row.id), row.text, QuestionState(row.state), row.votes)
