"""Patience with flood limits: whoever ran into one waits, and nobody else does."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

# Without it, the library warns of its own coming change at every flood; with it, pauses are timedeltas.
os.environ.setdefault("PTB_TIMEDELTA", "true")

Json = dict[str, Any]

AT_ONCE = True
"""For `rate_limit_args`: a flood limit is raised at once, to callers that can come back later."""

USUAL = 30.0
"""Seconds that somebody's answer may wait."""

PER_SECOND = 30
"""Messages that a bot may send to all chats together (Bot API FAQ, "broadcasting")."""

SECOND = 1.0

TRAVEL = 0.5
"""Seconds after its sending when a message is taken for counted, answered or not: uploads take longer."""


class Pace:
    """Lets through as many messages as a bot may send within a second, counted where they arrive.

    Of two messages that leave a second apart the first may be held up, and then they arrive closer together.
    So each keeps its place for a second from when it was counted at the latest: when it was answered.
    """

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(PER_SECOND)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place, first come, first served; the block is the request."""
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        latest = loop.time() + TRAVEL
        leaving = loop.call_at(latest + SECOND, self._places.release)
        try:
            yield
        finally:
            if loop.time() < latest:
                leaving.cancel()
                loop.call_later(SECOND, self._places.release)


class Patience(BaseRateLimiter[bool]):
    """Keeps to the limit over all chats, and waits out a chat's own limit in that chat's request alone.

    python-telegram-bot's AIORateLimiter halts every request while it waits for one chat, and counts questions
    such as `getChatMember` against a group's twenty messages a minute; hence this one.
    """

    def __init__(self) -> None:
        self._overall = Pace()

    async def initialize(self) -> None:
        """Nothing to begin."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(  # noqa: PLR0913  # the interface is the library's
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | Json | list[Json]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],  # noqa: ARG002  # of the interface
        rate_limit_args: bool | None,
    ) -> bool | Json | list[Json]:
        """Make the request, again after a flood limit while the pauses stay within the usual patience.

        Raises:
            RetryAfter: it would take more patience.
        """
        left = 0.0 if rate_limit_args == AT_ONCE else USUAL
        while True:
            try:
                async with self._overall.place() if endpoint.startswith("send") else nullcontext():
                    return await callback(*args, **kwargs)
            except RetryAfter as flood:
                pause = seconds_of(flood)
                if pause > left:
                    raise
                left -= pause
            await asyncio.sleep(pause)


def seconds_of(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    pause = flood.retry_after
    return float(pause) if isinstance(pause, int) else pause.total_seconds()
