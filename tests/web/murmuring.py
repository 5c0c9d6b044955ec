"""Murmuring that tells whether anybody listens."""

from collections.abc import Callable

from rooms.ids import RoomId
from rooms.murmuring import Murmuring
from tests.sandbox.waiting import until


class WatchedMurmuring(Murmuring):
    """The real one; `listeners` is how many there are now."""

    listeners = 0

    def come(self, room: RoomId) -> Callable[[], None]:
        go = super().come(room)
        self.listeners += 1

        def leave() -> None:
            self.listeners -= 1
            go()

        return leave

    async def heard(self) -> None:
        """Wait until somebody listens."""
        await until(lambda: self.listeners > 0)

    async def unheard(self) -> None:
        """Wait until nobody listens."""
        await until(lambda: self.listeners == 0)
