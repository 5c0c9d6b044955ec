"""The inbox: a bot's updates from the world's beginning until it confirms them; getUpdates waits here."""

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice

from sandbox.bot_api.refusals import conflict
from sandbox.bot_api.shapes import Json

FIRST_UPDATE = 100_000_001
MOST_UPDATES = 100_000
FUTURE = 10
"""An offset that is further ahead than this is somebody's mistake: it confirms nothing."""

EVERY_KIND = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "callback_query",
        "my_chat_member", "chat_member", "message_reaction", "message_reaction_count",
        "inline_query", "chosen_inline_result",
        "shipping_query", "pre_checkout_query", "poll", "poll_answer", "chat_join_request", "chat_boost",
        "removed_chat_boost",
    }
)  # fmt: skip
USUAL_KINDS = EVERY_KIND - {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True)
class Inbox:
    """Updates in order; `allowed` decides which kinds come in, and outlives the poll that said so."""

    allowed: frozenset[str] = USUAL_KINDS
    _updates: deque[Json] = field(default_factory=lambda: deque(maxlen=MOST_UPDATES))
    _next_id: int = FIRST_UPDATE
    _poll: "asyncio.Future[bool] | None" = None

    def __len__(self) -> int:
        return len(self._updates)

    def allow(self, kinds: Collection[str]) -> None:
        """Take only these kinds from now on; none, or none that is known, means the usual ones."""
        self.allowed = EVERY_KIND & frozenset(kinds) or USUAL_KINDS

    def put(self, kind: str, content: Json) -> None:
        """Something happened; a waiting poll hears of it."""
        if kind not in self.allowed:
            return
        self._updates.append({"update_id": self._next_id, kind: content})
        self._next_id += 1
        self._end_poll(is_superseded=False)

    def clear(self) -> None:
        """Forget all that waits."""
        self._updates.clear()

    def close(self) -> None:
        """Let a waiting poll go home with nothing."""
        self._end_poll(is_superseded=False)

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """What getUpdates answers.

        Args:
            offset: confirms every update below it; a negative one forgets all but the last so many.
            limit: of updates, at least 1.
            seconds: to wait for an update when there is none; 0 to ask and go.

        Raises:
            ApiError: 409, another poll came to wait in this one's place.
        """
        offset = self._confirm(offset)
        if self._updates or not seconds:
            return self._from(offset, limit)
        self._end_poll(is_superseded=True)
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                if await poll:
                    raise conflict()
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self._from(offset, limit)

    def _confirm(self, offset: int) -> int:
        """Forget what is confirmed; gives the id to go on from."""
        if offset < 0:
            while len(self._updates) > -offset:
                self._updates.popleft()
        if offset <= 0 or offset > self._next_id + FUTURE:
            return 0
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        return offset

    def _from(self, offset: int, limit: int) -> list[Json]:
        return list(islice((one for one in self._updates if one["update_id"] >= offset), limit))

    def _end_poll(self, *, is_superseded: bool) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(is_superseded)
