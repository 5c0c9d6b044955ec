"""The picture of a card: what it shows, and the same drawn."""

import hashlib
import json
from dataclasses import asdict

from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot import saying
from bot.cards import hosted_by
from bot.errors import NotDrawn, PictureUnusable
from bot.letters import Opened
from bot.pictures import Cover, Draws, Dressed
from rooms.room import RoomState


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


async def picture_of(bot: ExtBot[bool], atelier: Draws, opened: Opened) -> bytes:
    """The picture as JPEG: the host's own one dressed in the same words, else one that is drawn.

    Raises NotDrawn.
    """
    cover, own = cover_of(opened), opened.room.plan.cover
    if own is not None:
        try:
            file = await bot.get_file(own)
            photo = bytes(await file.download_as_bytearray())
            return await atelier.draw(Dressed(photo, cover))
        except (BadRequest, PictureUnusable, NotDrawn):
            pass  # it is gone from Telegram, is no picture any more, or is one that nothing can open
    return await atelier.draw(cover)


def _badge(opened: Opened) -> str | None:
    gettext = opened.speech.words.gettext
    return {
        RoomState.OPENING: gettext("Live"),
        RoomState.LIVE: gettext("Live"),
        RoomState.ENDED: gettext("Over"),
        RoomState.CANCELLED: gettext("Cancelled"),
        RoomState.MISSED: gettext("Missed"),
    }.get(opened.room.state)
