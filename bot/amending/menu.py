"""/change by buttons: which talk, what of it, and the new value; what must be written is asked in private."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import saying
from bot.amending.edits import apply, changed
from bot.amending.postponing import read_new_time
from bot.amending.scopes import Scope, asking_scope, is_to_be_asked
from bot.amending.undoing import undo_key
from bot.aspects import Aspect, Change, name_of, read_aspect
from bot.aspects.asking import choices_for, chosen, question_about
from bot.aspects.times import Scene
from bot.callbacks import button
from bot.dialogues import Dialogues, Question, stop_key, stopped
from bot.echoes import how_to_write
from bot.echoes import question as question_of_doubt
from bot.errors import ButtonUnknown, PictureWanted, WordsWanted
from bot.features import Feature, Link, Reply, TapHandler
from bot.finding import Finder, named
from bot.guided.guidance import picture_in
from bot.keyboards import column, key, link, rows
from bot.refusals import Speech
from bot.scheduling import option_label, pairs
from bot.times import Question as Doubtful
from bot.times import When
from bot.visits import Tap, Visit, about
from rooms.changing import Changing
from rooms.dialogues import Dialogue
from rooms.errors import NoSuchGroup, NoSuchRoom, WrongState
from rooms.group import Group
from rooms.ids import RoomId
from rooms.planning import Planning
from rooms.records import Store
from rooms.roles import Action, Asker
from rooms.room import AHEAD, Room

KIND = "change"
"""Dialogues, and deep links: "change-<room>_<scope>_<aspect>"."""

ASPECTS = tuple(one for one in Aspect if one is not Aspect.PEOPLE)
_ONLY_WRITTEN = (Aspect.TITLE, Aspect.WHEN)
_WRITTEN_TOO = (Aspect.TOPIC, Aspect.LENGTH, Aspect.DESCRIPTION, Aspect.SEATS, Aspect.LANGUAGE, Aspect.COVER)


@button("alter")
@dataclass(frozen=True, slots=True)
class Show:
    """Show what of this talk can be changed."""

    room: RoomId
    scope: Scope


@button("of")
@dataclass(frozen=True, slots=True)
class Open:
    """Show what this aspect of the talk can be."""

    room: RoomId
    scope: Scope
    aspect: Aspect


@button("be")
@dataclass(frozen=True, slots=True)
class Become:
    """Let this aspect of the talk be that."""

    room: RoomId
    scope: Scope
    aspect: Aspect
    value: str


@button("move")
@dataclass(frozen=True, slots=True)
class MoveTo:
    """Of the moments that may be meant, move the talk to this one."""

    room: RoomId
    scope: Scope
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A talk that somebody may change, how far that reaches, and how to speak about it."""

    room: Room
    scope: Scope
    group: Group
    asker: Asker
    speech: Speech


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
            await visit.reply(*_menu(room, Scope.ONE, visit.speech))
        else:
            url = _url(visit.bot.username, room, Scope.ONE, aspect)
            text = about(words.gettext("When shall {title} begin? I ask you in private."), room)
            await visit.reply(text, rows([link(words.gettext("Say when"), url)]))

    async def show(self, tap: Tap, pressed: Show) -> None:
        """What can be changed, once it is known how far that reaches."""
        case = await self._case(tap, pressed.room, pressed.scope)
        if is_to_be_asked(case.scope, case.room):
            await tap.change(
                *asking_scope(case.room, lambda scope: Show(case.room.id, scope), tap.speech.words)
            )
        else:
            await tap.change(*_menu(case.room, case.scope, case.speech))
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
        elif pressed.aspect in _ONLY_WRITTEN:
            await tap.lead(_payload(case.room, case.scope, pressed.aspect))
            return
        else:
            await tap.change(*_page(case, pressed.aspect, tap.bot.username))
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
        room_id, scope, aspect = _target(rest)
        room = await self._planning.look_up(room_id)
        case = await self._case_of(room, scope, await visit.asker_in(room.plan.chat), visit.speech)
        text = Markup("<b>{}</b>\n{}").format(room.plan.title, question_about(aspect, visit.speech.words))
        state = json.dumps([room.id, scope, aspect])
        await self._dialogues.begin(visit, room.plan.chat, KIND, state, _asked(case, aspect, text))

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
            await self._dialogues.go_on(visit, dialogue, dialogue.state, _doubted(case, doubt))
            return
        after = await apply(self._changing, room.id, case.scope, case.asker, change)
        await self._dialogues.end(visit, dialogue)
        await visit.reply(changed(room, after, case.scope, case.speech), _after(room, after, case))

    async def _change(self, tap: Tap, case: Case, change: Change) -> None:
        after = await apply(self._changing, case.room.id, case.scope, case.asker, change)
        said = changed(case.room, after, case.scope, case.speech)
        keyboard = _after(case.room, after, case)
        if tap.is_private:
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


