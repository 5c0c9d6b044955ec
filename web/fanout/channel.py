"""The channel: a chunk is made once for all, and handed to each listener as fast as that one takes it."""

import asyncio
from collections.abc import Callable, Iterator

from web.fanout.backlog import Backlog
from web.fanout.crowd import Crowd, HandOver, write_to_each
from web.fanout.framing import framed, unframed
from web.fanout.line import LOST
from web.fanout.listener import Listener

BACKLOG = 20
"""Chunks kept at least for those who lag; who lags further is moved forward to the live edge."""

PATIENCE = 300
"""Chunks (30 s of sound) sent while a listener takes none whole, after which that one is dropped."""

FAREWELL_PAUSE = 0.1
FAREWELLS = 20
"""How often, and after how many seconds, the slow are given the rest of a channel that is over."""


class Channel:
    """What many get at once. Every chunk is made once, whoever listens; the slow never delay the others.

    A joiner gets the head, the last `rewind` chunks, and all that comes.

    Args:
        rewind: chunks of the past for a joiner.
        patience: chunks sent while a listener takes none whole, before it is dropped. A fifteenth of them
            (2 s of sound) is kept for those who lag; after every thirtieth of them (1 s) it is looked at how
            much the kernel holds for each, if they are so many.
        hand_over: serves many direct lines at once; None for a write to each.
    """

    def __init__(
        self, *, rewind: int = 0, patience: int = PATIENCE, hand_over: HandOver | None = None
    ) -> None:
        self._rewind = rewind
        self._patience = patience
        self._hand_over = hand_over or write_to_each
        self._head = b""
        self._backlog = Backlog(max(BACKLOG, patience // 15))
        self._between_looks = patience // 30
        self._crowds = {
            (is_direct, is_framed): Crowd(is_direct=is_direct)
            for is_direct in (True, False)
            for is_framed in (True, False)
        }
        self._behind: dict[int, Listener] = {}
        self.when_deserted: Callable[[], None] | None = None
        """Called when the last one has gone."""

    @property
    def is_deserted(self) -> bool:
        """Whether nobody listens."""
        return not self._behind and not any(crowd.listeners for crowd in self._crowds.values())

    def begin_with(self, head: bytes) -> None:
        """What joiners get first from now on."""
        self._head = framed(head)

    def join(self, listener: Listener) -> None:
        """Send to this one too, until it ends."""
        listener.begin(self._head, self._backlog, self._rewind)
        self._behind[listener.line.number] = listener
        listener.at_the_end(lambda: self._leave(listener))
        listener.line.watch(lambda: listener.end(has_all=False))
        self._serve(listener)

    def send(self, content: bytes) -> None:
        """Send the same bytes, not empty, to all; never blocks."""
        if self._between_looks and self._backlog.end % self._between_looks == 0:
            self._look_at_queues()  # while nothing of this chunk is among it
        chunk = framed(content)
        self._backlog.append(chunk)
        behind = tuple(self._behind.values())
        for (_, is_framed), crowd in self._crowds.items():
            if crowd.listeners:
                self._hand_out(crowd, chunk if is_framed else unframed(chunk))
        for listener in behind:
            self._serve(listener)

    async def finish(self) -> None:
        """It is over: give the slow a moment for the rest, then let everybody go."""
        self._backlog.is_over = True
        for crowd in self._crowds.values():
            for listener in tuple(crowd.listeners.values()):
                listener.lag(b"", self._backlog)  # by nothing but the end
                self._put_behind(crowd, listener)
        for _ in range(FAREWELLS):
            for listener in self._all():
                self._serve(listener)
                if listener.is_level(self._backlog):
                    listener.end(has_all=True)
            if self.is_deserted:
                return
            await asyncio.sleep(FAREWELL_PAUSE)
        self.hang_up()

    def hang_up(self) -> None:
        """Let everybody go at once."""
        for listener in self._all():
            listener.end(has_all=False)

    def _hand_out(self, crowd: Crowd, chunk: bytes | memoryview) -> None:
        hand_over = self._hand_over if crowd.is_direct else write_to_each
        for listener, taken in hand_over(crowd, chunk):
            if taken == LOST:
                listener.end(has_all=False)
            else:
                listener.lag(memoryview(chunk)[taken:], self._backlog)
                self._put_behind(crowd, listener)

    def _serve(self, listener: Listener) -> None:
        is_there = listener.take(self._backlog)
        if not is_there or self._backlog.end - listener.since > self._patience:
            listener.end(has_all=False)
        elif not self._backlog.is_over and listener.is_level(self._backlog):
            del self._behind[listener.line.number]
            self._crowds[listener.line.is_direct, listener.is_framed].add(listener)

    def _put_behind(self, crowd: Crowd, listener: Listener) -> None:
        crowd.discard(listener)
        self._behind[listener.line.number] = listener

    def _look_at_queues(self) -> None:
        """Who has much on the way is given nothing more for now: it would come ever later."""
        most = self._backlog.most_in_flight
        for crowd in self._crowds.values():
            for listener in crowd.clogged(most):
                listener.pause(self._backlog)
                self._put_behind(crowd, listener)

    def _all(self) -> Iterator[Listener]:
        for group in (self._behind, *(crowd.listeners for crowd in self._crowds.values())):
            yield from tuple(group.values())

    def _leave(self, listener: Listener) -> None:
        if self._behind.get(listener.line.number) is listener:
            del self._behind[listener.line.number]
        for crowd in self._crowds.values():
            crowd.discard(listener)
        if self.is_deserted and self.when_deserted is not None:
            self.when_deserted()
