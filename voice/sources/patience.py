"""Patience: how long the sources wait for files, servers and decoders."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds.

    `opening`: until the first sound of a source; `stalled`: without any sound, although there was room for
    some; `connecting` and `reading`: for a server, each time; `refreshing`: the shortest time between two
    looks at the playlist of a live stream. `retries` are the pauses before each new attempt at a live stream
    that broke off; one that lasted for `lasting` has all of them before it again.
    """

    opening: float = 20.0
    stalled: float = 20.0
    connecting: float = 6.0
    reading: float = 12.0
    refreshing: float = 0.5
    retries: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0)
    lasting: float = 30.0
