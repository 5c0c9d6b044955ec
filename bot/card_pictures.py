"""The picture of a card: what it shows, and the same as bytes."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import lru_cache

from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot import saying
from bot.cards import hosted_by
from bot.errors import PictureUnusable
from bot.letters import Opened
from bot.pictures import Cover, draw_cover, dress_cover
from rooms.room import RoomState

DRAWN = 16
"""Pictures that are kept, some 100 KB each: a talk's card may go to several chats, and be sent again."""

_DRAWING = ThreadPoolExecutor(1, "drawing")
"""One picture at a time: several would not be done sooner, but leave the bot's own thread fewer turns."""


def cover_of(opened: Opened) -> Cover:
    """What the picture says, in the group's language."""
    plan, speech = opened.room.plan, opened.speech
    return Cover(
        title=plan.title,
        when=saying.date_and_hour(plan.starts_at, speech.zone, speech.words),
        zone=saying.zone_name(plan.starts_at, speech.zone),
        hosts=hosted_by(plan, speech.words),
        group=opened.group.title if opened.group else "",
        topic=plan.topic,
        badge=_badge(opened),
    )


def mark_of(opened: Opened) -> str:
    """A short text that differs whenever the picture would."""
    shown = json.dumps([asdict(cover_of(opened)), opened.room.plan.cover], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


async def picture_of(bot: ExtBot[bool], opened: Opened) -> bytes:
    """The picture as JPEG: the host's own one dressed in the same words, else one that is drawn."""
    cover, own = cover_of(opened), opened.room.plan.cover
    if own is not None:
        try:
            file = await bot.get_file(own)
            photo = bytes(await file.download_as_bytearray())
            return await _in_turn(dress_cover, photo, cover)
        except (BadRequest, PictureUnusable):
            pass  # it is gone from Telegram, or is no picture any more
    return await _in_turn(_drawn, cover)


async def warm_up() -> None:
    """Find the fonts and paint the theatre, so that the first card need not wait for it."""
    await _in_turn(draw_cover, Cover("Loggione", "18:30", "Europe/Rome", "Loggione", "Loggione"))


async def _in_turn(draw: Callable[..., bytes], *what: object) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(_DRAWING, draw, *what)


@lru_cache(maxsize=DRAWN)
def _drawn(cover: Cover) -> bytes:
    return draw_cover(cover)


def _badge(opened: Opened) -> str | None:
    gettext = opened.speech.words.gettext
    return {
        RoomState.OPENING: gettext("Live"),
        RoomState.LIVE: gettext("Live"),
        RoomState.ENDED: gettext("Over"),
        RoomState.CANCELLED: gettext("Cancelled"),
        RoomState.MISSED: gettext("Missed"),
    }.get(opened.room.state)
