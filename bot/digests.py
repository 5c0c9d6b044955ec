"""The digest: what comes in a group within a week, on the weekday it chose."""

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import keyboards, saying
from bot.fitting import fitting
from bot.letters import Digest
from rooms.room import Room

MOST = 30
"""Talks in a digest at most; the programme's page shows all."""


def digest_text(digest: Digest) -> Markup | None:
    """The talks by day; None for a week without any, of which nobody need be told."""
    if not digest.rooms:
        return None
    gettext = digest.speech.words.gettext
    shown = fitting(_lines(digest))
    lines = [Markup("<b>{}</b>").format(gettext("This week")), *shown]
    if len(digest.rooms) > len(shown):
        lines.append(Markup("\n{}").format(gettext("The programme shows the rest.")))
    return Markup("\n").join(lines)


def digest_keys(digest: Digest) -> InlineKeyboardMarkup | None:
    """The way to the programme."""
    if digest.group is None:
        return None
    return keyboards.rows([keyboards.programme(digest.group, digest.public_url, digest.speech.words)])


def _lines(digest: Digest) -> Iterator[Markup]:
    """A line for each talk, the first one of each day under the day."""
    zone, words = digest.speech.zone, digest.speech.words
    for day, talks in groupby(digest.rooms[:MOST], lambda room: room.plan.starts_at.astimezone(zone).date()):
        heading = Markup("\n<u>{}</u>\n").format(saying.day(day, words))
        for room in talks:
            yield heading + _line(room, digest)
            heading = Markup("")


def _line(room: Room, digest: Digest) -> Markup:
    hour = saying.hour(room.plan.starts_at, digest.speech.zone, digest.speech.words)
    topic = f" #{room.plan.topic}" if room.plan.topic else ""
    return Markup("{} <b>{}</b>{}").format(hour, room.plan.title, topic)
