"""Returning: how often the relay may come back into a call before that becomes a nuisance."""

from collections import deque
from enum import StrEnum

from rooms.errors.calls import CallRefused, RelayLacksRights, RelayNotInChat
from voice.telegram.calls import OVER
from voice.telegram.floods import flood_wait

OTHER_PLACE_PAUSES = (2.0, 10.0, 30.0)
"""Seconds to wait before the call is taken back from another place where the account joined it, each time."""

FORGIVEN_AFTER = 600.0
"""Seconds after which such an incident counts no more."""

HANDED_OVER = 15.0
"""Seconds that Telegram may let the relay wait before it returns; rather than longer, it gives up."""

MOST_REFUSALS = 4
"""Times that Telegram may say that the call is not for us, one after the other."""


class Ending(StrEnum):
    """Why a presence came to its end though nobody asked it to leave."""

    CLOSED = "closed"
    """Somebody ended the call, or the chat lists another one now."""
    DISPLACED = "displaced"
    """The relay account joins the call again and again from somewhere else."""
    SHUT_OUT = "shut_out"
    """Telegram does not let the relay account into the call any more."""


GIVEN_UP = frozenset({Ending.DISPLACED, Ending.SHUT_OUT})
"""Endings of a call that goes on without us."""


class Returning:
    """Counts what keeps the relay from returning; times in seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._displaced_at: deque[float] = deque()
        self._refusals = 0

    def displaced(self, now: float) -> float | None:
        """The account joined the call elsewhere: seconds until it may be taken back, None when never."""
        while self._displaced_at and now - self._displaced_at[0] > FORGIVEN_AFTER:
            self._displaced_at.popleft()
        self._displaced_at.append(now)
        if len(self._displaced_at) > len(OTHER_PLACE_PAUSES):
            return None
        return OTHER_PLACE_PAUSES[len(self._displaced_at) - 1]

    def is_too_soon(self, now: float) -> bool:
        """Whether the other place was given way to just now."""
        return bool(self._displaced_at) and now - self._displaced_at[-1] < OTHER_PLACE_PAUSES[-1]

    def is_left_to_other(self, now: float) -> bool:
        """Whether the other place keeps the call if it has it: each time that we gave way twice as long."""
        given_way = len(self._displaced_at) - len(OTHER_PLACE_PAUSES)
        patience = min(OTHER_PLACE_PAUSES[-1] * 2.0 ** (given_way - 1), FORGIVEN_AFTER)
        return given_way > 0 and now - self._displaced_at[-1] < patience

    def began(self) -> None:
        """A return begins."""
        self._refusals = 0

    def is_hopeless(self, refusal: CallRefused) -> bool:
        """Whether to give up after this further refusal; one for want of an answer may pass."""
        if flood_wait(refusal.reason) > HANDED_OVER:
            return True
        is_meant = isinstance(refusal, RelayLacksRights | RelayNotInChat) or refusal.reason in OVER
        self._refusals = self._refusals + 1 if is_meant else 0
        return self._refusals >= MOST_REFUSALS
