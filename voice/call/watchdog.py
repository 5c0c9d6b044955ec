"""The watchdog: when to doubt that the relay is still in its call, and how fast to return."""

import random
from collections.abc import Iterator

LOOK_EVERY = 0.5
"""Seconds between two looks at what the process itself knows."""

ASK_EVERY = 5.0
"""Seconds between two questions to Telegram whether it still counts us in: it does not tell unasked."""

HUSH = 12.0
"""Seconds without a single frame, while somebody is unmuted, after which the call may be dead."""

ATTEND_EVERY = 10.0
"""Seconds after which Telegram is asked for the list's version: the last update may have been missed."""

PAUSES = (1.0, 2.0, 3.0)
"""Seconds before the first tries to join again, and the last of them before all others for a while."""

PATIENT_AFTER = 90.0
"""Seconds of pauses after which they grow, to spare a server that is out of order for long."""

LONGEST_PAUSE = 30.0
"""Seconds between two tries to join again, at most, unless Telegram asks for more."""


class Watchdog:
    """Keeps the times; all of them in seconds of one monotonic clock."""

    def __init__(self, now: float) -> None:
        self._asked_at = now
        self._attended_at = now
        self._joined_at = now
        self._unmuted_since: float | None = None
        self._hush = HUSH

    def joined(self, now: float) -> None:
        """The relay is in the call again."""
        self._asked_at = self._attended_at = self._joined_at = now

    def should_ask(self, now: float) -> bool:
        """Whether it is time to ask Telegram; then the time begins anew."""
        if now - self._asked_at < ASK_EVERY:
            return False
        self._asked_at = now
        return True

    def should_attend(self, now: float) -> bool:
        """Whether it is time to compare versions; then the time begins anew."""
        if now - self._attended_at < ATTEND_EVERY:
            return False
        self._attended_at = now
        return True

    def is_hushed(self, last_frame_at: float | None, is_someone_unmuted: bool, now: float) -> bool:
        """Whether the sound broke off though somebody could be heard.

        A call that stays silent after joining again is let be for twice as long: people may just be quiet.
        """
        if not is_someone_unmuted:
            self._unmuted_since = None
            return False
        if self._unmuted_since is None:
            self._unmuted_since = now
        heard_at = max(self._joined_at, self._unmuted_since, last_frame_at or 0.0)
        if last_frame_at is not None and last_frame_at > self._joined_at and now - last_frame_at < LOOK_EVERY:
            self._hush = HUSH
        if now - heard_at < self._hush:
            return False
        self._hush *= 2
        return True


def pauses() -> Iterator[float]:
    """Seconds to wait before each further try to join again, with jitter."""
    first = iter(PAUSES)
    pause, spent = PAUSES[0], 0.0
    while True:
        pause = next(first, PAUSES[-1]) if spent < PATIENT_AFTER else min(pause * 2, LONGEST_PAUSE)
        spent += pause
        yield pause * random.uniform(0.75, 1.25)  # noqa: S311
