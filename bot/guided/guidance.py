"""The guided dialogue: by a link from the group, one question after the other, in the private chat."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot import saying
from bot.aspects import Aspect
from bot.aspects.asking import chosen
from bot.aspects.times import Scene
from bot.deep_links import place_in
from bot.dialogues import Dialogues, Question, stopped
from bot.errors import ButtonUnknown, ChoiceWanted, OnlyInGroups
from bot.features import Feature, Link, Reply, TapHandler
from bot.guided.answers import name_people, option, people_in, people_picked, read_answer
from bot.guided.on_record import from_json, to_json
from bot.guided.questions import Anew, Announce, Back, Keep, Pick, Resume, TurnTo, ask, which
from bot.guided.sheet import Sheet, step_of
from bot.persons import recognized
from bot.refusals import Speech, sentence
from bot.scheduling import LINK
from bot.times import When
from bot.visits import Tap, Visit
from bot.wishes import Place
from bot.words import Words, filled
from rooms.dialogues import LIFE, Dialogue
from rooms.errors.refusal import Refusal
from rooms.errors.talks import TopicNotAllowed
from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.records import Store
from rooms.roles import Asker
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
            Resume: self.resume,
            Anew: self.begin_anew,
        }

    async def begin(self, visit: Visit, rest: str) -> None:
        """Ask the first question; a dialogue about the same group that was not finished goes on.

        Where one about another group has answers, ask first which of the two goes on.
        """
        chat, thread = place_in(rest)
        group = await self._group(chat)
        asker = await visit.asker_in(chat)
        await self._planning.admit(chat, asker)
        words = visit.speech.words
        under_way = await self._under_way(asker.person)
        former = from_json(under_way.state) if under_way is not None else Sheet()
        if under_way is not None and under_way.group == chat:
            sheet = replace(former, thread=thread, is_paused=False)
            asked = self._question(sheet, group, asker, words)
            await self._dialogues.go_on(visit, under_way, to_json(sheet), asked)
        elif under_way is not None and former.is_begun:
            asked = which(former, await self._group(under_way.group), group, thread, words)
            await self._dialogues.go_on(visit, under_way, to_json(replace(former, is_paused=True)), asked)
        else:
            sheet = Sheet(thread)
            asked = self._question(sheet, group, asker, words)
            await self._dialogues.begin(visit, chat, KIND, to_json(sheet), asked)

    async def answer(self, visit: Visit, dialogue: Dialogue) -> None:
        """Something was written or sent; what cannot be taken is refused, and the question stays."""
        if visit.is_cancel:
            await self._dialogues.end(visit, dialogue)
            await visit.reply(stopped(visit.speech.words))
            return
        asker = await visit.asker_in(dialogue.group)
        session = await self._session(dialogue, asker, visit.speech)
        if session.sheet.is_paused:
            raise ChoiceWanted
        if session.sheet.asks is Aspect.PEOPLE:
            people = [await recognized(self._store, one) for one in people_in(visit.message)]
            sheet, left_out = name_people(session.sheet, people, session.place, visit.bot)
            problem = sentence(left_out, session.speech) if left_out is not None else ""
        else:
            scene = Scene(visit.said_at, session.speech.zone, session.speech.words.language)
            sheet, problem = self._answered(session, read_answer(session.sheet, visit.message, scene))
        asked = ask(sheet, session.place, session.speech, self._clock.now(), problem)
        await self._dialogues.go_on(visit, dialogue, to_json(sheet), asked)

    async def pick(self, tap: Tap, pressed: Pick) -> None:
        """An answer was tapped."""
        session = await self._tapped(tap, pressed.aspect)
        sheet = session.sheet
        if pressed.aspect is Aspect.PEOPLE:
            await self._turn(tap, session, people_picked(sheet, pressed.value))
        elif sheet.doubt is not None:
            moment = option(sheet, pressed.value)
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

    async def resume(self, tap: Tap, _pressed: Resume) -> None:
        """The talk that was planned already goes on, from its last question."""
        dialogue = await self._shown(tap, is_paused=True)
        session = await self._session(dialogue, await tap.asker_in(dialogue.group), tap.speech)
        await self._turn(tap, session, replace(session.sheet, is_paused=False))

    async def begin_anew(self, tap: Tap, pressed: Anew) -> None:
        """That talk is dropped for one in another group, whose first question is asked."""
        dialogue = await self._shown(tap, is_paused=True)
        group = await self._group(pressed.group)
        asker = await tap.asker_in(group.chat)
        await self._planning.admit(group.chat, asker)
        sheet = Sheet(pressed.thread or None)
        asked = self._question(sheet, group, asker, tap.speech.words)
        await self._dialogues.turn_to(tap, replace(dialogue, group=group.chat), to_json(sheet), asked)
        await tap.answer()

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
        dialogue = await self._shown(tap, is_paused=False)
        asker = await tap.asker_in(dialogue.group)
        session = await self._session(dialogue, asker, tap.speech)
        if session.sheet.asks is not asked:
            raise ButtonUnknown
        return session

    async def _shown(self, tap: Tap, *, is_paused: bool) -> Dialogue:
        """The dialogue that the message shows; raises `ButtonUnknown` for any other button."""
        dialogue = await self._dialogues.of(tap.query.from_user.id)
        if dialogue is None or dialogue.kind != KIND or dialogue.message != tap.message_id:
            raise ButtonUnknown
        if from_json(dialogue.state).is_paused is not is_paused:
            raise ButtonUnknown
        return dialogue

    async def _under_way(self, person: PersonId) -> Dialogue | None:
        """The guided dialogue that somebody has not finished, unless it is too old."""
        dialogue = await self._dialogues.of(person)
        if dialogue is None or dialogue.kind != KIND:
            return None
        return dialogue if self._clock.now() - dialogue.changed_at < LIFE else None

    def _question(self, sheet: Sheet, group: Group, asker: Asker, words: Words) -> Question:
        """What a sheet asks for."""
        return ask(sheet, _place(group, sheet, asker), Speech(words, group.zone), self._clock.now())

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
