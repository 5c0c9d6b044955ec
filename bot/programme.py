"""/rooms: what is on in a group and what comes next."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup
from telegram import Update

from bot import keyboards, saying
from bot.refusals import Speech
from bot.visits import Context, Reception
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.room import ON_AIR, Room

MOST = 20
"""Talks in a message at most; the programme's page shows all."""


class Programme:
    """The list of a group's talks; anybody may see it."""

    def __init__(self, reception: Reception, planning: Planning, clock: Clock, public_url: str) -> None:
        self._reception = reception
        self._planning = planning
        self._clock = clock
        self._public_url = public_url

    async def rooms(self, update: Update, context: Context) -> None:
        """Answer with the list and a link to the programme's page."""
        visit = await self._reception.visit(update, context)
        group = visit.in_group()
        rooms = await self._planning.programme(group.chat)
        text = listed(rooms, visit.speech, self._clock.now())
        await visit.reply(text, keyboards.programme(group, self._public_url, visit.speech.words))


def listed(rooms: Sequence[Room], speech: Speech, now: datetime) -> Markup:
    """The talks, earliest first, each with its time and how far off it is."""
    gettext = speech.words.gettext
    if not rooms:
        nothing = gettext("Nothing is on the programme. An admin plans a talk with /schedule.")
        return Markup("{}").format(nothing)
    entries = [_entry(room, speech, now) for room in rooms[:MOST]]
    if len(rooms) > MOST:
        entries.append(Markup("{}").format(gettext("The programme shows the rest.")))
    return Markup("\n\n").join(entries)


def _entry(room: Room, speech: Speech, now: datetime) -> Markup:
    if room.state in ON_AIR:
        when = speech.words.gettext("on now, until {hour}").format(
            hour=saying.hour(room.plan.ends_at, speech.zone, speech.words)
        )
    else:
        when = saying.moment_and_distance(room.plan.starts_at, speech.zone, speech.words, now)
    return Markup("<b>{}</b>\n{}").format(room.plan.title, when)
