"""The keys that sign tickets, and who took one, in memory."""

from collections.abc import Sequence

from rooms.ids import PersonId, RoomId
from rooms.room import OVER
from rooms.ticket_keys import TicketKey
from tests.fakes.memory.tables import Tables, TicketHolder


class MemoryTickets:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.keys = tables.ticket_keys
        self.rows = tables.ticket_holders

    async def key(self, room: RoomId) -> TicketKey | None:
        return self.keys.get((room,))

    async def save_key(self, key: TicketKey) -> None:
        assert (key.room,) not in self.keys, "a room has one key for all its life"
        self.keys[key.room,] = key

    async def give(self, room: RoomId, person: PersonId) -> bool:
        is_first = (room, person) not in self.rows
        self.rows[room, person] = TicketHolder(room, person)
        return is_first

    async def over(self) -> Sequence[RoomId]:
        rooms, befores = self._tables.rooms, self._tables.befores
        return sorted(room for (room,) in self.keys if rooms[room].state in OVER and room not in befores)

    async def forget(self, room: RoomId) -> None:
        self.keys.pop((room,), None)
        for key in [key for key in self.rows if key[0] == room]:
            del self.rows[key]
