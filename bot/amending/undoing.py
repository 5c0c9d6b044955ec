"""Undo: for a minute, a change or a cancellation is taken back by its button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot import saying
from bot.callbacks import button
from bot.features import Feature, TapHandler
from bot.keyboards import Key, key
from bot.visits import Tap
from bot.words import Words, filled
from rooms.changing import Changing, Outcome
from rooms.errors.groups import NoSuchGroup
from rooms.errors.talks import NothingToUndo, TakenBack
from rooms.ids import ChatId, RoomId
from rooms.planning import Planning
from rooms.records import Store


@button("undo")
@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what was done to this talk, and to those that follow if it was done to them too.

    `revision` is the talk's since that, `joins` whether changes before it are taken back with it.
    """

    room: RoomId
    revision: int
    joins: bool


class Undoing(Feature):
    """The button under everything that can be taken back."""

    def __init__(self, planning: Planning, changing: Changing, store: Store) -> None:
        self._planning = planning
        self._changing = changing
        self._store = store

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Undo."""
        return {Undo: self.undo}

    async def undo(self, tap: Tap, pressed: Undo) -> None:
        """Everything is as it was; nobody was told of anything else."""
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        asker = await tap.asker_in(room.plan.chat)
        is_one_of_several = pressed.joins or room.revision > pressed.revision
        try:
            room = await self._changing.undo(room.id, asker, pressed.revision)
        except (NothingToUndo, TakenBack):
            await tap.take_buttons_away()
            raise
        when = saying.moment(room.plan.starts_at, await self._zone_of(room.plan.chat), tap.speech.words)
        text = _taken_back(tap.speech.words, is_one_of_several=is_one_of_several)
        title = Markup("<b>{}</b>").format(room.plan.title)
        await tap.change(filled(text, title=title, when=when))
        await tap.answer()

    async def _zone_of(self, chat: ChatId) -> ZoneInfo:
        """The group's, in private too."""
        async with self._store.reading() as records:
            group = await records.groups.find(chat)
        if group is None:
            raise NoSuchGroup
        return group.zone


def _taken_back(words: Words, *, is_one_of_several: bool) -> str:
    if is_one_of_several:
        return words.gettext(
            "All changes that nobody was told of yet are taken back: {title} is as it was, {when}."
        )
    return words.gettext("Taken back: {title} is as it was, {when}.")


def undo_keys(outcome: Outcome, words: Words) -> list[Key]:
    """The button, under what was done and can be taken back."""
    if not (outcome.is_changed and outcome.is_held):
        return []
    return [key(words.gettext("↩ Undo"), Undo(outcome.room.id, outcome.room.revision, outcome.joins))]
