"""The entrance: lets connections in, and who dawdles out when others come."""

import asyncio
import errno
import logging
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress

from web.connection import Connection
from web.lookout import Lookout

log = logging.getLogger(__name__)

WAITING = 1024
"""Connections that may wait to be accepted: a whole audience comes within a minute."""

ROOM = 1000
"""Connections that may be at the door, asking or being answered; one more, and the oldest of them must go.

Who listens has left the door.
"""

AT_ONCE = 32
"""Connections let in during one turn of the event loop."""

BREATH = 1.0
"""Seconds without letting anybody in when the system has no more descriptors."""

TICKS = 3
"""In so many parts `idle` is measured."""

Factory = Callable[[], asyncio.Protocol]


class Entrance:
    """Open from `open` to `shut`.

    Args:
        lookout: sees what goes on at the door, and is open as long.
        idle: seconds in which hands must be shaken, and in which something of an answer must be taken.
        tls: the context, or None for plain connections.
        room: how many may be at the door.
    """

    def __init__(
        self, lookout: Lookout, idle: float, tls: ssl.SSLContext | None = None, room: int = ROOM
    ) -> None:
        self._lookout = lookout
        self._idle = idle
        self._tls = tls
        self._room = room
        self._doors: list[socket.socket] = []
        self._at_the_door: dict[Connection, None] = {}
        self._protocol: Factory = asyncio.Protocol

    async def open(self, host: str, port: int, protocol: Factory) -> tuple[str, int]:
        """Begin to let in; gives host and port as bound.

        Args:
            host: a name or an address; all addresses that the name has are served.
            port: 0 for any that is free.
            protocol: makes what is served over a connection.

        Raises:
            OSError: it cannot be had.
        """
        self._protocol = protocol
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        try:
            for family, address in sorted({(family, address) for family, _, _, _, address in found}):
                self._doors.append(_door(family, address))
        except OSError:
            self.shut()
            raise
        for door in self._doors:
            self._let_in_from(door)
        bound: tuple[str, int] = self._doors[0].getsockname()[:2]
        return bound

    def shut(self) -> None:
        """Let nobody in any more; no error when that is done."""
        doors, self._doors = self._doors, []
        for door in doors:
            asyncio.get_running_loop().remove_reader(door.fileno())
            door.close()

    def close(self) -> None:
        """Let all who are at the door go."""
        for connection in tuple(self._at_the_door):
            connection.abort()

    async def watch(self) -> None:
        """Let go, for ever, of those with whom nothing goes forward."""
        while True:
            await asyncio.sleep(self._idle / TICKS)
            for connection in tuple(self._at_the_door):
                connection.tick()
                if connection.idle_ticks >= TICKS:
                    connection.abort()

    def asks(self, connection: Connection) -> None:
        """This one has just asked for something: it goes after all others who may have to go."""
        if connection in self._at_the_door:
            del self._at_the_door[connection]
            self._at_the_door[connection] = None

    def _let_in_from(self, door: socket.socket) -> None:
        if door in self._doors:
            asyncio.get_running_loop().add_reader(door.fileno(), self._accept, door)

    def _accept(self, door: socket.socket) -> None:
        for _ in range(AT_ONCE):
            try:
                sock, _ = door.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    self._hold_breath(door)
                    return
                continue  # it hung up before it was let in
            self._let_in(sock)

    def _let_in(self, sock: socket.socket) -> None:
        if len(self._at_the_door) >= self._room:
            next(iter(self._at_the_door)).abort()
        sock.setblocking(False)
        if self._tls is not None:
            try:
                sock = self._tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
            except OSError:  # it hung up meanwhile
                sock.close()
                return
        connection = Connection(sock, self._lookout, self._protocol, self._left)
        self._at_the_door[connection] = None
        connection.open()

    def _left(self, connection: Connection) -> None:
        self._at_the_door.pop(connection, None)

    def _hold_breath(self, door: socket.socket) -> None:
        log.warning("the system has no more descriptors: nobody is let in for %.0f s", BREATH)
        loop = asyncio.get_running_loop()
        loop.remove_reader(door.fileno())
        loop.call_later(BREATH, self._let_in_from, door)
        if self._at_the_door:
            next(iter(self._at_the_door)).abort()


def _door(family: int, address: tuple[object, ...]) -> socket.socket:
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # who is let in inherits it
        if family == socket.AF_INET6:
            with suppress(OSError):
                door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        door.bind(address)
        door.listen(WAITING)
        door.setblocking(False)
    except BaseException:
        door.close()
        raise
    return door
