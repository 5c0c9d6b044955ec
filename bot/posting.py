"""Posting: how messages about a room are put into its chat, around what Telegram may object to there."""

import logging
from collections.abc import Awaitable, Callable

from markupsafe import Markup
from telegram import InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError
from telegram.ext import ExtBot

from bot import patience
from bot.letters import Opened
from bot.replays import Replay, fetch_replay, replay_caption, replay_lost, replay_too_large
from rooms.ids import MessageId, ThreadId

log = logging.getLogger(__name__)

ANSWERING = 60.0
"""Seconds for Telegram's answer: whoever gives up earlier than Telegram sends the same again."""

UPLOADING = 150.0
"""Seconds for a recording on its way there."""

Keyboard = InlineKeyboardMarkup | None


async def post(bot: ExtBot[bool], opened: Opened, text: Markup, keyboard: Keyboard = None) -> MessageId:
    """Send a message to the room's chat, as a reply to its card; raises TelegramError."""

    async def send(thread: ThreadId | None, keyboard: Keyboard) -> Message:
        return await bot.send_message(
            opened.chat,
            str(text),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=thread,
            reply_parameters=_under_card(opened),
            read_timeout=ANSWERING,
            rate_limit_args=patience.AT_ONCE,
        )

    return await _around_objections(opened, send, keyboard)


async def edit(bot: ExtBot[bool], opened: Opened, card: MessageId, text: Markup) -> None:
    """Let the room's card say this; no error when it does already, or was deleted. Raises TelegramError."""

    async def change(_thread: ThreadId | None, keyboard: Keyboard) -> Message | bool:
        return await bot.edit_message_text(
            str(text),
            chat_id=opened.chat,
            message_id=card,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            read_timeout=ANSWERING,
            rate_limit_args=patience.AT_ONCE,
        )

    try:
        await _around_objections(opened, change, opened.way_in)
    except BadRequest as objection:
        if "not modified" not in objection.message.lower():
            raise


async def post_replay(bot: ExtBot[bool], opened: Opened) -> None:
    """Send the room's recording, or say what to do where it cannot be sent. Raises TelegramError."""
    words, room, recording = opened.speech.words, opened.room, opened.recording
    if recording is None:
        return
    replay = await fetch_replay(recording, room.plan.title)
    if replay is None:
        log.error("room %s: its recording is not at %s", room.id, recording.path)
        await post(bot, opened, replay_lost(room, words))
    elif replay.content is None or not await _upload(bot, opened, replay):
        log.warning("room %s: its recording of %d bytes is too large to post", room.id, replay.size)
        await post(bot, opened, replay_too_large(room, replay.size, words))


async def _upload(bot: ExtBot[bool], opened: Opened, replay: Replay) -> bool:
    """Send the recording; False when Telegram finds it too large."""
    if opened.recording is None or replay.content is None:
        return False
    plan, recording, content = opened.room.plan, opened.recording, replay.content

    async def send(thread: ThreadId | None, _keyboard: Keyboard) -> Message:
        return await bot.send_audio(
            opened.chat,
            content,
            filename=replay.name,
            title=plan.title,
            performer=plan.host_name,
            duration=recording.duration,
            caption=str(replay_caption(opened.room, recording, opened.speech)),
            parse_mode=ParseMode.HTML,
            message_thread_id=thread,
            reply_parameters=_under_card(opened),
            read_timeout=UPLOADING,
            write_timeout=UPLOADING,
            rate_limit_args=patience.AT_ONCE,
        )

    try:
        await _around_objections(opened, send, None)
    except NetworkError as error:
        if any(words in error.message.lower() for words in ("entity too large", "too big")):
            return False
        raise
    return True


async def _around_objections(
    opened: Opened, send: Callable[[ThreadId | None, Keyboard], Awaitable[Message | bool]], keyboard: Keyboard
) -> MessageId:
    """Send it without what Telegram objects to: a topic that is gone, links to an address of no use."""
    thread = opened.thread
    while True:
        try:
            sent = await send(thread, keyboard)
        except BadRequest as objection:
            if thread is not None and _is_about(objection, "thread", "topic"):
                log.info("room %s: its topic %s is gone or closed", opened.room.id, thread)
                thread = None
            elif keyboard is not None and _is_about(objection, "url"):
                log.warning("Telegram takes no links to LOGGIONE_PUBLIC_URL: %s", opened.public_url)
                keyboard = None
            else:
                raise
        else:
            return MessageId(sent.message_id) if isinstance(sent, Message) else MessageId(0)


def _is_about(objection: BadRequest, *words: str) -> bool:
    return any(word in objection.message.lower() for word in words)


def _under_card(opened: Opened) -> ReplyParameters | None:
    if opened.room.card is None:
        return None
    return ReplyParameters(opened.room.card, allow_sending_without_reply=True)
