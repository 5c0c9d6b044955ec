"""Seats: who shows a ticket gets a place in the gallery, with an address that nobody else knows."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rooms.errors.talks import NoSuchRoom
from rooms.errors.tickets import SeatLost, SeatUnknown
from rooms.ids import RoomId
from rooms.listening import Gallery
from rooms.room import Room
from web.discretion import discreet

log = logging.getLogger(__name__)

REMEMBERED = 8
"""Earlier places of one ticket that are known to be lost; older ones are unknown."""

LetGo = Callable[[], None]


@dataclass(slots=True)
class _Seat:
    """What one ticket opens: the name of its place now, and the streams that are under way there, by kind."""

    name: str
    lost: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    streams: dict[str, LetGo] = field(default_factory=dict)

    def let_go(self) -> None:
        """End every stream."""
        for let_go in tuple(self.streams.values()):
            let_go()
        self.streams.clear()


class Seats:
    """The places of all rooms that are heard with a ticket, forgotten with their room.

    A ticket has one place, and a place one stream of each kind. Shown again, as on another device, a ticket
    gets a new place, and the old one is lost; a stream that begins where another is under way takes over.
    """

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._seats: dict[RoomId, dict[bytes, _Seat]] = {}
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Forget, for ever, the places of rooms that are over."""
        try:
            async with asyncio.TaskGroup() as self._tasks:
                await asyncio.Event().wait()
        finally:
            self._tasks = None
            self._seats.clear()

    def show(self, room: Room, number: bytes) -> str:
        """A place for the holder of a genuine ticket with this number; gives the place's name."""
        if room.id not in self._seats:
            self._seats[room.id] = {}
            if self._tasks is not None:
                self._tasks.create_task(self._attend(room))
        name = secrets.token_urlsafe(16)
        seats = self._seats[room.id]
        if number not in seats:
            seats[number] = _Seat(name)
            return name
        seat = seats[number]
        seat.lost.append(seat.name)
        seat.name = name
        seat.let_go()
        return name

    def check(self, room: RoomId, name: str) -> None:
        """Raise `SeatLost` for a place whose ticket was shown again, `SeatUnknown` for none of this room."""
        self._find(room, name)

    def holder(self, room: RoomId, name: str) -> bytes:
        """The number of the ticket whose place it is; raises as `check`."""
        seat = self._find(room, name)
        return next(number for number, held in self._seats[room].items() if held is seat)

    @contextmanager
    def taken(self, room: RoomId, name: str, kind: str, let_go: LetGo) -> Iterator[None]:
        """Hold a place for a stream until the block ends; who held it for such a stream is let go.

        Raises:
            SeatLost, SeatUnknown: as `check`.
        """
        seat = self._find(room, name)
        former = seat.streams.pop(kind, None)
        if former is not None:
            former()
        seat.streams[kind] = let_go
        try:
            yield
        finally:
            if seat.streams.get(kind) is let_go:
                del seat.streams[kind]

    def fetch(self, room: RoomId, name: str, kind: str, *, begins: bool) -> None:
        """Hear such a stream in pieces, each of which is fetched by itself.

        Where it begins, the stream that is under way in this place is let go; later on it has taken over.

        Raises:
            SeatLost: a stream took over. SeatUnknown: as `check`.
        """
        seat = self._find(room, name)
        if begins and kind in seat.streams:
            seat.streams.pop(kind)()
        elif kind in seat.streams:
            raise SeatLost

    def _find(self, room: RoomId, name: str) -> _Seat:
        for seat in self._seats.get(room, {}).values():
            if seat.name == name:
                return seat
            if name in seat.lost:
                raise SeatLost
        raise SeatUnknown

    async def _attend(self, room: Room) -> None:
        """Wait for the room's end, and forget its places; what was heard there ends with its channel."""
        try:
            async for _ in self._gallery.views(room.listen_key):
                pass
        except NoSuchRoom:
            pass  # it was forgotten, and so are its places
        except Exception as error:  # noqa: BLE001  # an attendant's outermost boundary: tickets can be shown again
            log.error("the places of a room broke: %s", discreet(error))
        finally:
            self._seats.pop(room.id, None)
