"""/rooms: what is on in a group and what comes next, of one topic or of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import saying
from bot.callbacks import button, mark
from bot.cards import hosted_by
from bot.features import Command, Feature, TapHandler
from bot.fitting import fitting
from bot.keyboards import Key, key, programme, rows
from bot.refusals import Speech
from bot.visits import Tap, Visit
from bot.words import Words
from rooms.group import Group
from rooms.ids import SeriesId
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.room import ON_AIR, Room
from rooms.series import Series
from rooms.topics import read_tag

MOST = 20
"""Talks in a message at most; the programme's page shows all."""

TOPICS = 12
"""Topics among which a button chooses at most, those with most talks first."""

_IN_A_ROW = 3
_ALL = "all"
_NO_SERIES: Mapping[SeriesId, Series] = MappingProxyType({})


@button("topic")
@dataclass(frozen=True, slots=True)
class OnTopic:
    """Show the talks on the topic of this mark, or on all of them."""

    topic: str


class Programme(Feature):
    """The list of a group's talks; anybody may see it."""

    def __init__(self, planning: Planning, clock: Clock, public_url: str) -> None:
        self._planning = planning
        self._clock = clock
        self._public_url = public_url

    @property
    def commands(self) -> Mapping[str, Command]:
        """/rooms."""
        return {"rooms": self.rooms}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the list."""
        return {OnTopic: self.turn}

    async def rooms(self, visit: Visit) -> None:
        """Answer with the list, of the topic that is written after the command, if there is one."""
        group = visit.in_group()
        topic = read_tag(visit.argument) if visit.argument else None
        await visit.reply(*await self._page(group, topic, visit.speech))

    async def turn(self, tap: Tap, pressed: OnTopic) -> None:
        """Show another topic, or all where no talk has it any more."""
        group = tap.in_group()
        in_use = await self._planning.topics(group.chat)
        topic = next((one for one in in_use if mark(one) == pressed.topic), None)
        await tap.change(*await self._page(group, topic, tap.speech))
        await tap.answer()

    async def _page(
        self, group: Group, topic: str | None, speech: Speech
    ) -> tuple[Markup, InlineKeyboardMarkup | None]:
        talks = await self._planning.programme(group.chat, topic, MOST + 1)
        series = await self._planning.series_of(talks[:MOST])
        text = listed(talks, speech, self._clock.now(), series, topic)
        choices = _choices(await self._planning.topics(group.chat), topic, speech.words)
        link = programme(group, self._public_url, speech.words)
        in_rows = [choices[at : at + _IN_A_ROW] for at in range(0, len(choices), _IN_A_ROW)]
        return text, rows(*in_rows, [link])


def listed(
    rooms: Sequence[Room],
    speech: Speech,
    now: datetime,
    series: Mapping[SeriesId, Series] = _NO_SERIES,
    topic: str | None = None,
) -> Markup:
    """The talks, earliest first, each with its time, how far off it is, its host and its rhythm."""
    gettext = speech.words.gettext
    if not rooms and topic is not None:
        return Markup("{}").format(gettext("Nothing on #{topic} is on the programme.").format(topic=topic))
    if not rooms:
        nothing = gettext("Nothing is on the programme. An admin plans a talk with /schedule.")
        return Markup("{}").format(nothing)
    entries = [*fitting(_entry(room, speech, now, series) for room in rooms[:MOST])]
    if len(rooms) > len(entries):
        entries.append(Markup("{}").format(gettext("The programme shows the rest.")))
    return Markup("\n\n").join(entries)


def _choices(in_use: Sequence[str], chosen: str | None, words: Words) -> list[Key]:
    """A button for each topic but the one that is shown, and one for all."""
    others = [key(f"#{topic}", OnTopic(mark(topic))) for topic in in_use[:TOPICS] if topic != chosen]
    return others if chosen is None else [key(words.gettext("All topics"), OnTopic(_ALL)), *others]


def _entry(room: Room, speech: Speech, now: datetime, series: Mapping[SeriesId, Series]) -> Markup:
    words = speech.words
    if room.state in ON_AIR:
        until = saying.hour(room.plan.ends_at, speech.zone, words)
        when = words.gettext("on now, until {hour}").format(hour=until)
    else:
        when = saying.moment_and_distance(room.plan.starts_at, speech.zone, words, now)
    topic = Markup(" #{}").format(room.plan.topic) if room.plan.topic else Markup("")
    heading = Markup("<b>{}</b>").format(room.plan.title) + topic
    about = [hosted_by(room.plan, words), _rhythm(room, series, speech)]
    lines = [heading, when, " · ".join(part for part in about if part)]
    return Markup("\n").join(line for line in lines if line)


def _rhythm(room: Room, series: Mapping[SeriesId, Series], speech: Speech) -> str:
    own = series.get(room.occurrence.series) if room.occurrence is not None else None
    if own is None:
        return ""
    said = saying.recurrence_beside(own.recurrence, room.plan.starts_at, speech.zone, speech.words)
    return f"🔁 {said}"
