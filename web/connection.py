"""A connection: what was let in, as aiohttp wants to see it, until the fan-out takes it over."""

import asyncio
import select
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from web.fanout import Line
from web.lookout import Lookout

READ = 64 * 1024
"""Bytes read at once."""

MUCH = 64 * 1024
"""Bytes waiting to be written beyond which no more are made."""

_OVER = select.EPOLLHUP | select.EPOLLERR

_WAITING = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Connection(asyncio.Transport):
    """A transport that can be left without its connection being closed: see `release`.

    Args:
        sock: not blocking; a TLS socket shakes hands first.
        lookout: tells what the network does.
        protocol: makes what is served over it, once hands are shaken.
        when_left: called once, when it is closed or released.
    """

    def __init__(
        self,
        sock: socket.socket,
        lookout: Lookout,
        protocol: Callable[[], asyncio.Protocol],
        when_left: Callable[["Connection"], None],
    ) -> None:
        super().__init__()
        self.idle_ticks = 0
        """How often `tick` came since something went forward that must."""
        self._sock = sock
        self._number = sock.fileno()
        self._lookout = lookout
        self._make_protocol = protocol
        self._when_left = when_left
        self._loop = asyncio.get_running_loop()
        self._protocol: asyncio.Protocol | None = None
        self._unsent = bytearray()
        self._watched = -1
        self._is_paused = False
        self._is_reading = True
        self._is_closing = False
        self._is_left = False

    def open(self) -> None:
        """Begin: shake hands, if need be, and serve."""
        if isinstance(self._sock, ssl.SSLSocket):
            self._look(select.EPOLLIN)
        else:
            self._begin()

    def release(self) -> tuple[Line, bytes]:
        """Let go of the connection, which stays open: what was served over it believes it lost.

        Returns:
            the line, and what must be written first.
        """
        unsent = bytes(self._unsent)
        self._leave(None)
        return Line(self._sock, self._lookout), unsent

    def tick(self) -> None:
        """Time passes: note that nothing went forward while it must."""
        if self._protocol is None or self._unsent:
            self.idle_ticks += 1

    # What `asyncio.Transport` asks for.

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """The peer's address, or the TLS context: nothing else is told."""
        if name == "sslcontext" and isinstance(self._sock, ssl.SSLSocket):
            return self._sock.context
        if name == "peername" and not self._is_left:
            try:
                return self._sock.getpeername()
            except OSError:
                return default
        return default

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self._is_closing

    def close(self) -> None:
        """Close when all is written."""
        self._is_closing = True
        if not self._unsent:
            self._part(None)

    def abort(self) -> None:
        """Close now."""
        self._part(None)

    def get_write_buffer_size(self) -> int:
        """Bytes that wait to be written."""
        return len(self._unsent)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write, now or as soon as the network takes it."""
        if self._is_closing:
            return
        self._unsent += data
        if len(self._unsent) == len(data):
            self._write()
        if len(self._unsent) > MUCH and not self._is_paused and self._protocol is not None:
            self._is_paused = True
            self._protocol.pause_writing()

    def can_write_eof(self) -> bool:
        """No half of it can be closed."""
        return False

    def pause_reading(self) -> None:
        """Read nothing for now."""
        self._is_reading = False
        self._watch()

    def resume_reading(self) -> None:
        """Read again."""
        self._is_reading = True
        self._watch()

    # What the network does.

    def _look(self, events: int) -> None:
        if self._is_left:
            return
        try:
            if self._protocol is None:
                self._shake_hands()
                return
            if self._unsent:
                self._write()
            if events & select.EPOLLIN:
                self._read()
            elif events & _OVER:
                self._part(None)
        except OSError as error:
            self._part(error)

    def _shake_hands(self) -> None:
        try:
            self._sock.do_handshake()  # type: ignore[attr-defined]
        except ssl.SSLWantWriteError:
            self._watch(select.EPOLLOUT)
        except ssl.SSLWantReadError:
            self._watch(select.EPOLLIN)
        else:
            self._begin()

    def _begin(self) -> None:
        self.idle_ticks = 0
        self._protocol = self._make_protocol()
        self._watch()
        self._protocol.connection_made(self)

    def _read(self) -> None:
        """Read once: what is left the network tells of again, since a record of TLS (16 kB) is read whole."""
        if not self._is_reading or self._is_closing or self._protocol is None:
            return
        try:
            data = self._sock.recv(READ)
        except _WAITING:
            return
        if data:
            self._protocol.data_received(data)
        else:
            self._part(None)

    def _write(self) -> None:
        try:
            taken = self._sock.send(self._unsent)
        except _WAITING:
            taken = 0
        except OSError as error:
            self._part(error)
            return
        if taken:
            self.idle_ticks = 0
            del self._unsent[:taken]
        self._watch()
        if not self._unsent and self._is_closing:
            self._part(None)
        elif self._is_paused and not self._unsent and self._protocol is not None:
            self._is_paused = False
            self._protocol.resume_writing()

    def _watch(self, events: int | None = None) -> None:
        if events is None:
            events = (select.EPOLLIN if self._is_reading else 0) | (select.EPOLLOUT if self._unsent else 0)
        if events != self._watched and not self._is_left:
            self._watched = events
            self._lookout.watch(self._number, events, self._look)

    def _part(self, error: OSError | None) -> None:
        if self._is_left:
            return
        self._leave(error)
        if error is None and isinstance(self._sock, ssl.SSLSocket):
            with suppress(OSError, ValueError):
                self._sock.unwrap()  # says that nothing comes any more; the answer is not waited for
        self._sock.close()

    def _leave(self, error: OSError | None) -> None:
        self._is_closing = self._is_left = True
        self._unsent.clear()
        self._lookout.forget(self._number)
        self._when_left(self)
        protocol, self._protocol = self._protocol, None
        if protocol is not None:
            self._loop.call_soon(protocol.connection_lost, error)
