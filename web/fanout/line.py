"""A line: a connection that only listens any more, and takes bytes straight into the kernel."""

import os
import select
import socket
import ssl
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from fcntl import ioctl
from functools import partial
from itertools import repeat
from termios import TIOCOUTQ

from web.lookout import Lookout

SEND_BUFFER = 16 * 1024
"""Bytes the kernel may hold for a listener: the default would hide minutes of lag."""

UNSENT = 4 * 1024
"""Bytes of them that may wait to be sent: what the network does not carry shall grow old here, not there."""

CONGESTION_CONTROL = b"reno"
"""The simplest (tcp(7)): the talk limits what a listener gets, not the network; others cost more."""

HEARD = 16 * 1024
"""Bytes of what a listener says that are thrown away at once."""

LOST = -1
"""Said in place of a number of bytes: the connection is gone."""

FULL = (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError)
"""How sockets say that they take nothing at the moment."""

_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: on, for no time; what waits is thrown away (socket(7))."""

Write = Callable[[bytes | memoryview], int]


NOTHING = bytes(4)
"""What `queued` tells where all has arrived."""


def queued(numbers: Iterable[int]) -> Iterator[bytes]:
    """What the kernel holds unacknowledged for each of these lines (SIOCOUTQ, tcp(7)), for `size_of`."""
    return map(ioctl, numbers, repeat(TIOCOUTQ), repeat(NOTHING))


def size_of(told: bytes) -> int:
    """The bytes of which `queued` tells."""
    return int.from_bytes(told, sys.byteorder)


class Line:
    """One connection, not blocking; closed by who holds it."""

    __slots__ = ("_lookout", "_sock", "_when_lost", "is_direct", "number", "write")

    def __init__(self, sock: socket.socket, lookout: Lookout) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
        with suppress(OSError):  # a kernel without it keeps its own
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, CONGESTION_CONTROL)
        self.number = sock.fileno()
        """Its descriptor."""
        self.is_direct = not isinstance(sock, ssl.SSLSocket)
        """Whether bytes go over the wire as they are, so that the kernel may be handed many at once."""
        self.write: Write = partial(os.write, self.number) if self.is_direct else sock.write  # type: ignore[attr-defined]
        """Gives the number of bytes taken; raises one of `FULL`, or another `OSError` when it is lost."""
        self._sock = sock
        self._lookout = lookout

    @property
    def queued(self) -> int:
        """Bytes in the kernel that the other end has not acknowledged."""
        return size_of(next(queued([self.number])))

    def watch(self, when_lost: Callable[[], None]) -> None:
        """Call this when the other end hangs up; what it still says is thrown away."""
        self._when_lost = when_lost
        self._lookout.watch(self.number, select.EPOLLIN, self._overhear)

    def _overhear(self, _events: int) -> None:
        try:
            if self._sock.recv(HEARD):
                return
        except FULL:
            return
        except OSError:
            pass
        self._when_lost()

    def offer(self, content: bytes | memoryview) -> int:
        """Hand over what is taken now: a number of bytes, or `LOST`."""
        try:
            return self.write(content)
        except FULL:
            return 0
        except OSError:
            return LOST

    def close(self) -> None:
        """The other end gets what is on its way, and then that it is over."""
        self._lookout.forget(self.number)
        if isinstance(self._sock, ssl.SSLSocket):
            with suppress(OSError, ValueError):
                self._sock.unwrap()  # says that nothing comes any more; the answer is not waited for
        self._sock.close()

    def abort(self) -> None:
        """The connection breaks off, and what the kernel holds for it is let go."""
        self._lookout.forget(self.number)
        with suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self._sock.close()
