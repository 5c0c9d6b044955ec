"""/clip: a short piece of a talk for its chat, of what was just said or out of the recording."""

import asyncio
import logging
import re
from collections.abc import Mapping
from datetime import timedelta

from markupsafe import Markup
from telegram import Message
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from bot import patience, saying
from bot.errors import ClipUnclear
from bot.features import Command, Feature
from bot.letters import Opened
from bot.posting import UPLOADING, Keyboard, around_objections, under_card
from bot.replays import file_name, stretch
from bot.times import DurationNotUnderstood, read_duration
from bot.visits import Visit, about
from rooms.clipping import Clip, Clipping, clip_from
from rooms.errors.times import DurationOutOfRange
from rooms.ids import MessageId, ThreadId
from rooms.posts import HEAD, Post

log = logging.getLogger(__name__)

_PLACE = r"(\d{1,2}(?::[0-5]\d){1,2})"
_STRETCH = re.compile(rf"{_PLACE}\s*[-\u2013\u2014]\s*{_PLACE}(?:\s+(.*))?", re.ASCII | re.DOTALL)
_LONGEST_LENGTH = 5
"""Words that a length of time has at most: "one minute and a half"."""


class Clips(Feature):
    """Cuts what hosts ask for."""

    def __init__(self, clipping: Clipping) -> None:
        self._clipping = clipping

    @property
    def commands(self) -> Mapping[str, Command]:
        """/clip."""
        return {"clip": self.clip}

    async def clip(self, visit: Visit) -> None:
        """The last so much of the talk that is on; as an answer to a recording, a stretch of it."""
        group = visit.in_group()
        asker = await visit.asker()
        replied = visit.message.reply_to_message
        found = _STRETCH.fullmatch(visit.argument)
        if found is not None:
            if replied is None:
                raise ClipUnclear(visit.argument)
            replay = group.chat, MessageId(replied.message_id)
            at, until, title = _seconds(found[1]), _seconds(found[2]), " ".join((found[3] or "").split())
            room = await self._clipping.cut(replay, asker, at, until, title)
        else:
            length, title = _length_and_title(visit.argument, visit.speech.words.language)
            room = await self._clipping.cut_latest(group.chat, asker, length, title)
        await visit.reply(about(visit.speech.words.gettext("✂️ The clip of {title} comes in a moment."), room))


async def post_clip(bot: ExtBot[bool], opened: Opened) -> Post | None:
    """Send a clip and give where it stands; one that was deleted meanwhile is not sent.

    Its place is still to be found. Raises TelegramError.
    """
    clip = clip_from(opened.notice.detail)
    try:
        content = await asyncio.to_thread(clip.file.read_bytes)
    except FileNotFoundError:
        log.info("room %s: a clip was deleted before it was sent", opened.room.id)
        return None

    async def send(thread: ThreadId | None, _keyboard: Keyboard) -> Message:
        return await bot.send_audio(
            opened.chat,
            content,
            filename=file_name(clip.title or opened.room.plan.title),
            title=clip.title or opened.room.plan.title,
            performer=opened.room.plan.title if clip.title else opened.room.plan.host_name,
            duration=clip.length,
            caption=str(clip_caption(clip, opened)),
            parse_mode=ParseMode.HTML,
            message_thread_id=thread,
            reply_parameters=under_card(opened),
            disable_notification=opened.is_silent,
            read_timeout=UPLOADING,
            write_timeout=UPLOADING,
            rate_limit_args=patience.AT_ONCE,
        )

    message = await around_objections(opened, send, None)
    return Post(opened.room.id, HEAD, opened.chat, message, 0)


def clip_caption(clip: Clip, opened: Opened) -> Markup:
    """The clip's title, the talk's, and from where in it, or when, it is."""
    speech, room = opened.speech, opened.room
    if clip.at is not None:
        when = stretch(clip.at, clip.length)
    else:
        begin = clip.cut_at - clip.length
        when = saying.date_and_hour(begin, speech.zone, speech.words)
    lines = [Markup("✂️ <b>{}</b>").format(clip.title or room.plan.title)]
    if clip.title:
        lines.append(Markup("{}").format(room.plan.title))
    length = saying.length(timedelta(seconds=round(clip.length.total_seconds())), speech.words)
    return Markup("\n").join([*lines, Markup("{} · {}").format(when, length)])


def _seconds(place: str) -> timedelta:
    """A place in a recording as players show it: "12:30", "1:02:03"."""
    total = 0
    for part in place.split(":"):
        total = total * 60 + int(part)
    return timedelta(seconds=total)


def _length_and_title(argument: str, language: str) -> tuple[timedelta, str]:
    """The length at the beginning, of as many words as can be; a bare number is seconds.

    Raises `ClipUnclear`.
    """
    words = argument.split()
    if words and words[0].isascii() and words[0].isdecimal() and len(words[0]) <= 6:
        is_alone = len(words) == 1 or _length(" ".join(words[:2]), language) is None
        if is_alone:
            return timedelta(seconds=int(words[0])), " ".join(words[1:])
    lengths = {
        number: length
        for number in range(1, min(_LONGEST_LENGTH, len(words)) + 1)
        if (length := _length(" ".join(words[:number]), language)) is not None
    }
    if not lengths:
        raise ClipUnclear(argument)
    meant = lengths[max(lengths)]
    number = min(
        number for number, length in lengths.items() if length == meant
    )  # the rest adds nothing to it
    return meant, " ".join(words[number:])


def _length(words: str, language: str) -> timedelta | None:
    try:
        return read_duration(words, language)
    except (DurationNotUnderstood, DurationOutOfRange):
        return None
