"""What /change shows: the aspects of a talk, what each can be, and what was done."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import saying
from bot.amending.scopes import Scope
from bot.amending.undoing import undo_keys
from bot.aspects import Aspect, name_of
from bot.aspects.asking import choices_for, question_about
from bot.callbacks import button
from bot.choices import asking_when
from bot.deep_links import address, room_in
from bot.dialogues import Question, stop_key
from bot.keyboards import Key, key, link, rows
from bot.refusals import Speech
from bot.scheduling import pairs
from bot.times import Question as Doubtful
from bot.visits import about
from rooms.changing import Outcome
from rooms.errors.talks import NoSuchRoom
from rooms.group import Group
from rooms.ids import RoomId
from rooms.roles import Asker
from rooms.room import Room

KIND = "change"
"""Dialogues, and deep links: "change-<room>_<scope>_<aspect>"."""

ASPECTS = tuple(one for one in Aspect if one is not Aspect.PEOPLE)
ONLY_WRITTEN = (Aspect.TITLE, Aspect.WHEN)
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


def menu(room: Room, scope: Scope, speech: Speech) -> tuple[str, InlineKeyboardMarkup | None]:
    """The aspects that can be changed, two in a row."""
    text = about(speech.words.gettext("What shall be changed of {title}?"), room)
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    keys = [key(name_of(one, speech.words), Open(room.id, scope, one)) for one in ASPECTS]
    return text + Markup("\n{}").format(when), rows(*pairs(keys))


def page(case: Case, aspect: Aspect, bot_username: str) -> tuple[str, InlineKeyboardMarkup | None]:
    """The question in the group: values to tap, the way to write one, and the way back."""
    words, room = case.speech.words, case.room
    text = Markup("<b>{}</b>\n{}").format(room.plan.title, question_about(aspect, case.group, words))
    ways = [key(words.gettext("← Back"), Show(room.id, case.scope))]
    if aspect in _WRITTEN_TOO:
        ways.append(link(words.gettext("✎ In private"), link_to(bot_username, room, case.scope, aspect)))
    return text, rows(*pairs(_values(case, aspect)), ways)


def _values(case: Case, aspect: Aspect) -> list[Key]:
    choices = choices_for(aspect, case.group, case.speech.words)
    return [key(label, Become(case.room.id, case.scope, aspect, value)) for label, value in choices]


def asked(case: Case, aspect: Aspect, text: str) -> Question:
    """The question in private."""
    return Question(text, rows(*pairs(_values(case, aspect)), [stop_key(case.speech.words)]))


def doubted(case: Case, doubt: Doubtful) -> Question:
    """Which of several moments is meant, or how to write one."""

    def chosen(moment: datetime) -> MoveTo:
        return MoveTo(case.room.id, case.scope, moment)

    return Question(*asking_when(doubt, case.speech, chosen, [stop_key(case.speech.words)]))


def after(outcome: Outcome, case: Case) -> InlineKeyboardMarkup | None:
    """Under what was done: take it back, where that can be, or change more."""
    words = case.speech.words
    more = key(words.gettext("✎ Change more"), Show(outcome.room.id, case.scope))
    return rows([*undo_keys(outcome, words), more])


def payload(room: Room, scope: Scope, aspect: Aspect) -> str:
    """The deep link's part after "start=", up to 64 characters."""
    return f"{KIND}-{room.id}_{scope}_{aspect}"


def link_to(bot_username: str, room: Room, scope: Scope, aspect: Aspect) -> str:
    """The address that leads into the private chat, where this aspect is asked for."""
    return address(bot_username, payload(room, scope, aspect))


def target(rest: str) -> tuple[RoomId, Scope, Aspect]:
    """What a deep link names; raises `NoSuchRoom` for anything that we never wrote."""
    room, _, more = rest.partition("_")
    scope, _, aspect = more.partition("_")
    try:
        target = room_in(room), Scope(scope), Aspect(aspect)
    except ValueError as error:
        raise NoSuchRoom from error
    if target[2] not in ASPECTS:
        raise NoSuchRoom
    return target
