"""/hand, and the hands on the board: people ask to speak, and who minds the talk answers them."""

from collections.abc import Mapping
from typing import Any

from bot.boards.keys import Decline, RaiseHand, Take
from bot.features import Command, Feature, TapHandler
from bot.floor.panel import Panel
from bot.floor.tapped import tapped
from bot.visits import Tap, Visit
from bot.words import Words
from rooms.planning import Planning
from rooms.speaking import Speaking


class Hands(Feature):
    """Raises, lowers, takes and declines hands."""

    def __init__(self, planning: Planning, speaking: Speaking, panel: Panel) -> None:
        self._planning = planning
        self._speaking = speaking
        self._panel = panel

    @property
    def commands(self) -> Mapping[str, Command]:
        """/hand."""
        return {"hand": self.hand}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the board and the panel."""
        return {RaiseHand: self.raise_hand, Take: self.take, Decline: self.decline}

    async def hand(self, visit: Visit) -> None:
        """Raise a hand, or lower it."""
        room = await self._speaking.on_in(visit.in_group().chat)
        place = await self._speaking.raise_hand(room.id, await visit.asker())
        await visit.reply(_said(place, visit.speech.words))

    async def raise_hand(self, tap: Tap, pressed: RaiseHand) -> None:
        """The same, from the board."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        place = await self._speaking.raise_hand(room.id, asker)
        await tap.answer(_said(place, tap.speech.words))

    async def take(self, tap: Tap, pressed: Take) -> None:
        """Let somebody speak."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        hand = await self._speaking.take(room.id, asker, pressed.person)
        await self._panel.refresh(tap, room)
        await tap.answer(tap.speech.words.gettext("{name} may speak now.").format(name=hand.name))

    async def decline(self, tap: Tap, pressed: Decline) -> None:
        """Not now."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        hand = await self._speaking.decline(room.id, asker, pressed.person)
        await self._panel.refresh(tap, room)
        await tap.answer(tap.speech.words.gettext("The hand of {name} is down.").format(name=hand.name))


def _said(place: int | None, words: Words) -> str:
    if place is None:
        return words.gettext("Your hand is down.")
    if place == 1:
        return words.gettext("✋ Your hand is up: you are next.")
    return words.gettext("✋ Your hand is up: number {place} in the queue.").format(place=place)
