"""/turn, and what a host does when somebody's turn is over: a minute more, or thanks."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from bot import saying
from bot.boards.keys import MoreTurn, Thank
from bot.customs.section import OFF
from bot.features import Command, Feature, TapHandler
from bot.floor.minding import listens
from bot.floor.panel import Panel
from bot.floor.tapped import tapped
from bot.times import DurationNotUnderstood, read_span
from bot.times.zones import plain
from bot.visits import Tap, Visit
from bot.words import Words
from rooms.planning import Planning
from rooms.records import Store
from rooms.speaking import Speaking
from rooms.turn_keeping import length_of

MORE = timedelta(minutes=1)

_LANGUAGES = ("en", "it")


class TalkTurns(Feature):
    """How long turns last, and their ends."""

    def __init__(self, planning: Planning, speaking: Speaking, panel: Panel, store: Store) -> None:
        self._planning = planning
        self._speaking = speaking
        self._panel = panel
        self._store = store

    @property
    def commands(self) -> Mapping[str, Command]:
        """/turn."""
        return {"turn": self.turn}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the board and the panel."""
        return {MoreTurn: self.prolong, Thank: self.thank}

    async def turn(self, visit: Visit) -> None:
        """Let turns be so long in the talk that is on; without words, say how long they are."""
        room = await self._speaking.on_in(visit.in_group().chat)
        asker = await visit.asker()
        room = await self._speaking.minded(room.id, asker)
        if visit.argument:
            length = read_turn(visit.argument, visit.speech.words.language)
            room = await self._speaking.set_turn(room.id, asker, length)
        async with self._store.reading() as records:
            known = await length_of(records, room)
        await visit.reply(_said(known, visit.speech.words))

    async def prolong(self, tap: Tap, pressed: MoreTurn) -> None:
        """A minute more."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        await self._speaking.prolong_turn(room.id, asker, pressed.person, MORE)
        await self._panel.refresh(tap, room)
        await tap.answer(tap.speech.words.gettext("⏱ One minute more."))

    async def thank(self, tap: Tap, pressed: Thank) -> None:
        """Thank you, the next one, please."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        seen = self._speaking.floor.seen(room.id, pressed.person)
        name = seen.name if seen is not None else "…"
        await self._speaking.demote(room.id, asker, pressed.person, name)
        await self._panel.refresh(tap, room)
        await tap.answer(listens(name, tap.speech.words))


def read_turn(written: str, language: str) -> timedelta:
    """A length of time, nothing for "off"; raises `DurationNotUnderstood`."""
    if plain(written).strip() in OFF:
        return timedelta()
    for spoken in sorted(_LANGUAGES, key=lambda code: code != language):
        with suppress(DurationNotUnderstood):
            return read_span(written, spoken)
    raise DurationNotUnderstood(written)


def _said(length: timedelta | None, words: Words) -> str:
    if length is None:
        return words.gettext("⏱ Turns last as long as they take. /turn 3m gives everybody three minutes.")
    text = words.gettext(
        "⏱ A turn lasts {length}: I tell speakers in private when it ends. /turn off ends that."
    )
    return text.format(length=saying.length(length, words))
