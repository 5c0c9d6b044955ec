"""People on record: whom the bot may write to, who comes to a talk, who has a part in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from rooms.appointments import Answer, Appointment, Invited
from rooms.dialogues import Dialogue
from rooms.guests import Guest
from rooms.ids import AppointmentId, PersonId, RoomId
from rooms.people import Person
from rooms.roles import Role


class Guests(Protocol):
    """Who comes, and who wants to be reminded."""

    async def save(self, guest: Guest) -> None:
        """Put on record what somebody asked of a room; one who asks for nothing is forgotten."""
        ...

    async def find(self, room: RoomId, person: PersonId) -> Guest | None:
        """What somebody asked of a room."""
        ...

    async def of(self, room: RoomId) -> Sequence[Guest]:
        """Everybody who asked something of a room."""
        ...

    async def coming(self, room: RoomId) -> int:
        """How many come to a room, the waiting list included."""
        ...


class Appointments(Protocol):
    """Who was asked to speak, to mind a talk, or to listen to it."""

    async def add(self, room: RoomId, role: Role, invited: Invited, answer: Answer) -> Appointment:
        """Put an appointment on record and number it."""
        ...

    async def find(self, appointment: AppointmentId) -> Appointment | None:
        """The appointment, if it is on record."""
        ...

    async def save(self, appointment: Appointment) -> None:
        """Replace the appointment on record by this value."""
        ...

    async def remove(self, appointment: AppointmentId) -> None:
        """The appointment is withdrawn."""
        ...

    async def of(self, room: RoomId) -> Sequence[Appointment]:
        """A room's appointments, in the order in which they were made."""
        ...


class People(Protocol):
    """Whom the bot may write to."""

    async def save(self, person: Person) -> None:
        """Put somebody on record, or replace what was known."""
        ...

    async def find(self, person: PersonId) -> Person | None:
        """Somebody who may be written to."""
        ...

    async def by_username(self, username: str) -> Person | None:
        """Somebody by user name, in small letters without @."""
        ...

    async def remove(self, person: PersonId) -> None:
        """The person does not want to be written to any more."""
        ...


class Dialogues(Protocol):
    """Conversations on their way, one a person."""

    async def save(self, dialogue: Dialogue) -> None:
        """Put a dialogue on record, in the place of the person's earlier one."""
        ...

    async def find(self, person: PersonId) -> Dialogue | None:
        """The person's dialogue."""
        ...

    async def end(self, person: PersonId) -> None:
        """The dialogue is over."""
        ...

    async def forget_older(self, instant: datetime) -> None:
        """Forget dialogues in which nothing was said since the instant."""
        ...
