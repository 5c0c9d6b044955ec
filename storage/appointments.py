"""Who was asked to speak, to mind a talk, or to listen to it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.appointments import Answer, Appointment, Invited
from rooms.ids import AppointmentId, RoomId
from rooms.roles import Role
from storage import schema

_table = schema.appointments
_OF = select(_table).where(_table.c.room == bindparam("room")).order_by(_table.c.id)
"""Built once, as it is asked for every letter and building takes longer than asking."""


class SqlAppointments:
    """Fulfils the `Appointments` port on one connection, within its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, room: RoomId, role: Role, invited: Invited, answer: Answer) -> Appointment:
        """Put an appointment on record and number it."""
        row = _to_row(Appointment(AppointmentId(0), room, role, invited, answer))
        return _from_row((await self._connection.execute(insert(_table).values(row).returning(_table))).one())

    async def find(self, appointment: AppointmentId) -> Appointment | None:
        """The appointment, if it is on record."""
        found = select(_table).where(_table.c.id == appointment)
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _from_row(row)

    async def save(self, appointment: Appointment) -> None:
        """Replace the appointment on record by this value."""
        here = _table.c.id == appointment.id
        await self._connection.execute(update(_table).where(here).values(_to_row(appointment)))

    async def remove(self, appointment: AppointmentId) -> None:
        """The appointment is withdrawn."""
        await self._connection.execute(delete(_table).where(_table.c.id == appointment))

    async def of(self, room: RoomId) -> Sequence[Appointment]:
        """A room's appointments, in the order in which they were made."""
        return [_from_row(row) for row in await self._connection.execute(_OF, {"room": room})]


def _to_row(appointment: Appointment) -> dict[str, Any]:
    return {
        "room": appointment.room,
        "role": appointment.role.value,
        "name": appointment.invited.name,
        "person": appointment.invited.person,
        "username": appointment.invited.username,
        "answer": appointment.answer.value,
    }


def _from_row(row: Row[Any]) -> Appointment:
    invited = Invited(row.name, row.person, row.username)
    return Appointment(AppointmentId(row.id), RoomId(row.room), Role(row.role), invited, Answer(row.answer))
