"""Posting: how messages are put into their chats, around what Telegram may object to there."""

import logging
from collections.abc import Awaitable, Callable

from markupsafe import Markup
from telegram import InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot import patience
from bot.keyboards import rows
from bot.letters import Addressed
from bot.objections import LINK_REFUSED, TOPIC_GONE, is_about
from rooms.ids import MessageId, ThreadId

log = logging.getLogger(__name__)

ANSWERING = 60.0
"""Seconds for Telegram's answer: whoever gives up earlier than Telegram sends the same again."""

UPLOADING = 150.0
"""Seconds for a file on its way there."""

Keyboard = InlineKeyboardMarkup | None
Send = Callable[[ThreadId | None, Keyboard], Awaitable[Message | bool]]


async def post(bot: ExtBot[bool], letter: Addressed, text: Markup, keyboard: Keyboard = None) -> MessageId:
    """Send a message to the letter's chat, under the card there; raises TelegramError."""

    async def send(thread: ThreadId | None, keyboard: Keyboard) -> Message:
        return await bot.send_message(
            letter.chat,
            str(text),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=thread,
            reply_parameters=under_card(letter),
            disable_notification=letter.is_silent,
            read_timeout=ANSWERING,
            rate_limit_args=patience.AT_ONCE,
        )

    return await around_objections(letter, send, keyboard)


async def around_objections(letter: Addressed, send: Send, keyboard: Keyboard) -> MessageId:
    """Send it without what Telegram objects to: a topic that is gone, links to an address of no use.

    The buttons are sealed for the letter's chat. Raises TelegramError.
    """
    thread, keyboard = letter.thread, letter.seal.keyboard(keyboard, letter.chat)
    while True:
        try:
            sent = await send(thread, keyboard)
        except BadRequest as objection:
            if thread is not None and is_about(objection, *TOPIC_GONE):
                log.info("chat %s: the topic %s is gone or closed", letter.chat, thread)
                thread = None
            elif keyboard is not None and _has_links(keyboard) and is_about(objection, *LINK_REFUSED):
                log.warning("Telegram takes no links to LOGGIONE_PUBLIC_URL: %s", letter.public_url)
                keyboard = _without_links(keyboard)
            else:
                raise
        else:
            return MessageId(sent.message_id) if isinstance(sent, Message) else MessageId(0)


def under_card(letter: Addressed) -> ReplyParameters | None:
    """As an answer to the card, if there is one."""
    if letter.answered is None:
        return None
    return ReplyParameters(letter.answered, allow_sending_without_reply=True)


def _has_links(keyboard: InlineKeyboardMarkup) -> bool:
    return any(button.url for row in keyboard.inline_keyboard for button in row)


def _without_links(keyboard: InlineKeyboardMarkup) -> Keyboard:
    return rows(*([button for button in row if button.url is None] for row in keyboard.inline_keyboard))
