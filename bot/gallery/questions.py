"""/questions, and the buttons under each: who minds a talk decides what the gallery's questions become."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.deep_links import address, room_in
from bot.features import Command, Feature, Link, TapHandler
from bot.floor.tapped import tapped
from bot.gallery.keys import Decide, Fate, ShowQuestions, listed_keys, question_keys
from bot.gallery.news import question_text
from bot.keyboards import key, link, rows
from bot.visits import Tap, Visit, about
from bot.words import Words, filled
from rooms.answering import Answering
from rooms.ids import RoomId
from rooms.planning import Planning
from rooms.questions import Question, QuestionId, QuestionState
from rooms.roles import Asker
from rooms.room import Room
from rooms.sounding import Sounding
from rooms.speaking import Speaking

QUESTIONS = "questions"
MOST_LISTED = 8


class GalleryQuestions(Feature):
    """The gallery's questions at work; every tap is checked anew."""

    def __init__(
        self, planning: Planning, answering: Answering, sounding: Sounding, speaking: Speaking
    ) -> None:
        self._planning = planning
        self._answering = answering
        self._sounding = sounding
        self._speaking = speaking

    @property
    def commands(self) -> Mapping[str, Command]:
        """/questions."""
        return {QUESTIONS: self.questions}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under a question, under the list, and under the news that one waits."""
        return {Decide: self.decide, ShowQuestions: self.show}

    @property
    def links(self) -> Mapping[str, Link]:
        """From the group into the private chat."""
        return {QUESTIONS: self.questions_in_private}

    async def questions(self, visit: Visit) -> None:
        """Lead who minds the talk that is on to its questions, which others do not see yet."""
        room = await self._speaking.on_in(visit.in_group().chat)
        await self._answering.open_ones(room.id, await visit.asker())
        words = visit.speech.words
        url = address(visit.bot.username, f"{QUESTIONS}-{room.id}")
        text = words.gettext("The questions for {title} are read in private.")
        await visit.reply(about(text, room), rows([link(words.gettext("❓ Read the questions"), url)]))

    async def questions_in_private(self, visit: Visit, rest: str) -> None:
        """The list."""
        room = await self._planning.look_up(room_in(rest))
        found = await self._answering.open_ones(room.id, await visit.asker_in(room.plan.chat))
        await visit.reply(*question_list(*found, visit.speech.words))

    async def show(self, tap: Tap, pressed: ShowQuestions) -> None:
        """Look again, or be led there."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        found = await self._answering.open_ones(room.id, asker)
        if not tap.is_private:
            await tap.lead(f"{QUESTIONS}-{room.id}")
            return
        await tap.change(*question_list(*found, tap.speech.words))
        await tap.answer()

    async def decide(self, tap: Tap, pressed: Decide) -> None:
        """Let it become of the question, and say so where the button was."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        if pressed.fate is Fate.ALOUD:
            await self._sounding.admit(room.id, asker)
        question = await self._fulfil(pressed, asker)
        words = tap.speech.words
        if pressed.is_listed:
            await tap.change(*question_list(*await self._answering.open_ones(room.id, asker), words))
        elif pressed.fate is Fate.DOWN:
            await tap.change(_turned_down(room, words))
        else:
            await tap.change(question_text(question, room, words), question_keys(question, room, words))
        if pressed.fate is Fate.ALOUD:
            await self._sounding.say(room.id, asker, question.text)
        await tap.answer()

    async def _fulfil(self, pressed: Decide, asker: Asker) -> Question:
        room, question = RoomId(pressed.room), QuestionId(pressed.question)
        match pressed.fate:
            case Fate.SHOW:
                return await self._answering.show(room, question, asker)
            case Fate.STAGE | Fate.ALOUD:
                return await self._answering.take_to_stage(room, question, asker)
            case Fate.DONE:
                return await self._answering.have_done(room, question, asker)
            case Fate.DOWN:
                return await self._answering.turn_down(room, question, asker)


def question_list(
    room: Room, questions: Sequence[Question], words: Words
) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """All about which something can be done, those that wait first, as far as a message holds them."""
    gettext = words.gettext
    again = [key(gettext("🔄 Look again"), ShowQuestions(room.id))]
    if not questions:
        text = gettext("No question from the gallery waits for {title}.")
        return about(text, room), rows(again)
    listed = list(enumerate(questions[:MOST_LISTED], start=1))
    lines = [about(gettext("Questions from the gallery for {title}:"), room)]
    lines += [_line(number, question, words) for number, question in listed]
    others = len(questions) - len(listed)
    if others:
        more = words.ngettext("… and {number} more", "… and {number} more", others)
        lines.append(Markup("<i>{}</i>").format(more.format(number=others)))
    return Markup("\n\n").join(lines), rows(
        *(listed_keys(question, number, room) for number, question in listed), again
    )


def _line(number: int, question: Question, words: Words) -> Markup:
    signs = {QuestionState.WAITING: "🆕", QuestionState.SHOWN: "✅", QuestionState.ON_STAGE: "🎙"}
    votes = words.ngettext("{number} vote", "{number} votes", question.votes).format(number=question.votes)
    pattern = Markup("<b>{}</b> {} {}")
    line = pattern.format(number, signs[question.state], question.text)
    return line if question.state is QuestionState.WAITING else line + Markup(" · {}").format(votes)


def _turned_down(room: Room, words: Words) -> Markup:
    text = words.gettext("✖ <b>{title}</b>: the question was turned down, and is kept nowhere.")
    return filled(text, title=room.plan.title)
