"""Forum topics of talks: one is made for a talk where the group wishes it, and closed after it."""

import logging

from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot import patience
from bot.letters import Opened
from bot.posting import ANSWERING
from rooms.ids import ThreadId

log = logging.getLogger(__name__)

NAME_LENGTH = 128
"""Characters of a forum topic's name (Bot API, `createForumTopic`)."""


async def make_thread(bot: ExtBot[bool], opened: Opened) -> ThreadId | None:
    """Make the talk's own forum topic; None where the chat has none, or the bot may not."""
    try:
        topic = await bot.create_forum_topic(
            opened.chat,
            opened.room.plan.title[:NAME_LENGTH],
            read_timeout=ANSWERING,
            rate_limit_args=patience.AT_ONCE,
        )
    except (BadRequest, Forbidden) as refusal:
        log.info("chat %s: no forum topic for room %s: %s", opened.chat, opened.room.id, refusal.message)
        return None
    return ThreadId(topic.message_thread_id)


async def close_thread(bot: ExtBot[bool], opened: Opened) -> None:
    """Close the talk's own forum topic; what was written in it stays readable."""
    thread = opened.room.own_thread
    if thread is None:
        return
    try:
        await bot.close_forum_topic(
            opened.room.plan.chat, thread, read_timeout=ANSWERING, rate_limit_args=patience.AT_ONCE
        )
    except BadRequest as refusal:
        log.info("chat %s: the topic of room %s stays open: %s", opened.chat, opened.room.id, refusal.message)
