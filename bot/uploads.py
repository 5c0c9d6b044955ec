"""Uploads: a talk's recording is posted to its chat."""

import logging

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot import patience
from bot.letters import Opened
from bot.posting import UPLOADING, Keyboard, around_objections, post, under_card
from bot.replays import Replay, fetch_replay, replay_caption, replay_lost, replay_too_large
from rooms.ids import ThreadId
from rooms.records import Recording

log = logging.getLogger(__name__)


async def post_replay(bot: ExtBot[bool], opened: Opened) -> None:
    """Send the room's recording, or say what to do where it cannot be sent. Raises TelegramError."""
    words, room, recording = opened.speech.words, opened.room, opened.recording
    if recording is None:
        return
    replay = await fetch_replay(recording, room.plan.title)
    if replay is None:
        log.error("room %s: its recording is not at %s", room.id, recording.path)
        await post(bot, opened, replay_lost(room, words))
    elif replay.content is None or not await _upload(bot, opened, recording, replay):
        log.warning("room %s: its recording of %d bytes is too large to post", room.id, replay.size)
        await post(bot, opened, replay_too_large(room, replay.size, words))


async def _upload(bot: ExtBot[bool], opened: Opened, recording: Recording, replay: Replay) -> bool:
    """Send the recording; False when Telegram finds it too large."""
    plan, content = opened.room.plan, replay.content
    if content is None:
        return False

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
            reply_parameters=under_card(opened),
            disable_notification=opened.is_silent,
            read_timeout=UPLOADING,
            write_timeout=UPLOADING,
            rate_limit_args=patience.AT_ONCE,
        )

    try:
        await around_objections(opened, send, None)
    except NetworkError as error:
        if any(words in error.message.lower() for words in ("entity too large", "too big")):
            return False
        raise
    return True
