"""One end of the link between the main process and the relay process, the same at both ends."""

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from voice.messages.commands import Command
from voice.messages.reports import Report, Sound
from voice.messages.wire import Unframer, WireBroken, frame

log = logging.getLogger(__name__)

_Incoming = TypeVar("_Incoming")

SOUND_BACKLOG = 500
"""Packets (10 s of one room) that wait while the other end does not read; then the oldest go."""

HIGH_WATER = 64 * 1024
"""Bytes under way before the link counts as full."""


class Link(asyncio.Protocol, Generic[_Incoming]):
    """Messages over a connected stream socket. What is heard is handed over at once, in order, on the loop.

    Commands and reports always arrive; sound that the other end is too slow for is dropped, the oldest first.
    """

    def __init__(self, incoming: Any, heard: Callable[[_Incoming], None]) -> None:
        self._unframer: Unframer[_Incoming] = Unframer(incoming)
        self._heard = heard
        self._transport: asyncio.Transport | None = None
        self._waiting_sound: deque[Sound] = deque(maxlen=SOUND_BACKLOG)
        self._is_full = False
        self.lost = asyncio.Event()
        """Set when the other end is gone or the link was closed."""

    def send(self, message: Command | Report) -> None:
        """Send a message; never blocks, and is silently without effect on a lost link."""
        if self._transport is None or self._transport.is_closing():
            return
        if isinstance(message, Sound) and self._is_full:
            self._waiting_sound.append(message)
        else:
            self._transport.write(frame(message))

    def close(self) -> None:
        """Send what is under way, then hang up."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Hang up at once, whatever is under way."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=HIGH_WATER)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        try:
            for message in self._unframer.feed(data):
                self._heard(message)
        except WireBroken:
            log.exception("the link is broken")
            self.close()

    def pause_writing(self) -> None:
        """Called by the loop."""
        self._is_full = True

    def resume_writing(self) -> None:
        """Called by the loop."""
        self._is_full = False
        while self._waiting_sound and not self._is_full:
            self.send(self._waiting_sound.popleft())

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Called by the loop."""
        self.lost.set()


async def join_link(
    sock: socket.socket, incoming: Any, heard: Callable[[_Incoming], None]
) -> Link[_Incoming]:
    """Speak over a connected Unix stream socket, which now belongs to the link.

    Args:
        sock: one of a `socket.socketpair()`.
        incoming: the messages that the other end may send, `Command` or `Report`.
        heard: told of each of them; must not block.
    """
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    _, link = await loop.create_unix_connection(lambda: Link(incoming, heard), sock=sock)
    return link
