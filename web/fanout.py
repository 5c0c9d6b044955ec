"""The fan-out: a chunk is made once for all, and handed to each listener as fast as that one takes it."""

import asyncio
import os
import socket
from collections import deque

BACKLOG = 20
"""Chunks kept for those who lag; who lags further is moved forward to the live edge."""

PATIENCE = 300
"""Chunks (30 s of sound) sent while a listener takes none whole, after which that one is dropped."""

SEND_BUFFER = 16 * 1024
"""Bytes the kernel may hold for a listener: the default would hide minutes of lag."""

UNSENT = 4 * 1024
"""Bytes of them that may wait to be sent: what the network does not carry shall grow old here, not there."""

FAREWELL_PAUSE = 0.1
FAREWELLS = 20
"""How often, and after how many seconds, the slow are given the rest of a channel that is over."""


def framed(content: bytes) -> bytes:
    """The content as a chunk of HTTP/1.1's chunked coding (RFC 9112, section 7.1)."""
    return b"%x\r\n%b\r\n" % (len(content), content)


def unframed(chunk: bytes) -> memoryview:
    """The content of such a chunk, for those who speak HTTP/1.0."""
    return memoryview(chunk)[chunk.index(b"\n") + 1 : -2]


class Backlog:
    """The last chunks of a channel, numbered from the first one ever."""

    def __init__(self, length: int) -> None:
        self._chunks: deque[bytes] = deque(maxlen=length)
        self.end = 0
        """The number of the chunk that comes next."""

    @property
    def start(self) -> int:
        """The number of the oldest chunk that is kept."""
        return self.end - len(self._chunks)

    def append(self, chunk: bytes) -> None:
        """Keep a chunk, and let go of the oldest."""
        self._chunks.append(chunk)
        self.end += 1

    def __getitem__(self, number: int) -> bytes:
        return self._chunks[number - self.start]


class Listener:
    """One connection. What is under way is always finished first, so that a stream is cut at chunks only.

    Bytes go to the socket directly, and only while the transport holds none: nothing is copied or queued for
    one listener alone.
    """

    def __init__(self, transport: asyncio.Transport, *, is_framed: bool) -> None:
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
        self.gone = asyncio.Event()
        """Set when nothing more will be sent."""
        self.has_all = False
        """Whether that one got everything up to the end of the channel."""
        self._transport = transport
        self._socket: int = sock.fileno()
        self._is_framed = is_framed
        self._next = 0
        self._rest: bytes | memoryview = b""
        self._stalled = 0

    def begin(self, head: bytes, number: int) -> None:
        """Start with these bytes, a chunk or nothing, and go on with the chunk of this number."""
        self._rest = self._shaped(head) if head else b""
        self._next = number

    def take(self, backlog: Backlog) -> int:
        """Hand over what the kernel takes now.

        Returns:
            for how many calls no whole chunk was taken; less than 0 when the connection is lost.
        """
        if self._transport.is_closing():
            return -1
        self._stalled += 1
        try:
            if not self._transport.get_write_buffer_size():
                self._write(backlog)
        except BlockingIOError:
            pass
        except OSError:
            return -1
        return self._stalled

    def is_level(self, backlog: Backlog) -> bool:
        """Whether nothing waits to be handed over."""
        return not self._rest and self._next >= backlog.end

    def end(self, *, has_all: bool) -> None:
        """Nothing more will be sent."""
        self.has_all = has_all
        self.gone.set()

    def _write(self, backlog: Backlog) -> None:
        while self._rest or self._next < backlog.end:
            if not self._rest:
                if self._next < backlog.start:
                    self._next = backlog.end - 1
                self._rest = self._shaped(backlog[self._next])
                self._next += 1
            taken = os.write(self._socket, self._rest)
            self._rest = memoryview(self._rest)[taken:]
            if not self._rest:
                self._stalled = 0

    def _shaped(self, chunk: bytes) -> bytes | memoryview:
        return chunk if self._is_framed else unframed(chunk)


class Channel:
    """What many get at once. Every chunk is made once, whoever listens; the slow never delay the others.

    A joiner gets the head, the last `rewind` chunks, and all that comes.
    """

    def __init__(self, *, rewind: int = 0, patience: int = PATIENCE) -> None:
        self._rewind = rewind
        self._patience = patience
        self._head = b""
        self._backlog = Backlog(BACKLOG)
        self._listeners: set[Listener] = set()

    @property
    def is_deserted(self) -> bool:
        """Whether nobody listens."""
        return not self._listeners

    def begin_with(self, head: bytes) -> None:
        """What joiners get first from now on."""
        self._head = framed(head)

    def join(self, listener: Listener) -> None:
        """Send to this one too."""
        start = max(self._backlog.start, self._backlog.end - self._rewind)
        listener.begin(self._head, start)
        self._listeners.add(listener)
        self._serve(listener)

    def leave(self, listener: Listener) -> None:
        """Send no more to this one; no error when it was dropped already."""
        self._listeners.discard(listener)

    def send(self, content: bytes) -> None:
        """Send the same bytes, not empty, to all; never blocks."""
        self._backlog.append(framed(content))
        for listener in tuple(self._listeners):
            self._serve(listener)

    async def finish(self) -> None:
        """It is over: give the slow a moment for the rest, then let everybody go."""
        for _ in range(FAREWELLS):
            for listener in tuple(self._listeners):
                self._serve(listener)
                if listener.is_level(self._backlog):
                    self._let_go(listener, has_all=True)
            if self.is_deserted:
                return
            await asyncio.sleep(FAREWELL_PAUSE)
        self.hang_up()

    def hang_up(self) -> None:
        """Let everybody go at once."""
        for listener in tuple(self._listeners):
            self._let_go(listener, has_all=False)

    def _serve(self, listener: Listener) -> None:
        if not 0 <= listener.take(self._backlog) <= self._patience:
            self._let_go(listener, has_all=False)

    def _let_go(self, listener: Listener, *, has_all: bool) -> None:
        self._listeners.discard(listener)
        listener.end(has_all=has_all)
