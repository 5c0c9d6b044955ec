"""/change by buttons: which talk, what of it, and the new value; what must be written is asked in private."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.amending.edits import apply, changed
from bot.amending.pages import (
    ASPECTS,
    KIND,
    ONLY_WRITTEN,
    Become,
    Case,
    MoveTo,
    Open,
    Show,
    after,
    asked,
    doubted,
    link_to,
    menu,
    page,
    payload,
    target,
)
from bot.amending.postponing import read_new_time
from bot.amending.scopes import Scope, asking_scope, is_to_be_asked
from bot.aspects import Aspect, Change, read_aspect
from bot.aspects.asking import chosen, question_about
from bot.aspects.messages import read_message
from bot.aspects.times import Scene
from bot.dialogues import Dialogues, stopped
from bot.errors import ButtonUnknown
from bot.features import Feature, Link, Reply, TapHandler
from bot.finding import Finder, named
from bot.keyboards import column, key, link, rows
from bot.refusals import Speech
from bot.times import Question as Doubtful
from bot.times import When
from bot.visits import Tap, Visit, about
from rooms.changing import Changing
from rooms.dialogues import Dialogue
from rooms.errors.groups import NoSuchGroup
from rooms.errors.talks import WrongState
from rooms.ids import RoomId
from rooms.planning import Planning
from rooms.records import Store
from rooms.roles import Action, Asker
from rooms.room import AHEAD, Room


class Menu(Feature):
    """Every button looks at the rights again."""

    def __init__(
        self, planning: Planning, changing: Changing, finder: Finder, dialogues: Dialogues, store: Store
    ) -> None:
        self._planning = planning
        self._changing = changing
        self._finder = finder
        self._dialogues = dialogues
        self._store = store

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """In the group and in private."""
        return {Show: self.show, Open: self.open, Become: self.become, MoveTo: self.move}

    @property
    def links(self) -> Mapping[str, Link]:
        """From the group into the private chat."""
        return {KIND: self.begin}

    @property
    def replies(self) -> Mapping[str, Reply]:
        """What is written there."""
        return {KIND: self.answer}

    async def offer(self, visit: Visit, rooms: Sequence[Room], aspect: Aspect | None) -> None:
        """Ask which talk, and what of it; with an aspect only that is changed."""

        def pressed(room: Room, scope: Scope) -> object:
            return Show(room.id, scope) if aspect is None else Open(room.id, scope, aspect)

        words = visit.speech.words
        if len(rooms) > 1:
            keys = [key(named(room, visit.speech), pressed(room, Scope.UNASKED)) for room in rooms]
            await visit.reply(words.gettext("Which talk do you mean?"), column(keys))
            return
        (room,) = rooms
        if is_to_be_asked(Scope.UNASKED, room):
            await visit.reply(*asking_scope(room, lambda scope: pressed(room, scope), words))
        elif aspect is None:
            await visit.reply(*menu(room, Scope.ONE, visit.speech))
        else:
            address = link_to(visit.bot.username, room, Scope.ONE, aspect)
            text = about(words.gettext("When shall {title} begin? I ask you in private."), room)
            await visit.reply(text, rows([link(words.gettext("Say when"), address)]))

    async def show(self, tap: Tap, pressed: Show) -> None:
        """What can be changed, once it is known how far that reaches."""
        case = await self._case(tap, pressed.room, pressed.scope)
        if is_to_be_asked(case.scope, case.room):
            await tap.change(
                *asking_scope(case.room, lambda scope: Show(case.room.id, scope), tap.speech.words)
            )
        else:
            await tap.change(*menu(case.room, case.scope, case.speech))
        await tap.answer()

    async def open(self, tap: Tap, pressed: Open) -> None:
        """What an aspect can be; what can only be written is asked in private."""
        case = await self._case(tap, pressed.room, pressed.scope)
        if is_to_be_asked(case.scope, case.room):
            await tap.change(
                *asking_scope(
                    case.room, lambda scope: Open(case.room.id, scope, pressed.aspect), tap.speech.words
                )
            )
        elif pressed.aspect in ONLY_WRITTEN:
            await tap.lead(payload(case.room, case.scope, pressed.aspect))
            return
        else:
            await tap.change(*page(case, pressed.aspect, tap.bot.username))
        await tap.answer()

    async def become(self, tap: Tap, pressed: Become) -> None:
        """A value was tapped."""
        case = await self._case(tap, pressed.room, pressed.scope)
        if pressed.aspect not in ASPECTS:
            raise ButtonUnknown
        await self._change(tap, case, chosen(pressed.aspect, pressed.value, case.group))

    async def move(self, tap: Tap, pressed: MoveTo) -> None:
        """A moment was tapped."""
        case = await self._case(tap, pressed.room, pressed.scope)
        await self._change(tap, case, {"when": When(pressed.starts_at, case.group.zone)})

    async def begin(self, visit: Visit, rest: str) -> None:
        """Ask for the new value."""
        room_id, scope, aspect = target(rest)
        room = await self._planning.look_up(room_id)
        case = await self._case_of(room, scope, await visit.asker_in(room.plan.chat), visit.speech)
        text = Markup("<b>{}</b>\n{}").format(
            room.plan.title, question_about(aspect, case.group, visit.speech.words)
        )
        state = json.dumps([room.id, scope, aspect])
        await self._dialogues.begin(visit, room.plan.chat, KIND, state, asked(case, aspect, text))

    async def answer(self, visit: Visit, dialogue: Dialogue) -> None:
        """The new value was written or sent."""
        if visit.is_cancel:
            await self._dialogues.end(visit, dialogue)
            await visit.reply(stopped(visit.speech.words))
            return
        room_id, scope, aspect = json.loads(dialogue.state)
        room = await self._planning.look_up(RoomId(room_id))
        case = await self._case_of(room, Scope(scope), await visit.asker_in(room.plan.chat), visit.speech)
        change = _said(visit, case, Aspect(aspect))
        doubt = change.get("when")
        if isinstance(doubt, Doubtful):
            await self._dialogues.go_on(visit, dialogue, dialogue.state, doubted(case, doubt))
            return
        outcome = await apply(self._changing, room.id, case.scope, case.asker, change)
        await self._dialogues.end(visit, dialogue)
        await visit.reply(changed(room, outcome, case.scope, case.speech), after(outcome, case))

    async def _change(self, tap: Tap, case: Case, change: Change) -> None:
        outcome = await apply(self._changing, case.room.id, case.scope, case.asker, change)
        said = changed(case.room, outcome, case.scope, case.speech)
        keyboard = after(outcome, case)
        dialogue = await self._dialogues.of(tap.query.from_user.id)
        if tap.is_private and dialogue is not None and dialogue.message == tap.message_id:
            await self._dialogues.conclude(tap, said, keyboard)
            return
        await tap.change(said, keyboard)
        await tap.answer()

    async def _case(self, tap: Tap, room_id: RoomId, scope: Scope) -> Case:
        room = tap.of_this_chat(await self._planning.look_up(room_id))
        return await self._case_of(room, scope, await tap.asker_in(room.plan.chat), tap.speech)

    async def _case_of(self, room: Room, scope: Scope, asker: Asker, speech: Speech) -> Case:
        """Raises what keeps the asker from changing the talk, or anybody."""
        await self._finder.admit(room, Action.CHANGE, asker)
        if room.state not in AHEAD:
            raise WrongState(room.state, "be changed")
        async with self._store.reading() as records:
            group = await records.groups.find(room.plan.chat)
        if group is None:
            raise NoSuchGroup
        return Case(room, scope, group, asker, Speech(speech.words, group.zone))


def _said(visit: Visit, case: Case, aspect: Aspect) -> Change:
    """The new value in a message; raises what its reading raises."""
    scene = Scene(visit.said_at, case.group.zone, case.speech.words.language)

    def read(words: str) -> Change:
        if aspect is Aspect.WHEN:
            return {"when": read_new_time(words, case.room.plan, scene)}
        return read_aspect(aspect, words, scene)

    return read_message(aspect, visit.message, read)
