"""/open, /close, /cancel: the talks on a group's programme are minded."""

from collections.abc import Collection, Sequence

from markupsafe import Markup
from telegram import Update

from bot import keyboards
from bot.callbacks import Cancel
from bot.errors import NothingCalled
from bot.visits import Context, Reception, Tap
from bot.words import filled
from rooms.conducting import Conducting
from rooms.errors import NotAllowed, NothingToCancel, NothingToOpen, WhichRoom
from rooms.ids import ChatId, RoomId
from rooms.planning import Planning
from rooms.roles import Action, permits
from rooms.room import AHEAD, ON_AIR, Room, RoomState


class Minding:
    """What hosts and admins do with talks that are planned or on."""

    def __init__(self, reception: Reception, planning: Planning, conducting: Conducting) -> None:
        self._reception = reception
        self._planning = planning
        self._conducting = conducting

    async def open(self, update: Update, context: Context) -> None:
        """Let the next talk, or the named one, begin now."""
        visit = await self._reception.visit(update, context)
        group = visit.in_group()
        asker = await visit.asker()
        named = (
            _only(await self._found(group.chat, AHEAD | ON_AIR, visit.argument)) if visit.argument else None
        )
        room = await self._planning.bring_forward(group.chat, asker, named)
        text = visit.speech.words.gettext("{title} begins now: the voice chat opens in a moment.")
        await visit.reply(_about(text, room))

    async def close(self, update: Update, context: Context) -> None:
        """End the talk that is on."""
        visit = await self._reception.visit(update, context)
        group = visit.in_group()
        room = await self._conducting.close(group.chat, await visit.asker())
        text = visit.speech.words.gettext("{title} comes to its end.")
        await visit.reply(_about(text, room))

    async def cancel(self, update: Update, context: Context) -> None:
        """Take the only talk ahead, or the named one, off the programme; of several, ask which."""
        visit = await self._reception.visit(update, context)
        group = visit.in_group()
        asker = await visit.asker()
        found = await self._found(group.chat, AHEAD, visit.argument)
        theirs = [room for room in found if permits(asker.roles(room.plan.host), Action.CANCEL)]
        if not found:
            raise NothingToCancel
        if not theirs:
            raise NotAllowed(Action.CANCEL)
        words = visit.speech.words
        if len(theirs) > 1:
            await visit.reply(
                words.gettext("Which talk shall be cancelled?"), keyboards.cancelling(theirs, visit.speech)
            )
            return
        room = await self._planning.cancel(theirs[0].id, asker)
        await visit.reply(_about(words.gettext("{title} is off the programme."), room))

    async def cancel_chosen(self, tap: Tap, button: Cancel) -> None:
        """Take the talk off the programme whose button was pressed."""
        asker = await tap.asker()
        room = tap.of_this_chat(await self._planning.look_up(button.room))
        room = await self._planning.cancel(room.id, asker)
        text = _about(tap.speech.words.gettext("{title} is off the programme."), room)
        await tap.change(text)
        await tap.answer()

    async def _found(self, chat: ChatId, states: Collection[RoomState], name: str) -> Sequence[Room]:
        """The chat's talks in these states; with a name, those called so, else those whose title holds it.

        Raises:
            NothingCalled: there are such talks, and none of this name.
        """
        rooms = [room for room in await self._planning.programme(chat) if room.state in states]
        sought = " ".join(name.casefold().split())
        exactly = [room for room in rooms if room.plan.title.casefold() == sought]
        found = exactly or [room for room in rooms if sought in room.plan.title.casefold()]
        if rooms and not found:
            raise NothingCalled(name)
        return found


def _only(found: Sequence[Room]) -> RoomId:
    """The one that was found, or the earliest of several with one title."""
    if not found:
        raise NothingToOpen
    if len({room.plan.title.casefold() for room in found}) > 1:
        raise WhichRoom([room.plan.title for room in found])
    return found[0].id


def _about(text: str, room: Room) -> Markup:
    return filled(text, title=Markup("<b>{}</b>").format(room.plan.title))
