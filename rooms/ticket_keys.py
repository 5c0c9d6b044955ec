"""Ticket keys: what signs the tickets of one room."""

from dataclasses import dataclass, field

from rooms.ids import RoomId


@dataclass(frozen=True, slots=True)
class TicketKey:
    """A room's pair: `public` tells whether a ticket is genuine, `private` makes it so."""

    room: RoomId
    public: bytes
    private: bytes = field(repr=False)
