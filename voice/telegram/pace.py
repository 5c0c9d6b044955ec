"""The pace at which an account connects to Telegram: kurigram tries anew at once, however often it fails."""

from collections import deque

WITHIN = 60.0
"""Seconds for which a connection is remembered."""

FREE = 3
"""Connections in that time that need no pause."""

LONGEST_PAUSE = 30.0
"""Seconds."""


class Pace:
    """Counts connections that came about; times in seconds of one monotonic clock.

    A connection that Telegram refuses as soon as it is there, for example because the account connects too
    often (FLOOD_WAIT to `initConnection`), is what must not be repeated; one that did not come about may be.
    """

    def __init__(self) -> None:
        self._came_at: deque[float] = deque()

    def connected(self, now: float) -> None:
        """A connection came about."""
        self._came_at.append(now)

    def pause(self, now: float) -> float:
        """Seconds to wait before the next one: none at first, then doubled by each."""
        while self._came_at and now - self._came_at[0] > WITHIN:
            self._came_at.popleft()
        beyond = len(self._came_at) - FREE
        return 0.0 if beyond < 0 else min(2.0**beyond, LONGEST_PAUSE)
