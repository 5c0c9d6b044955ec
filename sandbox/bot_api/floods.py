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
"""Messages to all chats together."""

CHAT = Limit(5, 5.0)
"""Messages to one chat: one a second in the long run. That the burst is of five is a guess."""

GROUP = Limit(20, 60.0)
"""Messages to one group or channel. That edits and pins count here, and nowhere else, is a guess: Telegram
says nothing of them, while bots that edit often in groups are told to wait.
"""


@dataclass(slots=True)
class Floods:
    """The limits of core.telegram.org/bots/faq; off until `is_on`. `now` gives seconds that only grow.

    Apart from the limits, and whether they are on or not, `hold` lets one chat refuse everything for a time.
    """

    now: Callable[[], float] = monotonic
    is_on: bool = False
    _sent: dict[Hashable, deque[float]] = field(default_factory=dict)
    _held: dict[int, float] = field(default_factory=dict)

    def admit(self, bot: int, chat: Chat) -> None:
        """Let one message through and count it; a message that is refused does not count.

        Raises:
            ApiError: 429 with `retry_after`, whole seconds after which it would be let through.
        """
        per_chat: list[tuple[Hashable, Limit]] = [((bot,), OVERALL), ((bot, chat.id), CHAT)]
        self._admit(chat, per_chat + _of_group(bot, chat))

    def admit_change(self, bot: int, chat: Chat) -> None:
        """Let an edit or a pin through and count it; raises like `admit`."""
        self._admit(chat, _of_group(bot, chat))

    def hold(self, chat: int, seconds: float) -> None:
        """Refuse all that bots want to write in a chat for so long; 0 ends it."""
        self._held[chat] = self.now() + seconds

    def held(self) -> dict[int, float]:
        """The chats that are held, and the seconds that are left."""
        now = self.now()
        return {chat: end - now for chat, end in self._held.items() if end > now}

    def _admit(self, chat: Chat, limits: list[tuple[Hashable, Limit]]) -> None:
        now = self.now()
        wait = self._held.get(chat.id, now) - now
        if self.is_on:
            wait = max([wait, *(self._wait(key, limit, now) for key, limit in limits)])
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        if self.is_on:
            for key, limit in limits:
                self._sent.setdefault(key, deque(maxlen=limit.count)).append(now)

    def _wait(self, key: Hashable, limit: Limit, now: float) -> float:
        sent = self._sent.get(key)
        if sent is None or len(sent) < limit.count:
            return 0.0
        return sent[0] + limit.seconds - now


def _of_group(bot: int, chat: Chat) -> list[tuple[Hashable, Limit]]:
    return [] if chat.kind is ChatKind.PRIVATE else [((bot, chat.id, "group"), GROUP)]
