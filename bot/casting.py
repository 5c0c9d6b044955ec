"""/invite, /uninvite, /host: people are asked to take a part in a talk, or no more; a talk is handed over."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup, Message

from bot import saying
from bot.authority import is_there, member_of
from bot.callbacks import button
from bot.card_keys import answering as answering_keys
from bot.errors import FieldNotUnderstood, NobodyNamed, NotInGroup, WishGone
from bot.features import Command, Feature, TapHandler
from bot.finding import Finder, named
from bot.keyboards import column, key
from bot.persons import as_invited, is_bot, meant_by, mentions_in, named_in, numbered
from bot.refusals import Speech
from bot.visits import Say, Tap, Visit, argument_of, command_of
from bot.wishes import fields_of
from bot.words import Words, filled
from rooms.appointing import Appointing
from rooms.appointments import Invited
from rooms.errors.refusal import Refusal
from rooms.errors.talks import NothingToChange
from rooms.ids import ChatId, PersonId, RoomId
from rooms.planning import Planning
from rooms.records import Store
from rooms.roles import Action, Asker, Role
from rooms.room import AHEAD, ON_AIR, ON_STAGE, Room
from rooms.speaking import Speaking

INVITE, UNINVITE, HOST = "invite", "uninvite", "host"

_ROLES = {
    Role.COHOST: re.compile(r"co-?hosts?|co-?condutt(?:ore|rice|ori|rici)"),
    Role.SPEAKER: re.compile(r"speakers?|guests?|relat(?:ore|rice|ori|rici)|ospit[ei]"),
    Role.LISTENER: re.compile(r"listeners?|ascoltat(?:ore|rice|ori|rici)"),
}
_SMALL_WORDS = re.compile(r"(?:\b(?:as|to|come|a|an|un|una|and|e)\b|,|\s)*")


@button("part")
@dataclass(frozen=True, slots=True)
class In:
    """Do what the command above asks for in this talk.

    `person` is the author of the message that the command answers, where it mentions nobody: Telegram shows
    what the question answers, but not what that answers in its turn (Bot API, `reply_to_message`). Nobody is
    number 0.
    """

    room: RoomId
    person: PersonId


@dataclass(frozen=True, slots=True)
class Call:
    """A command about people: who is meant, for which part if one is named, in the talk of which name."""

    command: str
    people: tuple[Invited, ...]
    role: Role | None
    name: str

    @property
    def asked_for(self) -> Role:
        """The part that they are to take: a speaker's, where none is named."""
        return self.role or Role.SPEAKER


@dataclass(frozen=True, slots=True)
class Answering:
    """How a command is answered: anew, or in the place of a question."""

    bot: Bot
    speech: Speech
    say: Say


