"""The gallery on record: which tickets were taken, and what it asks; never who listens."""

from collections.abc import Sequence
from typing import Protocol

from rooms.ids import PersonId, RoomId
from rooms.questions import Question, QuestionId
from rooms.ticket_keys import TicketKey


class Tickets(Protocol):
    """The keys of rooms that are heard with a ticket, and who took one: not when, and not which."""

    async def key(self, room: RoomId) -> TicketKey | None:
        """The room's key, if it was made."""
        ...

    async def save_key(self, key: TicketKey) -> None:
        """Put a room's key on record; a room has one for all its life."""
        ...

    async def give(self, room: RoomId, person: PersonId) -> bool:
        """Put on record that somebody takes their ticket; False if they took it before."""
        ...

    async def over(self) -> Sequence[RoomId]:
        """The rooms with keys that are over, and whose end can no more be taken back."""
        ...

    async def forget(self, room: RoomId) -> None:
        """Erase the room's key and all that is known of who took a ticket for it."""
        ...


class Questions(Protocol):
    """What the gallery asks: not who, and not when."""

    async def of(self, room: RoomId) -> Sequence[Question]:
        """A room's questions, whatever became of them, in the order of their numbers, which tell nothing."""
        ...

    async def find(self, room: RoomId, question: QuestionId) -> Question | None:
        """A question, if it is on record."""
        ...

    async def save(self, question: Question) -> None:
        """Put a question on record, or replace what was known of it, but for its votes."""
        ...

    async def add_votes(self, room: RoomId, question: QuestionId, votes: int) -> None:
        """So many more want it answered, or fewer; no error when it is gone."""
        ...

    async def remove(self, room: RoomId, question: QuestionId) -> None:
        """Forget a question; no error when it is gone already."""
        ...

    async def unread(self) -> Sequence[Question]:
        """What waits to be read in rooms that are over, and whose end can no more be taken back."""
        ...
