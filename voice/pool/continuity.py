"""Continuity: whether a room's sound goes on where it stopped, whichever process makes it."""

from datetime import timedelta

from rooms.ids import RoomId
from voice.mixing.units import RATE, SLOT

SHORTEST = RATE
"""Samples (a second) that have to be missing for it to matter to a host."""


class Continuity:
    """Remembers how far each room has sounded, from one process, and one account, to the next."""

    def __init__(self) -> None:
        self._until: dict[RoomId, int] = {}

    def follow(self, room: RoomId, at: int) -> timedelta | None:
        """What is missing before a packet that begins at this sample of the room's clock, if it matters."""
        until = self._until.get(room, at)
        self._until[room] = max(until, at + SLOT)
        return timedelta(seconds=(at - until) / RATE) if at - until >= SHORTEST else None

    def forget(self, room: RoomId) -> None:
        """The room's call is over: until there is another one, nothing is missing."""
        self._until.pop(room, None)
