"""/postpone and /change in one line: "/postpone Careers | Friday 19:00", "/change Careers | 20 seats"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telegram import Message

from bot.amending.edits import apply, changed
from bot.amending.menu import Menu
from bot.amending.postponing import read_new_time
from bot.amending.scopes import Scope, asking_scope, is_to_be_asked
from bot.amending.undoing import undo_keys
from bot.aspects import Aspect, Change
from bot.aspects.labels import labelled
from bot.aspects.settings import read_setting
from bot.aspects.times import Scene, read_length, read_when, reads
from bot.callbacks import button
from bot.choices import AS_WRITTEN, asking_when, settled
from bot.errors import FieldNotUnderstood, NothingCalled, WishGone
from bot.features import Command, Feature, TapHandler
from bot.finding import Finder, named
from bot.keyboards import column, key, rows
from bot.persons import mentions_in
from bot.refusals import Speech
from bot.times import Question
from bot.visits import Say, Tap, Visit, argument_of, command_of
from bot.wishes import fields_of, read_fields
from rooms.changing import Changing
from rooms.errors.talks import NothingToChange
from rooms.group import Group
from rooms.ids import RoomId
from rooms.planning import Planning
from rooms.roles import Action, Asker
from rooms.room import AHEAD, Room

POSTPONE, CHANGE = "postpone", "change"


@button("do")
@dataclass(frozen=True, slots=True)
class AsWritten:
    """Do what the command above says to this talk; the epoch leaves the moment as it was written."""

    room: RoomId
    scope: Scope
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A command that changes a talk: the talk's name, and what is to become of it."""

    command: str
    name: str
    fields: tuple[str, ...]
    message: Message
    scene: Scene

    def change(self, room: Room) -> Change:
        """What it says of this talk; raises what `read_fields` and `read_new_time` raise."""
        if self.command == POSTPONE:
            if len(self.fields) > 1:
                raise FieldNotUnderstood(self.fields[1])
            return {"when": read_new_time(self.fields[0], room.plan, self.scene)}
        return read_fields(
            self.fields, self.scene, lambda field: mentions_in(self.message, field), is_change=True
        )


class Written(Feature):
    """What is written is done at once, after the questions that it leaves open."""

    def __init__(self, planning: Planning, changing: Changing, finder: Finder, menu: Menu) -> None:
        self._planning = planning
        self._changing = changing
        self._finder = finder
        self._menu = menu

    @property
    def commands(self) -> Mapping[str, Command]:
        """/postpone, /change."""
        return {POSTPONE: self.begin, CHANGE: self.begin}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the questions that a command left open."""
        return {AsWritten: self.go_on}

    async def begin(self, visit: Visit) -> None:
        """Do it to the only talk ahead, or the named one; of several, ask which."""
        group = visit.in_group()
        asker = await visit.asker()
        order = await self._order(visit.message, visit.said_at, group)
        found = await self._finder.called(group.chat, AHEAD, order.name)
        if not found:
            raise NothingToChange
        rooms = await self._finder.permitted(found, Action.CHANGE, asker)
        if not order.fields:
            aspect = Aspect.WHEN if order.command == POSTPONE else None
            await self._menu.offer(visit, rooms, aspect)
        elif len(rooms) > 1:
            keys = [
                key(named(room, visit.speech), AsWritten(room.id, Scope.UNASKED, AS_WRITTEN))
                for room in rooms
            ]
            await visit.reply(visit.speech.words.gettext("Which talk do you mean?"), column(keys))
        else:
            pressed = AsWritten(rooms[0].id, Scope.UNASKED, AS_WRITTEN)
            await self._do(order, pressed, asker, visit.speech, visit.reply)

    async def go_on(self, tap: Tap, pressed: AsWritten) -> None:
        """A question was answered by its button."""
        asker = await tap.asker()
        command = tap.command
        if command is None or command_of(command) not in (POSTPONE, CHANGE):
            raise WishGone
        tap.of_this_chat(await self._planning.look_up(pressed.room))
        order = await self._order(command, command.date, tap.in_group())
        await self._do(order, pressed, asker, tap.speech, tap.change)
        await tap.answer()

    async def _do(self, order: Order, pressed: AsWritten, asker: Asker, speech: Speech, say: Say) -> None:
        """Change the talk, or ask for what is still open."""
        room = await self._planning.look_up(pressed.room)
        await self._finder.admit(room, Action.CHANGE, asker)
        change = _settled(order.change(room), pressed)
        doubt = change.get("when")
        if isinstance(doubt, Question):
            await say(*asking_when(doubt, speech, lambda moment: replace(pressed, starts_at=moment)))
        elif is_to_be_asked(pressed.scope, room):
            await say(
                *asking_scope(room, lambda scope: AsWritten(room.id, scope, pressed.starts_at), speech.words)
            )
        else:
            outcome = await apply(self._changing, room.id, pressed.scope, asker, change)
            keyboard = rows(undo_keys(outcome, speech.words))
            await say(changed(room, outcome, pressed.scope, speech), keyboard)

    async def _order(self, message: Message, said_at: datetime, group: Group) -> Order:
        """The command as it stands in the chat: a name and fields, or only one of the two."""
        scene = Scene(said_at, group.zone, group.language)
        command = command_of(message)
        fields = fields_of(argument_of(message))
        name, rest = (fields[0], fields[1:]) if fields else ("", [])
        if len(fields) == 1 and await self._is_field(command, name, group, scene):
            name, rest = "", fields
        return Order(command, name, tuple(rest), message, scene)

    async def _is_field(self, command: str, words: str, group: Group, scene: Scene) -> bool:
        """Whether words that stand alone say what is to be done, rather than with which talk."""
        if command == CHANGE:
            return labelled(words) is not None or read_setting(words) is not None
        if reads(read_when, words, scene) or reads(read_length, words, scene):
            return True
        try:
            return not await self._finder.called(group.chat, AHEAD, words)
        except NothingCalled:
            return True


def _settled(change: Change, pressed: AsWritten) -> Change:
    """The change with the moment that was chosen; raises `WishGone` when the words mean another by now."""
    if "when" not in change:
        return change
    return {**change, "when": settled(change["when"], pressed.starts_at)}
