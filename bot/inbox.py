"""The inbox: receives updates at least once; what was not settled before the end comes again afterwards."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from telegram import Update
from telegram.constants import PollingLimit
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.patience import seconds_of

log = logging.getLogger(__name__)

ALLOWED = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
"""What Telegram shall tell us; edited messages are not among it, so that no command is obeyed twice."""

LONG_POLL = timedelta(seconds=25)
GLANCE = 0.3
"""Seconds between two looks while something is still being handled, so that it delays no other chat."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Seconds between two tries when Telegram does not answer, growing."""

HANGING_UP = 0.6
"""Seconds for the last request, which tells Telegram what was settled."""


class Inbox:
    """What people ask for, in order. Telegram forgets an update only after it was settled.

    python-telegram-bot's own polling tells Telegram to forget updates before they are handled: whatever is
    in hand when the process is killed would be lost, and its polling ends silently when the token is revoked.
    """

    def __init__(self, bot: ExtBot[bool], is_open: asyncio.Event, pause: float = FIRST_PAUSE) -> None:
        """`is_open` is set once updates can arrive; `pause` is the first one after a failure, in seconds."""
        self.updates: asyncio.Queue[Update] = asyncio.Queue()
        self._is_open = is_open
        self._bot = bot
        self._pause = pause
        self._next = 0
        self._unsettled: set[int] = set()
        self._nothing_is_left = asyncio.Event()

    async def run(self) -> None:
        """Receive updates until Telegram rejects the bot's token."""
        pause = self._pause
        while True:
            try:
                await self._receive()
            except InvalidToken:
                return
            except RetryAfter as flood:
                await asyncio.sleep(seconds_of(flood))
            except TimedOut:
                log.debug("Telegram let a question for updates go by")
            except TelegramError as error:
                _complain(error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                pause = self._pause

    def settle(self, update: Update) -> None:
        """The update was handled, or never will be."""
        self._unsettled.discard(update.update_id)
        if not self._unsettled:
            self._nothing_is_left.set()

    async def confirm(self) -> None:
        """At the end, tell Telegram what was settled, so that it does not come again."""
        if self._is_open.is_set():
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(HANGING_UP):
                    await self._bot.get_updates(offset=self._first_wanted(), limit=1, timeout=0)

    async def _receive(self) -> None:
        if not self._is_open.is_set():
            await self._bot.delete_webhook()
            self._is_open.set()
        patience = timedelta(0) if self._unsettled else LONG_POLL
        updates = await self._bot.get_updates(
            offset=self._first_wanted(), timeout=patience, allowed_updates=ALLOWED
        )
        fresh = [update for update in updates if update.update_id >= self._next]
        self._take(fresh)
        if not fresh and len(updates) == PollingLimit.MAX_LIMIT:
            log.warning("so much waits to be handled that it may be lost if the program ends now")
            self._unsettled.clear()
        elif self._unsettled:
            with suppress(TimeoutError):
                async with asyncio.timeout(GLANCE):
                    await self._nothing_is_left.wait()

    def _take(self, updates: Sequence[Update]) -> None:
        for update in updates:
            self._next = update.update_id + 1
            self._unsettled.add(update.update_id)
            self._nothing_is_left.clear()
            self.updates.put_nowait(update)

    def _first_wanted(self) -> int:
        """By asking for this update and its successors one tells Telegram to forget the earlier ones."""
        return min(self._unsettled, default=self._next)


def _complain(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.warning("Another program receives this bot's updates: end it, since only one may.")
    else:
        log.warning("Telegram sends no updates at the moment: %s", error)
