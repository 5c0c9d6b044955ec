"""Live pages: a message of ours says what is true now, and is edited no faster than Telegram takes it."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from markupsafe import Markup
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import patience
from bot.objections import UNCHANGED, overlooking
from bot.patience import seconds_of
from bot.seals import Seal
from rooms.ids import ChatId, MessageId

log = logging.getLogger(__name__)

PACE = timedelta(seconds=4)
"""Between two edits at least: a group takes twenty messages a minute (Bot API FAQ), edits included."""

PATIENCE = timedelta(minutes=1)
"""The longest pause between two tries when Telegram does not answer."""

NOT_TAKEN = (BadRequest, Forbidden, ChatMigrated)
"""Telegram's errors when there is no message for us to edit or to post: trying again is in vain."""

Page = tuple[Markup, InlineKeyboardMarkup | None]
"""What a message says, and the buttons below."""


class LivePage:
    """What one message says. It is written only when it is to say something else, and never twice at once."""

    def __init__(self, name: str, shown: Page | None = None) -> None:
        """`name` is for the log; `shown` is what the message says already, if that is known."""
        self._name = name
        self._shown = shown
        self._failures = 0

    def says(self, page: Page) -> bool:
        """Whether it was written so, and not otherwise since."""
        return self._shown == page

    async def show(self, page: Page, write: Callable[[], Awaitable[None]]) -> timedelta | None:
        """Let the message say it by `write`; gives how long to wait then, None when it says so already.

        Raises:
            BadRequest, Forbidden, ChatMigrated: see `NOT_TAKEN`.
        """
        if self.says(page):
            return None
        try:
            await write()
        except RetryAfter as flood:
            return timedelta(seconds=seconds_of(flood))
        except NOT_TAKEN:
            raise
        except TelegramError as error:
            log.warning("%s must wait: %s", self._name, error)
            self._failures += 1
            return min(timedelta(seconds=2 ** min(self._failures, 10)), PATIENCE)
        self._failures = 0
        self._shown = page
        return PACE


async def rewrite(bot: ExtBot[bool], chat: ChatId, message: MessageId, page: Page, seal: Seal) -> None:
    """Edit a message so that it says this; no error when it does already.

    Raises:
        TelegramError: it could not be edited; `RetryAfter` at once, as `LivePage` comes back later.
    """
    text, keyboard = page
    with overlooking(*UNCHANGED):
        await bot.edit_message_text(
            str(text),
            chat_id=chat,
            message_id=message,
            parse_mode=ParseMode.HTML,
            reply_markup=seal.keyboard(keyboard, chat),
            rate_limit_args=patience.AT_ONCE,
        )