def _menu(room: Room, scope: Scope, speech: Speech) -> tuple[str, InlineKeyboardMarkup | None]:
    text = about(speech.words.gettext("What shall be changed of {title}?"), room)
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    keys = [key(name_of(one, speech.words), Open(room.id, scope, one)) for one in ASPECTS]
    return text + Markup("\n{}").format(when), rows(*pairs(keys))


def _page(case: Case, aspect: Aspect, bot_username: str) -> tuple[str, InlineKeyboardMarkup | None]:
    """The question in the group: values to tap, the way to write one, and the way back."""
    words, room = case.speech.words, case.room
    text = Markup("<b>{}</b>\n{}").format(room.plan.title, question_about(aspect, words))
    ways = [key(words.gettext("← Back"), Show(room.id, case.scope))]
    if aspect in _WRITTEN_TOO:
        ways.append(link(words.gettext("✎ In private"), _url(bot_username, room, case.scope, aspect)))
    return text, rows(*pairs(_values(case, aspect)), ways)


def _values(case: Case, aspect: Aspect) -> list[Any]:
    choices = choices_for(aspect, case.group, case.speech.words)
    return [key(label, Become(case.room.id, case.scope, aspect, value)) for label, value in choices]


def _asked(case: Case, aspect: Aspect, text: str) -> Question:
    """The question in private."""
    return Question(text, rows(*pairs(_values(case, aspect)), [stop_key(case.speech.words)]))


def _doubted(case: Case, doubt: Doubtful) -> Question:
    words = case.speech.words
    keys = [
        key(option_label(one, case.speech), MoveTo(case.room.id, case.scope, one.instant))
        for one in doubt.options
    ]
    asking = question_of_doubt if keys else how_to_write
    return Question(asking(doubt.kind, words), rows(*([one] for one in keys), [stop_key(words)]))


def _after(before: Room, room: Room, case: Case) -> InlineKeyboardMarkup | None:
    """Under what was done: take it back, or change more."""
    words = case.speech.words
    more = key(words.gettext("✎ Change more"), Show(room.id, case.scope))
    return rows([undo_key(room.id, words), more] if before != room else [more])


def _said(visit: Visit, case: Case, aspect: Aspect) -> Change:
    """The new value in a message; raises what its reading raises."""
    message = visit.message
    if aspect is Aspect.COVER and (picture := picture_in(message)):
        return {"cover": picture}
    if aspect is Aspect.COVER:
        raise PictureWanted
    if not message.text:
        raise WordsWanted
    scene = Scene(visit.said_at, case.group.zone, case.speech.words.language)
    if aspect is Aspect.WHEN:
        return {"when": read_new_time(message.text, case.room.plan, scene)}
    return read_aspect(aspect, message.text, scene)


def _payload(room: Room, scope: Scope, aspect: Aspect) -> str:
    return f"{KIND}-{room.id}_{scope}_{aspect}"


def _url(bot_username: str, room: Room, scope: Scope, aspect: Aspect) -> str:
    return f"https://t.me/{bot_username}?start={_payload(room, scope, aspect)}"


def _target(rest: str) -> tuple[RoomId, Scope, Aspect]:
    """What a deep link names; raises `NoSuchRoom` for anything that we never wrote."""
    room, _, more = rest.partition("_")
    scope, _, aspect = more.partition("_")
    if not (room.isascii() and room.isdigit() and len(room) <= 18):
        raise NoSuchRoom
    try:
        target = RoomId(int(room)), Scope(scope), Aspect(aspect)
    except ValueError as error:
        raise NoSuchRoom from error
    if target[2] not in ASPECTS:
        raise NoSuchRoom
    return target
