"""Patience with flood limits: whoever ran into one waits, and nobody else does."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

# Without it, the library warns of its own coming change at every flood; with it, pauses are timedeltas.
os.environ.setdefault("PTB_TIMEDELTA", "true")

Json = dict[str, Any]

AT_ONCE = True
"""For `rate_limit_args`: a flood limit is raised at once, to callers that can come back later."""

USUAL = 30.0
"""Seconds that somebody's answer may wait."""

_PER_SECOND = 30
"""Messages that a bot may send to all chats together (Bot API FAQ, "broadcasting")."""


class Patience(BaseRateLimiter[bool]):
    """Keeps to the limit over all chats, and waits out a chat's own limit in that chat's request alone.

    python-telegram-bot's AIORateLimiter halts every request while it waits for one chat, and counts questions
    such as `getChatMember` against a group's twenty messages a minute; hence this one.
    """

    def __init__(self) -> None:
        self._overall = AsyncLimiter(_PER_SECOND, 1)

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
            if endpoint.startswith("send"):
                await self._overall.acquire()
            try:
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
