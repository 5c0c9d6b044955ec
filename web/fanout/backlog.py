"""The backlog: the last chunks of a channel, for who joins and for who lags."""

from collections import deque

LEAST_IN_FLIGHT = 4 * 1024
"""Bytes that may be on their way to anybody: what a distant listener's network needs."""


class Backlog:
    """The last chunks of a channel, numbered from the first one ever."""

    def __init__(self, length: int) -> None:
        self._chunks: deque[bytes] = deque(maxlen=length)
        self._size = 0
        self.end = 0
        """The number of the chunk that comes next."""
        self.is_over = False
        """Whether none comes any more."""

    @property
    def start(self) -> int:
        """The number of the oldest chunk that is kept."""
        return self.end - len(self._chunks)

    @property
    def most_in_flight(self) -> int:
        """Bytes that may wait in the kernel for a listener who keeps up: half of what is kept here."""
        return max(LEAST_IN_FLIGHT, self._size // 2)

    def append(self, chunk: bytes) -> None:
        """Keep a chunk, and let go of the oldest."""
        if len(self._chunks) == self._chunks.maxlen:
            self._size -= len(self._chunks[0])
        self._chunks.append(chunk)
        self._size += len(chunk)
        self.end += 1

    def last(self, count: int) -> list[bytes]:
        """The newest chunks, as many as there are of these."""
        return [self[number] for number in range(max(self.start, self.end - count), self.end)]

    def __getitem__(self, number: int) -> bytes:
        return self._chunks[number - self.start]