class Casting(Feature):
    """Who takes which part."""

    def __init__(
        self, planning: Planning, appointing: Appointing, speaking: Speaking, finder: Finder, store: Store
    ) -> None:
        self._planning = planning
        self._appointing = appointing
        self._speaking = speaking
        self._finder = finder
        self._store = store

    @property
    def commands(self) -> Mapping[str, Command]:
        """For who minds the talk."""
        return {INVITE: self.begin, UNINVITE: self.begin, HOST: self.begin}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under "which talk?"."""
        return {In: self.go_on}

    async def begin(self, visit: Visit) -> None:
        """Do it for the only talk there is, or the named one; of several, ask for which."""
        group = visit.in_group()
        asker = await visit.asker()
        call = read_call(visit.message)
        found = await self._finder.called(group.chat, AHEAD | ON_AIR, call.name)
        if not found:
            raise NothingToChange
        action = Action.HAND_OVER if call.command == HOST else Action.INVITE
        rooms = await self._finder.permitted(found, action, asker)
        if not call.people:
            raise NobodyNamed
        if len(rooms) > 1:
            person = _answered(visit, call)
            keys = [key(named(room, visit.speech), In(room.id, person)) for room in rooms]
            await visit.reply(visit.speech.words.gettext("Which talk do you mean?"), column(keys))
            return
        await self._do(call, rooms[0], asker, Answering(visit.bot, visit.speech, visit.reply))

    async def go_on(self, tap: Tap, pressed: In) -> None:
        """The talk was chosen."""
        asker = await tap.asker()
        command = tap.command
        if command is None or command_of(command) not in (INVITE, UNINVITE, HOST):
            raise WishGone
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        call = read_call(command)
        if not call.people:
            call = replace(call, people=(await named_in(tap.bot, room.plan.chat, pressed.person),))
        await self._do(call, room, asker, Answering(tap.bot, tap.speech, tap.change))
        await tap.answer()

    async def _do(self, call: Call, room: Room, asker: Asker, answering: Answering) -> None:
        words = answering.speech.words
        if call.command == HOST:
            to = await self._member(answering.bot, room.plan.chat, call.people[0])
            after = await self._appointing.hand_over(room.id, asker, to)
            await answering.say(handed_over(after, words), None)
            return
        done: list[Invited] = []
        try:
            for invited in _refused_last(call.people, room, asker, answering.bot):
                silenced = await self._ask(call, room, asker, invited)
                done.append(invited)
                for person in silenced:
                    await self._speaking.hush(room.id, person)
        except Refusal:  # of several, those who were asked hear of it, whatever is wrong with the next one
            if done:
                await answering.say(*_answer(room, replace(call, people=tuple(done)), answering.speech))
            raise
        await answering.say(*_answer(room, call, answering.speech))

    async def _ask(self, call: Call, room: Room, asker: Asker, invited: Invited) -> frozenset[PersonId]:
        """Ask somebody, or no more; gives who of a talk that is on is to be heard in its call no more."""
        if call.command == INVITE:
            await self._appointing.invite(room.id, asker, call.asked_for, invited)
            return frozenset()
        silenced = await self._appointing.withdraw(room.id, asker, call.role, invited)
        return silenced if room.state in ON_STAGE else frozenset()

    async def _member(self, bot: Bot, chat: ChatId, invited: Invited) -> Invited:
        """Who is meant, with their number, as Telegram names them in the group.

        Raises:
            PersonUnknown: only a user name is known, of somebody who never wrote to the bot.
            NotInGroup: they are not in the group, or are a bot.
        """
        person, _name = await numbered(self._store, invited)
        member = await member_of(bot, chat, person)
        if member is None or member.user.is_bot or not is_there(member):
            raise NotInGroup(invited.name)
        return as_invited(member.user)


def read_call(message: Message) -> Call:
    """Read "/invite Careers | @dora as co-host": in the talk of which name, who, for which part.

    The fields may stand in either order. Where nobody is mentioned, the author of the message that the
    command answers is meant.

    Raises:
        FieldNotUnderstood: there are words that are neither.
    """
    fields = fields_of(argument_of(message))
    if len(fields) > 2:
        raise FieldNotUnderstood(fields[2])
    about = _about_people(message, fields)
    name = " ".join(field for field in fields if field is not about)
    meant = meant_by(message, about)
    role, rest = _role_in(meant.rest)
    if not _SMALL_WORDS.fullmatch(rest):
        raise FieldNotUnderstood(meant.rest)
    return Call(command_of(message), meant.people, role, name)


def _about_people(message: Message, fields: Sequence[str]) -> str:
    """Which of the fields, if any, says who is meant: one with a mention, or else with nothing but a part."""
    mentions = {field: mentions_in(message, field) for field in fields}
    readable = [one for one in fields if _SMALL_WORDS.fullmatch(_role_in(mentions[one].rest)[1])]
    mentioning = [one for one in fields if mentions[one].people]
    both = [one for one in mentioning if one in readable]
    if both or mentioning or readable:
        return (both or mentioning or readable)[0]
    return fields[-1] if len(fields) > 1 else ""


def _answered(visit: Visit, call: Call) -> PersonId:
    """The author of the message that the command answers, where only that says who is meant."""
    mentioned = mentions_in(visit.message, argument_of(visit.message)).people
    (first, *_) = call.people
    return PersonId(0) if mentioned or first.person is None else first.person


def _refused_last(people: Iterable[Invited], room: Room, asker: Asker, bot: Bot) -> list[Invited]:
    """Those who are meant, so that a bot or the host among them is refused after the others were asked."""
    marked = [replace(one, is_bot=is_bot(one, bot)) for one in people]
    return sorted(marked, key=lambda one: one.is_bot or one.is_host(room.plan.host, asker))


def _role_in(words: str) -> tuple[Role | None, str]:
    """The part that is named, if one is, and the other words."""
    folded = words.casefold()
    for role, pattern in _ROLES.items():
        if pattern.search(folded):
            return role, pattern.sub(" ", folded)
    return None, folded


def _answer(room: Room, call: Call, speech: Speech) -> tuple[Markup, InlineKeyboardMarkup | None]:
    if call.command == UNINVITE:
        return asked_no_more(room, call, speech), None
    return asked(room, call, speech), answering_keys(room, speech.words)


def asked(room: Room, call: Call, speech: Speech) -> Markup:
    """Who was asked for what, and when: talks of a series have the same title."""
    gettext = speech.words.gettext
    texts = {
        Role.COHOST: gettext("{names}: will you mind {title} as a co-host?"),
        Role.SPEAKER: gettext("{names}: will you speak in {title}?"),
        Role.LISTENER: gettext("{names}: you are invited to {title}."),
    }
    return _told(texts[call.asked_for], room, call, speech)


def asked_no_more(room: Room, call: Call, speech: Speech) -> Markup:
    """Whose part, or the offer of it, was taken back."""
    gettext = speech.words.gettext
    texts = {
        None: gettext("{names}: you are not asked to take part in {title} any more."),
        Role.COHOST: gettext("{names}: you are not asked to mind {title} any more."),
        Role.SPEAKER: gettext("{names}: you are not asked to speak in {title} any more."),
        Role.LISTENER: gettext("{names}: you are not invited to {title} any more."),
    }
    return _told(texts[call.role], room, call, speech)


def handed_over(room: Room, words: Words) -> Markup:
    """Who minds the talk from now on."""
    text = words.gettext("{name} minds {title} from now on.")
    title = Markup("<b>{}</b>").format(room.plan.title)
    return filled(text, name=Markup("<b>{}</b>").format(room.plan.host_name), title=title)


def _told(text: str, room: Room, call: Call, speech: Speech) -> Markup:
    """A sentence to those who are meant, with the talk's title and its time."""
    names = Markup(", ").join(_mention(one) for one in call.people)
    said = filled(text, names=names, title=Markup("<b>{}</b>").format(room.plan.title))
    return said + Markup("\n{}").format(saying.moment(room.plan.starts_at, speech.zone, speech.words))


def _mention(one: Invited) -> Markup:
    """Their name so that Telegram tells them (Bot API, "HTML style")."""
    if one.username is not None:
        return Markup("@{}").format(one.username)
    return Markup('<a href="tg://user?id={}">{}</a>').format(one.person or 0, one.name)
