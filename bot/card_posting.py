"""A card is posted with its picture, and changed in its place; never is there a second one."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from telegram import InputMediaPhoto, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot import patience
from bot.card_keys import under_card as keys_under_card
from bot.card_pictures import mark_of, picture_of
from bot.cards import card
from bot.letters import Opened
from bot.objections import GONE, NO_PICTURE, UNCHANGED, is_about
from bot.pictures import Draws
from bot.posting import ANSWERING, UPLOADING, Keyboard, around_objections, post
from rooms.cards import Card
from rooms.ids import ThreadId

log = logging.getLogger(__name__)


async def post_card(bot: ExtBot[bool], opened: Opened, picture: bytes) -> Card:
    """Send the announcement with its picture (JPEG), in words alone where none may be sent.

    Raises TelegramError.
    """
    text, keyboard = card(opened), keys_under_card(opened)

    async def send(thread: ThreadId | None, keyboard: Keyboard) -> Message:
        return await bot.send_photo(
            opened.chat,
            picture,
            caption=str(text),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=thread,
            disable_notification=opened.is_silent,
            read_timeout=UPLOADING,
            write_timeout=UPLOADING,
            rate_limit_args=patience.AT_ONCE,
        )

    try:
        message = await around_objections(opened, send, keyboard)
    except BadRequest as objection:
        if not is_about(objection, *NO_PICTURE):
            raise
        log.info("chat %s: no picture can be sent there: %s", opened.chat, objection.message)
        return Card(opened.room.id, opened.chat, await post(bot, opened, text, keyboard))
    return Card(opened.room.id, opened.chat, message, mark_of(opened))


async def change_card(bot: ExtBot[bool], atelier: Draws, opened: Opened, shown: Card) -> Card | None:
    """Let the card say what is true now; the same card, or None when it was deleted.

    Raises TelegramError, or NotDrawn.
    """
    changed = replace(shown, picture=mark_of(opened) if shown.picture else None)
    picture = await picture_of(bot, atelier, opened) if shown.picture != changed.picture else None
    try:
        await _change(bot, opened, shown, picture)
    except BadRequest as objection:
        if is_about(objection, *GONE):
            return None
        if not is_about(objection, *UNCHANGED):
            raise
    return changed


async def unpin(bot: ExtBot[bool], shown: Card) -> None:
    """Take the card from the top; no error where it is not there, or where the bot may not."""
    with suppress(BadRequest, Forbidden):
        await bot.unpin_chat_message(
            shown.chat, shown.message, read_timeout=ANSWERING, rate_limit_args=patience.AT_ONCE
        )


async def delete_card(bot: ExtBot[bool], shown: Card) -> None:
    """Take the card out of its chat, or at least from the top, where it is too old to be deleted."""
    try:
        await bot.delete_message(
            shown.chat, shown.message, read_timeout=ANSWERING, rate_limit_args=patience.AT_ONCE
        )
    except (BadRequest, Forbidden):
        await unpin(bot, shown)


async def _change(bot: ExtBot[bool], opened: Opened, shown: Card, picture: bytes | None) -> None:
    """Let the card have the words that are true now, and a picture if it needs another one."""
    text, html = str(card(opened)), ParseMode.HTML
    edit: Callable[..., Awaitable[Message | bool]]
    if shown.picture is None:
        edit = partial(bot.edit_message_text, text, parse_mode=html, read_timeout=ANSWERING)
    elif picture is not None:
        media = InputMediaPhoto(picture, text, html)
        edit = partial(bot.edit_message_media, media, read_timeout=UPLOADING, write_timeout=UPLOADING)
    else:
        edit = partial(bot.edit_message_caption, caption=text, parse_mode=html, read_timeout=ANSWERING)

    async def change(_thread: ThreadId | None, keyboard: Keyboard) -> Message | bool:
        return await edit(
            chat_id=shown.chat,
            message_id=shown.message,
            reply_markup=keyboard,
            rate_limit_args=patience.AT_ONCE,
        )

    await around_objections(opened, change, keys_under_card(opened))
