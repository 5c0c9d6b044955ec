"""The guided dialogue: by a link from the group, one question after the other, in the private chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup
from telegram import Bot, Message

from bot import saying
from bot.aspects import Aspect, read_aspect
from bot.aspects.asking import chosen
from bot.aspects.messages import read_message
from bot.aspects.times import Scene
from bot.deep_links import place_in
from bot.dialogues import Dialogues, stopped
from bot.errors import ButtonUnknown, ButtonWanted, OnlyInGroups, PeopleWanted
from bot.features import Feature, Link, Reply, TapHandler
from bot.guided.on_record import from_json, to_json
from bot.guided.questions import DONE, OFF, Announce, Back, Keep, Pick, TurnTo, ask, mark_of
from bot.guided.sheet import Sheet, step_of
from bot.persons import contact_in, is_bot, mentions_in, recognized
from bot.refusals import Speech, sentence
from bot.scheduling import LINK
from bot.times import When
from bot.visits import Tap, Visit
from bot.wishes import Place
from bot.words import filled
from rooms.appointments import Invited
from rooms.dialogues import LIFE, Dialogue
from rooms.errors.people import BotInvited, HostInvited
from rooms.errors.refusal import Refusal
from rooms.errors.talks import TopicNotAllowed
from rooms.group import Group
from rooms.ids import ChatId
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.records import Store
from rooms.roles import Asker, Role
from rooms.room import Room

KIND = "plan"


@dataclass(frozen=True, slots=True)
class Session:
    """A dialogue that goes on: with whom, about which group, and what was said so far."""

    dialogue: Dialogue
    sheet: Sheet
    place: Place
    asker: Asker
    speech: Speech
    """The person's words and the group's zone."""


class Guidance(Feature):
    """Every answer is kept on record; rights are looked at again with each of them."""

    def __init__(self, planning: Planning, dialogues: Dialogues, store: Store, clock: Clock) -> None:
        self._planning = planning
        self._dialogues = dialogues
        self._store = store
        self._clock = clock

    @property
    def links(self) -> Mapping[str, Link]:
        """From /schedule in a group."""
        return {LINK: self.begin}

    @property
    def replies(self) -> Mapping[str, Reply]:
        """What is written."""
        return {KIND: self.answer}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """What is tapped."""
        return {
            Pick: self.pick,
            TurnTo: self.turn_to,
            Back: self.go_back,
            Keep: self.keep,
            Announce: self.announce,
        }

    async def begin(self, visit: Visit, rest: str) -> None:
        """Ask the first question; a dialogue about the same group that was not finished goes on."""
        chat, thread = place_in(rest)
        group = await self._group(chat)
        asker = await visit.asker_in(chat)
        await self._planning.admit(chat, asker)
        open_one = await self._dialogues.of(asker.person)
        is_same = open_one is not None and (open_one.kind, open_one.group) == (KIND, chat)
        sheet = Sheet(thread)
        if open_one is not None and is_same and self._clock.now() - open_one.changed_at < LIFE:
            sheet = replace(from_json(open_one.state), thread=thread)
            await self._dialogues.end(visit, open_one)
        place, speech = _place(group, sheet, asker), Speech(visit.speech.words, group.zone)
        asked = ask(sheet, place, speech, self._clock.now())
        await self._dialogues.begin(visit, chat, KIND, to_json(sheet), asked)

    async def answer(self, visit: Visit, dialogue: Dialogue) -> None:
        """Something was written or sent; what cannot be taken is refused, and the question stays."""
        if visit.is_cancel:
            await self._dialogues.end(visit, dialogue)
            await visit.reply(stopped(visit.speech.words))
            return
        asker = await visit.asker_in(dialogue.group)
        session = await self._session(dialogue, asker, visit.speech)
        if session.sheet.asks is Aspect.PEOPLE:
            named = [await recognized(self._store, one) for one in _people_in(visit.message)]
            sheet, problem = _named(session, named, visit.bot)
        else:
            scene = Scene(visit.said_at, session.speech.zone, session.speech.words.language)
            sheet, problem = self._answered(session, _read(session.sheet, visit.message, scene))
        asked = ask(sheet, session.place, session.speech, self._clock.now(), problem)
        await self._dialogues.go_on(visit, dialogue, to_json(sheet), asked)

    async def pick(self, tap: Tap, pressed: Pick) -> None:
        """An answer was tapped."""
        session = await self._tapped(tap, pressed.aspect)
        sheet = session.sheet
        if pressed.aspect is Aspect.PEOPLE:
            await self._turn(tap, session, _people_picked(sheet, pressed.value))
        elif sheet.doubt is not None:
            moment = _option(sheet, pressed.value)
            await self._turn(tap, session, *self._answered(session, sheet.with_change({"when": moment})))
        else:
            change = chosen(pressed.aspect, pressed.value, session.place.group)
            await self._turn(tap, session, *self._answered(session, sheet.with_change(change)))

    async def turn_to(self, tap: Tap, pressed: TurnTo) -> None:
        """Something is to be said anew."""
        session = await self._tapped(tap, None)
        await self._turn(tap, session, session.sheet.turned_to(pressed.aspect))

    async def go_back(self, tap: Tap, pressed: Back) -> None:
        """One step back."""
        session = await self._tapped(tap, pressed.aspect)
        await self._turn(tap, session, session.sheet.gone_back())

    async def keep(self, tap: Tap, pressed: Keep) -> None:
        """What was said before stands."""
        session = await self._tapped(tap, pressed.aspect)
        if pressed.aspect not in session.sheet.said:
            raise ButtonUnknown
        await self._turn(tap, session, *self._answered(session, session.sheet))

    async def announce(self, tap: Tap, _pressed: Announce) -> None:
        """Put the talk on the programme; what stands in the way is asked for again."""
        session = await self._tapped(tap, None)
        try:
            room = await self._on_programme(session)
        except Refusal as refusal:
            step = step_of(refusal)
            if step is None:
                raise
            sheet = session.sheet.turned_to(step)
            await self._turn(tap, session, sheet, sentence(refusal, session.speech))
            return
        await self._dialogues.conclude(tap, _announced(room, session))

    async def _on_programme(self, session: Session) -> Room:
        """Propose and confirm in one go; a draft that cannot be confirmed is not left behind."""
        wish, asker = session.sheet.wish, session.asker
        if not isinstance(wish.when, When):
            raise ButtonUnknown
        plan = wish.plan(session.place, wish.when.instant)
        draft = await self._planning.propose(plan, asker, recurrence=wish.recurrence, appointed=wish.people)
        try:
            return await self._planning.confirm(draft.id, asker)
        except Refusal:
            await self._planning.discard(draft.id, asker)
            raise

    def _answered(self, session: Session, sheet: Sheet) -> tuple[Sheet, str]:
        """The sheet a step further, if the answer settled the one before; and what is wrong with it."""
        if not sheet.is_settled:
            return sheet, ""
        topics = session.place.group.topics
        if sheet.asks is Aspect.TITLE and sheet.wish.topic is not None:
            try:
                topics.check(sheet.wish.topic)
            except TopicNotAllowed as refusal:
                sheet = sheet.with_change({"topic": None})
                sheet.check(session.place, self._clock.now())
                return sheet.gone_on().turned_to(Aspect.TOPIC), sentence(refusal, session.speech)
        sheet.check(session.place, self._clock.now())
        return sheet.gone_on(), ""

    async def _turn(self, tap: Tap, session: Session, sheet: Sheet, problem: str = "") -> None:
        asked = ask(sheet, session.place, session.speech, self._clock.now(), problem)
        await self._dialogues.turn_to(tap, session.dialogue, to_json(sheet), asked)
        await tap.answer()

    async def _tapped(self, tap: Tap, asked: Aspect | None) -> Session:
        """The dialogue whose last question asked for this; raises `ButtonUnknown` for any other button."""
        dialogue = await self._dialogues.of(tap.query.from_user.id)
        if dialogue is None or dialogue.kind != KIND or dialogue.message != tap.message_id:
            raise ButtonUnknown
        asker = await tap.asker_in(dialogue.group)
        session = await self._session(dialogue, asker, tap.speech)
        if session.sheet.asks is not asked:
            raise ButtonUnknown
        return session

    async def _session(self, dialogue: Dialogue, asker: Asker, speech: Speech) -> Session:
        await self._planning.admit(dialogue.group, asker)
        group = await self._group(dialogue.group)
        sheet = from_json(dialogue.state)
        place = _place(group, sheet, asker)
        return Session(dialogue, sheet, place, asker, Speech(speech.words, group.zone))

    async def _group(self, chat: ChatId) -> Group:
        async with self._store.reading() as records:
            group = await records.groups.find(chat)
        if group is None:
            raise OnlyInGroups
        return group


def _place(group: Group, sheet: Sheet, asker: Asker) -> Place:
    return Place(group, sheet.thread, asker.person, asker.name, asker.username)


def _named(session: Session, people: Sequence[Invited], bot: Bot) -> tuple[Sheet, str]:
    """The sheet with those whose part is to be asked for, and what is wrong with the others.

    Raises:
        HostInvited, BotInvited: nobody else is named.
        TooManyAppointments: they are too many.
    """
    bots = [one for one in people if is_bot(one, bot)]
    others = [one for one in people if one not in bots and not session.place.is_host(one)]
    refusal = BotInvited(", ".join(one.name for one in bots)) if bots else HostInvited(session.asker.name)
    if not others:
        raise refusal
    return session.sheet.naming(others), sentence(refusal, session.speech) if bots else ""


def _read(sheet: Sheet, message: Message, scene: Scene) -> Sheet:
    """The sheet with what a message says written down."""
    asked = sheet.asks
    if asked is None:
        raise ButtonWanted
    return sheet.with_change(read_message(asked, message, lambda words: read_aspect(asked, words, scene)))


def _people_in(message: Message) -> Sequence[Invited]:
    """Whom a message names; raises `PeopleWanted`."""
    contact = contact_in(message)
    people = (contact,) if contact else mentions_in(message, message.text or "").people
    if not people:
        raise PeopleWanted
    return people


def _people_picked(sheet: Sheet, value: str) -> Sheet:
    if sheet.pending and value in (Role.SPEAKER, Role.COHOST):
        return sheet.with_people(Role(value))
    if value == DONE and not sheet.pending:
        return sheet.gone_on()
    for _role, one in sheet.wish.people:
        if value == f"{OFF}{mark_of(one)}":
            return sheet.without_person(one)
    raise ButtonUnknown


def _option(sheet: Sheet, value: str) -> When:
    if sheet.doubt is None or not value.isdecimal() or int(value) >= len(sheet.doubt.options):
        raise ButtonUnknown
    return sheet.doubt.options[int(value)]


def _announced(room: Room, session: Session) -> Markup:
    words = session.speech.words
    text = words.gettext("✅ {title} is on the programme of {group}: {when}. I am announcing it there.")
    when: datetime = room.plan.starts_at
    return filled(
        text,
        title=Markup("<b>{}</b>").format(room.plan.title),
        group=session.place.group.title,
        when=saying.moment(when, session.speech.zone, words),
    )
