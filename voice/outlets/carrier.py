"""The carrier: what brings a room's sound to one server, over one connection."""

from collections.abc import Callable
from typing import Protocol

from voice.outlets.backlog import Backlog


class ServerRefused(Exception):
    """The server turns us away, and will do so again: wrong password, mount or key. The words name nobody."""


class ServerLost(Exception):
    """The server is not there, or does not do its part any more. The words name nobody."""


class Carrier(Protocol):
    """Speaks one server's language."""

    async def carry(self, backlog: Backlog, on_air: Callable[[], None]) -> None:
        """Connect, say so by `on_air` once the server has agreed, and pass sound on until that fails.

        Raises:
            ServerRefused: the server said no.
            ServerLost: everything else that may happen between two machines.
        """
        ...
