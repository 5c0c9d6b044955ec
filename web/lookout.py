"""The lookout: sees for all connections at once which of them have news; to the event loop they are one."""

import asyncio
import select
from collections.abc import Callable

AT_ONCE = 16
"""Pieces of news in one turn of the event loop: a throng at the door must not delay the sound."""

Call = Callable[[int], None]
"""Is told what happened, as `select.EPOLLIN` and its like."""


class Lookout:
    """One epoll(7) for any number of descriptors; open between `open` and `close`."""

    def __init__(self) -> None:
        self._calls: dict[int, Call] = {}
        self._epoll: select.epoll | None = None

    def open(self) -> None:
        """Begin to look, in the running event loop."""
        self._epoll = select.epoll()
        asyncio.get_running_loop().add_reader(self._epoll.fileno(), self._look)

    def close(self) -> None:
        """Look no more; descriptors stay as they are."""
        if self._epoll is not None:
            asyncio.get_running_loop().remove_reader(self._epoll.fileno())
            self._epoll.close()
        self._epoll = None
        self._calls.clear()

    def watch(self, number: int, events: int, call: Call) -> None:
        """Tell of these events of a descriptor, which must be watched by nobody, or anew by the same."""
        if self._epoll is None:
            return
        if number in self._calls:
            self._epoll.modify(number, events)
        else:
            self._epoll.register(number, events)
        self._calls[number] = call

    def forget(self, number: int) -> None:
        """Tell no more of a descriptor that is still open; no error when nobody asked."""
        if self._calls.pop(number, None) is not None and self._epoll is not None:
            self._epoll.unregister(number)

    def _look(self) -> None:
        if self._epoll is None:
            return
        for number, events in self._epoll.poll(0, AT_ONCE):
            call = self._calls.get(number)
            if call is not None:
                call(events)
