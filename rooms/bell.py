"""A bell: wakes whoever waits for something to look at, and loses no ring between looking and waiting."""

import asyncio


class Bell:
    """Rung after a change; take `next_ring()` *before* looking at the state, then wait on it."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self._chained: list[Bell] = []
        self.rings = 0

    def ring(self) -> None:
        """Wake everybody who holds the current event, then ring the chained bells."""
        self.rings += 1
        rung, self._next = self._next, asyncio.Event()
        rung.set()
        for bell in self._chained:
            bell.ring()

    def next_ring(self) -> asyncio.Event:
        """The event that the next ring sets."""
        return self._next

    def chain(self, bell: "Bell") -> None:
        """Let the other bell ring whenever this one does."""
        self._chained.append(bell)
