"""/open, /close, /cancel: the talks on a group's programme are minded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.amending.scopes import Scope, asking_scope, is_to_be_asked
from bot.amending.undoing import undo_keys
from bot.callbacks import button
from bot.features import Command, Feature, TapHandler
from bot.finding import Finder, named
from bot.keyboards import column, key, rows
from bot.refusals import Speech
from bot.visits import Tap, Visit, about
from bot.words import Words
from rooms.changing import Changing, Outcome
from rooms.conducting import Conducting
from rooms.errors.talks import NothingToCancel, NothingToOpen, WhichRoom
from rooms.ids import RoomId
from rooms.planning import Planning
from rooms.roles import Action, Asker
from rooms.room import AHEAD, ON_AIR, Room, RoomState


@button("x")
@dataclass(frozen=True, slots=True)
class Cancel:
    """Take this talk off the programme, or this one and all that follow it."""

    room: RoomId
    scope: Scope = Scope.UNASKED


class Minding(Feature):
    """What hosts and admins do with talks that are planned or on."""

    def __init__(
        self, planning: Planning, changing: Changing, conducting: Conducting, finder: Finder
    ) -> None:
        self._planning = planning
        self._changing = changing
        self._conducting = conducting
        self._finder = finder

    @property
    def commands(self) -> Mapping[str, Command]:
        """/open, /close, /cancel."""
        return {"open": self.open, "close": self.close, "cancel": self.cancel}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under "which one?" and "how far?"."""
        return {Cancel: self.cancel_chosen}

    async def open(self, visit: Visit) -> None:
        """Let the next talk, or the named one, begin now."""
        group = visit.in_group()
        asker = await visit.asker()
        named_one = None
        if visit.argument:
            named_one = _only(await self._finder.called(group.chat, AHEAD | ON_AIR, visit.argument))
        room = await self._planning.bring_forward(group.chat, asker, named_one)
        text = visit.speech.words.gettext("{title} begins now: the voice chat opens in a moment.")
        await visit.reply(about(text, room))

    async def close(self, visit: Visit) -> None:
        """End the talk that is on."""
        group = visit.in_group()
        room = await self._conducting.close(group.chat, await visit.asker())
        text = visit.speech.words.gettext("{title} comes to its end.")
        await visit.reply(about(text, room))

    async def cancel(self, visit: Visit) -> None:
        """Take the only talk ahead, or the named one, off the programme; of several, ask which.

        In private it ends what the bot asked, which is done before it comes here: there was nothing.
        """
        if visit.is_private:
            await visit.reply(
                visit.speech.words.gettext("I have asked you nothing: there is nothing to end.")
            )
            return
        group = visit.in_group()
        asker = await visit.asker()
        found = await self._finder.called(group.chat, AHEAD, visit.argument)
        if not found:
            raise NothingToCancel
        theirs = await self._finder.permitted(found, Action.CANCEL, asker)
        words = visit.speech.words
        if len(theirs) > 1:
            await visit.reply(
                words.gettext("Which talk shall be cancelled?"), cancelling(theirs, visit.speech)
            )
        else:
            await visit.reply(*await self._cancel(theirs[0], Scope.UNASKED, asker, words))

    async def cancel_chosen(self, tap: Tap, pressed: Cancel) -> None:
        """Take the talk off the programme whose button was pressed."""
        asker = await tap.asker()
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        if room.state is not RoomState.DRAFT:
            await self._finder.admit(room, Action.CANCEL, asker)
        await tap.change(*await self._cancel(room, pressed.scope, asker, tap.speech.words))
        await tap.answer()

    async def _cancel(
        self, room: Room, scope: Scope, asker: Asker, words: Words
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """Do it and say so, or ask how far it reaches."""
        if is_to_be_asked(scope, room) and room.state in AHEAD:
            return asking_scope(room, lambda scope: Cancel(room.id, scope), words)
        cancel = self._changing.cancel_following if scope is Scope.FOLLOWING else self._changing.cancel
        outcome = await cancel(room.id, asker)
        return cancelled(outcome, scope, words), rows(undo_keys(outcome, words))


def _only(found: Sequence[Room]) -> RoomId:
    """The one that was found, or the earliest of several with one title."""
    if not found:
        raise NothingToOpen
    if len({room.plan.title.casefold() for room in found}) > 1:
        raise WhichRoom([room.plan.title for room in found])
    return found[0].id


def cancelling(rooms: Iterable[Room], speech: Speech) -> InlineKeyboardMarkup | None:
    """Under "which one?": one button for each talk that may be cancelled."""
    return column(key(named(room, speech), Cancel(room.id)) for room in rooms)


def cancelled(outcome: Outcome, scope: Scope, words: Words) -> Markup:
    """What was taken off the programme, or was off it before, and who hears of it when."""
    gettext = words.gettext
    if scope is Scope.FOLLOWING:
        text = gettext("{title} and all that would follow are off the programme.")
    else:
        text = gettext("{title} is off the programme.")
    said = about(text, outcome.room)
    if outcome.is_held:
        return said + Markup(" {}").format(gettext("In a minute I tell everybody concerned."))
    if outcome.is_changed:
        return said + Markup(" {}").format(gettext("I tell everybody concerned now."))
    return said
