"""People, and what they asked for or were asked, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from rooms.appointments import Answer, Appointment, Invited
from rooms.dialogues import Dialogue
from rooms.guests import Guest
from rooms.ids import AppointmentId, PersonId, RoomId
from rooms.people import Person
from rooms.roles import Role
from tests.fakes.memory.tables import Tables

NEVER = datetime.max.replace(tzinfo=UTC)


class MemoryGuests:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.guests

    async def save(self, guest: Guest) -> None:
        if guest.is_nobody:
            self.rows.pop((guest.room, guest.person), None)
        else:
            self.rows[guest.room, guest.person] = guest

    async def find(self, room: RoomId, person: PersonId) -> Guest | None:
        return self.rows.get((room, person))

    async def of(self, room: RoomId) -> Sequence[Guest]:
        found = [guest for guest in self.rows.values() if guest.room == room]
        return sorted(found, key=lambda guest: (guest.coming_since or NEVER, guest.person))

    async def coming(self, room: RoomId) -> int:
        return sum(guest.coming_since is not None for guest in await self.of(room))


class MemoryAppointments:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = tables.appointments

    async def add(self, room: RoomId, role: Role, invited: Invited, answer: Answer) -> Appointment:
        number = AppointmentId(self._tables.number("appointments"))
        self.rows[number] = Appointment(number, room, role, invited, answer)
        return self.rows[number]

    async def find(self, appointment: AppointmentId) -> Appointment | None:
        return self.rows.get(appointment)

    async def save(self, appointment: Appointment) -> None:
        if appointment.id in self.rows:
            self.rows[appointment.id] = appointment

    async def remove(self, appointment: AppointmentId) -> None:
        self.rows.pop(appointment, None)

    async def of(self, room: RoomId) -> Sequence[Appointment]:
        return [row for row in self.rows.values() if row.room == room]


class MemoryPeople:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.people

    async def save(self, person: Person) -> None:
        """A user name belongs to who was seen with it last."""
        for other in list(self.rows.values()):
            if other.username == person.username:
                self.rows[other.id] = replace(other, username=None)
        self.rows[person.id] = person

    async def find(self, person: PersonId) -> Person | None:
        return self.rows.get(person)

    async def by_username(self, username: str) -> Person | None:
        return next((row for row in self.rows.values() if row.username == username), None)

    async def remove(self, person: PersonId) -> None:
        self.rows.pop(person, None)


class MemoryDialogues:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.dialogues

    async def save(self, dialogue: Dialogue) -> None:
        self.rows[dialogue.person] = dialogue

    async def find(self, person: PersonId) -> Dialogue | None:
        return self.rows.get(person)

    async def end(self, person: PersonId) -> None:
        self.rows.pop(person, None)

    async def forget_older(self, instant: datetime) -> None:
        for row in list(self.rows.values()):
            if row.changed_at < instant:
                del self.rows[row.person]
