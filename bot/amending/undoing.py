"""Undo: for a minute, a change or a cancellation is taken back by its button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot import saying
from bot.callbacks import button
from bot.features import Feature, TapHandler
from bot.keyboards import Key, key
from bot.visits import Tap
from bot.words import Words, filled
from rooms.changing import Changing
from rooms.errors import NothingToUndo
from rooms.ids import RoomId
from rooms.planning import Planning


@button("undo")
@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what was done to this talk, and to those that follow if it was done to them too."""

    room: RoomId


class Undoing(Feature):
    """The button under everything that can be taken back."""

    def __init__(self, planning: Planning, changing: Changing) -> None:
        self._planning = planning
        self._changing = changing

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Undo."""
        return {Undo: self.undo}

    async def undo(self, tap: Tap, pressed: Undo) -> None:
        """Everything is as it was; nobody was told of anything else."""
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        asker = await tap.asker_in(room.plan.chat)
        try:
            room = await self._changing.undo(room.id, asker)
        except NothingToUndo:
            await tap.take_buttons_away()
            raise
        when = saying.moment(room.plan.starts_at, tap.speech.zone, tap.speech.words)
        text = tap.speech.words.gettext("Taken back: {title} is as it was, {when}.")
        title = Markup("<b>{}</b>").format(room.plan.title)
        await tap.change(filled(text, title=title, when=when))
        await tap.answer()


def undo_key(room: RoomId, words: Words) -> Key:
    """The button, under what was done."""
    return key(words.gettext("↩ Undo"), Undo(room))
