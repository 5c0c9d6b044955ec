"""The picture of a card: what it shows, and the same drawn."""

import hashlib
import json
from dataclasses import asdict
from typing import Protocol

from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot import saying
from bot.cards import hosted_by
from bot.errors import NotDrawn, PictureUnusable
from bot.pictures import Cover, Draws, Dressed
from bot.refusals import Speech
from rooms.group import Group
from rooms.room import Room, RoomState


class Shown(Protocol):
    """What a picture is drawn of: a talk, and how it is told."""

    @property
    def room(self) -> Room: ...  # noqa: D102

    @property
    def group(self) -> Group | None: ...  # noqa: D102

    @property
    def speech(self) -> Speech: ...  # noqa: D102


def cover_of(shown: Shown) -> Cover:
    """What the picture says, in the group's language."""
    plan, speech = shown.room.plan, shown.speech
    return Cover(
        title=plan.title,
        when=saying.date_and_hour(plan.starts_at, speech.zone, speech.words),
        zone=saying.zone_name(plan.starts_at, speech.zone),
        hosts=hosted_by(plan, speech.words),
        group=shown.group.title if shown.group else "",
        topic=plan.topic,
        badge=_badge(shown),
    )


def mark_of(shown: Shown) -> str:
    """A short text that differs whenever the picture would."""
    told = json.dumps([asdict(cover_of(shown)), shown.room.plan.cover], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


async def picture_of(bot: ExtBot[bool], atelier: Draws, shown: Shown) -> bytes:
    """The picture as JPEG: the host's own one dressed in the same words, else one that is drawn.

    Raises NotDrawn.
    """
    cover, own = cover_of(shown), shown.room.plan.cover
    if own is not None:
        try:
            file = await bot.get_file(own)
            photo = bytes(await file.download_as_bytearray())
            return await atelier.draw(Dressed(photo, cover))
        except (BadRequest, PictureUnusable, NotDrawn):
            pass  # it is gone from Telegram, is no picture any more, or is one that nothing can open
    return await atelier.draw(cover)


def _badge(shown: Shown) -> str | None:
    gettext = shown.speech.words.gettext
    return {
        RoomState.OPENING: gettext("Live"),
        RoomState.LIVE: gettext("Live"),
        RoomState.ENDED: gettext("Over"),
        RoomState.CANCELLED: gettext("Cancelled"),
        RoomState.MISSED: gettext("Missed"),
    }.get(shown.room.state)
