"""Turns: updates are handled in order within each chat, and side by side across chats."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from telegram import Update

log = logging.getLogger(__name__)

LONGEST = 200
"""Updates of one chat that may wait; whoever writes faster than Telegram lets us answer is not answered."""

GRACE = 0.7
"""Seconds in which a handler may still finish when the bot stops."""


class Turns:
    """One line for each chat, so that a chat that must wait for a flood limit delays no other.

    `settle` is told of every update that was handled or let go.
    """

    def __init__(self, handle: Callable[[Update], Awaitable[None]], settle: Callable[[Update], None]) -> None:
        self._handle = handle
        self._settle = settle
        self._lines: dict[int, deque[Update]] = {}
        self._busy: set[asyncio.Task[None]] = set()

    async def run(self, updates: asyncio.Queue[Update]) -> None:
        """Handle what comes out of the queue, for ever; when cancelled, let those at work finish shortly."""
        async with asyncio.TaskGroup() as handling:
            try:
                while True:
                    self._line_up(await updates.get(), handling)
            finally:
                if self._busy:
                    await asyncio.wait(self._busy, timeout=GRACE)

    def _line_up(self, update: Update, handling: asyncio.TaskGroup) -> None:
        chat = _chat_of(update)
        line = self._lines.get(chat)
        if line is None:
            self._lines[chat] = deque([update])
            task = handling.create_task(self._serve(chat))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
        elif len(line) < LONGEST:
            line.append(update)
        else:
            log.warning("chat %s asks faster than can be answered; an update was let go", chat)
            self._settle(update)

    async def _serve(self, chat: int) -> None:
        line = self._lines[chat]
        try:
            while line:
                update = line.popleft()
                await self._handle(update)
                self._settle(update)
        finally:
            del self._lines[chat]


def _chat_of(update: Update) -> int:
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
