"""A crowd: listeners who have all there is and get the same bytes, so that one hand-over serves them all."""

import os
from array import array
from collections.abc import Callable, Sequence
from itertools import repeat
from operator import call

from web.fanout.line import FULL, LOST, NOTHING, Write, queued, size_of
from web.fanout.listener import Listener


class Crowd:
    """Listeners by the numbers of their lines, in the order in which they came; all direct, or none."""

    def __init__(self, *, is_direct: bool) -> None:
        self.is_direct = is_direct
        """Whether bytes go over their lines as they are."""
        self.listeners: dict[int, Listener] = {}
        self._numbers: list[int] | None = None
        self._descriptors: array[int] | None = None
        self._writes: list[Write] | None = None

    def add(self, listener: Listener) -> None:
        """This one has all there is."""
        self.listeners[listener.line.number] = listener
        self._numbers = self._descriptors = self._writes = None

    def discard(self, listener: Listener) -> None:
        """This one lags, or is gone; no error when it was none of them."""
        if self.listeners.get(listener.line.number) is listener:
            del self.listeners[listener.line.number]
            self._numbers = self._descriptors = self._writes = None

    def at(self, places: Sequence[tuple[int, int]]) -> "Sequence[Shortfall]":
        """The listeners at these places, with what is told of each."""
        listeners = tuple(self.listeners.values()) if places else ()
        return [(listeners[place], told) for place, told in places]

    @property
    def numbers(self) -> list[int]:
        """Their descriptors, in the same order."""
        if self._numbers is None:
            self._numbers = list(self.listeners)
        return self._numbers

    @property
    def descriptors(self) -> "array[int]":
        """The same as the kernel reads them."""
        if self._descriptors is None:
            self._descriptors = array("i", self.listeners)
        return self._descriptors

    def clogged(self, most: int) -> "Sequence[Listener]":
        """Those for whom the kernel holds more than so many bytes that the other end has not acknowledged."""
        told = enumerate(queued(self.numbers))
        held = [(place, size_of(size)) for place, size in told if size != NOTHING]
        return [listener for listener, size in self.at(held) if size > most]

    @property
    def writes(self) -> list[Write]:
        """What writes to each of them, in the same order."""
        if self._writes is None:
            self._writes = [listener.line.write for listener in self.listeners.values()]
        return self._writes


Shortfall = tuple[Listener, int]
"""Who did not take all, and how many bytes it took, or `LOST`."""

HandOver = Callable[[Crowd, bytes | memoryview], Sequence[Shortfall]]
"""Offers a direct crowd the same bytes; gives those who did not take all of them."""


def write_to_each(crowd: Crowd, content: bytes | memoryview) -> Sequence[Shortfall]:
    """Offer any crowd the same bytes by one write for each, as `HandOver` says.

    Without a line of Python for each: what is said of one is counted for all.
    """
    if crowd.is_direct:
        offers = map(os.write, crowd.numbers, repeat(content))
    else:
        offers = map(call, crowd.writes, repeat(content))
    size, count = len(content), len(crowd.listeners)
    taken: list[int] = []
    while len(taken) < count:
        try:
            taken.extend(offers)
        except FULL:
            taken.append(0)
        except OSError:
            taken.append(LOST)
    if taken.count(size) == count:
        return ()
    return crowd.at([(place, told) for place, told in enumerate(taken) if told != size])
