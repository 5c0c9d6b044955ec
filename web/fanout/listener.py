"""A listener: one line, and how far it has come in a channel."""

from collections.abc import Callable

from web.fanout.backlog import Backlog
from web.fanout.framing import END, unframed
from web.fanout.line import LOST, Line


class Listener:
    """Takes a channel's chunks one after the other.

    What is under way is always finished first, so that a stream is cut at chunks only.
    """

    __slots__ = (
        "_farewells",
        "_has_ended",
        "_head",
        "_is_clogged",
        "_next",
        "_rest",
        "is_framed",
        "line",
        "since",
    )

    def __init__(self, line: Line, head: bytes = b"", *, is_framed: bool) -> None:
        self.line = line
        self.is_framed = is_framed
        """Whether it gets chunks in the chunked coding, or their content alone."""
        self.since = 0
        """The end of the backlog when it took a whole chunk for the last time."""
        self._head = head
        self._next = 0
        self._rest: bytes | memoryview = b""
        self._is_clogged = False
        self._has_ended = False
        self._farewells: tuple[Callable[[], None], ...] | None = ()

    @property
    def is_gone(self) -> bool:
        """Whether nothing more will be sent."""
        return self._farewells is None

    def at_the_end(self, farewell: Callable[[], None]) -> None:
        """Call this when nothing more will be sent; at once, if that is so already."""
        if self._farewells is None:
            farewell()
        else:
            self._farewells = (farewell, *self._farewells)

    def begin(self, head: bytes, backlog: Backlog, rewind: int) -> None:
        """Start with the answer's head, this chunk or nothing, and as many of the last chunks."""
        chunks = [chunk for chunk in (head, *backlog.last(rewind)) if chunk]
        self._rest = self._head + b"".join(map(self.shaped, chunks))
        self._head = b""
        self._next = self.since = backlog.end

    def shaped(self, chunk: bytes) -> bytes | memoryview:
        """A chunk as this one gets it."""
        return chunk if self.is_framed else unframed(chunk)

    def lag(self, rest: bytes | memoryview, backlog: Backlog) -> None:
        """It has taken all chunks but this rest of the last one."""
        self._rest = rest
        self._next = backlog.end
        self.since = backlog.end - 1

    def pause(self, backlog: Backlog) -> None:
        """Too much is on its way already: give it nothing more until the network has caught up."""
        self.lag(b"", backlog)
        self._is_clogged = True

    def take(self, backlog: Backlog) -> bool:
        """Hand over what the kernel takes now; gives whether the connection is still there."""
        while not self.is_level(backlog):
            if not self._rest:
                if not self._go_on(backlog):
                    return True
                continue
            taken = self.line.offer(self._rest)
            if taken == LOST:
                return False
            if taken < len(self._rest):
                self._rest = memoryview(self._rest)[taken:]
                return True
            self._rest = b""
            self.since = backlog.end
        return True

    def is_level(self, backlog: Backlog) -> bool:
        """Whether nothing waits to be handed over."""
        if self._rest or self._is_clogged or self._next < backlog.end:
            return False
        return self._has_ended or not backlog.is_over

    def end(self, *, has_all: bool) -> None:
        """Nothing more will be sent, and the connection ends: in good order, or broken off."""
        farewells, self._farewells = self._farewells, None
        if farewells is None:
            return
        if has_all:
            self.line.close()
        else:
            self.line.abort()
        for farewell in farewells:
            farewell()

    def _go_on(self, backlog: Backlog) -> bool:
        """Take up the next chunk, the newest one if too many were missed, or the end."""
        if self._is_clogged and self.line.queued > backlog.most_in_flight:
            return False
        self._is_clogged = False
        if self._next < backlog.end:
            number = self._next if self._next >= backlog.start else backlog.end - 1
            self._rest = self.shaped(backlog[number])
            self._next = number + 1
        elif backlog.is_over:
            self._rest = END if self.is_framed else b""
            self._has_ended = True
        return True
