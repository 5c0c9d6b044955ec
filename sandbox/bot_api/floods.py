"""Flood limits: how much a bot may say in a second or a minute, when they are switched on."""

import math
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from time import monotonic

from sandbox.bot_api.refusals import too_many
from sandbox.world.entities import Chat, ChatKind


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` messages within any `seconds`."""

    count: int
    seconds: float


OVERALL = Limit(30, 1.0)
PRIVATE = Limit(5, 5.0)
"""One a second in the long run, with a small burst."""

GROUP = Limit(20, 60.0)


@dataclass(slots=True)
class Floods:
    """The limits of core.telegram.org/bots/faq; off until `is_on`. `now` gives seconds that only grow."""

    now: Callable[[], float] = monotonic
    is_on: bool = False
    _sent: dict[Hashable, deque[float]] = field(default_factory=dict)

    def admit(self, bot: int, chat: Chat) -> None:
        """Let one message through and count it; a message that is refused does not count.

        Raises:
            ApiError: 429 with `retry_after`, whole seconds after which it would be let through.
        """
        if not self.is_on:
            return
        now = self.now()
        of_chat = PRIVATE if chat.kind is ChatKind.PRIVATE else GROUP
        limits: list[tuple[Hashable, Limit]] = [((bot,), OVERALL), ((bot, chat.id), of_chat)]
        wait = max(self._wait(key, limit, now) for key, limit in limits)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for key, limit in limits:
            self._sent.setdefault(key, deque(maxlen=limit.count)).append(now)

    def _wait(self, key: Hashable, limit: Limit, now: float) -> float:
        sent = self._sent.get(key)
        if sent is None or len(sent) < limit.count:
            return 0.0
        return sent[0] + limit.seconds - now
