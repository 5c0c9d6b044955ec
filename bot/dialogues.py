"""Dialogues: what the bot asked somebody in private, kept on record so that a restart forgets nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram import InlineKeyboardMarkup

from bot.callbacks import button
from bot.features import Feature, TapHandler
from bot.keyboards import Key, key, rows
from bot.visits import Tap, Visit
from bot.words import Words
from rooms.dialogues import Dialogue
from rooms.ids import ChatId, PersonId
from rooms.ports import Clock
from rooms.records import Store


@button("stop")
@dataclass(frozen=True, slots=True)
class Stop:
    """End the dialogue; nothing comes of it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked next, and what may be tapped instead of writing."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None


class Dialogues(Feature):
    """One dialogue a person: a new one takes the place of the old one."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Cancel, under every question."""
        return {Stop: self.stop}

    async def begin(self, visit: Visit, group: ChatId, kind: str, state: str, asked: Question) -> None:
        """Ask the first question; whatever is written next in private answers it."""
        person = PersonId(visit.person.id)
        former = await self.of(person)
        if former is not None:
            await self._take_buttons_away(visit, former)
        message = await visit.say(asked.text, asked.keyboard)
        await self._save(Dialogue(person, group, kind, state, message, self._clock.now()))

    async def go_on(self, visit: Visit, dialogue: Dialogue, state: str, asked: Question) -> None:
        """Ask the next question below what was written, and take the buttons from the last one."""
        await self._take_buttons_away(visit, dialogue)
        message = await visit.say(asked.text, asked.keyboard)
        now = self._clock.now()
        await self._save(replace(dialogue, state=state, message=message, changed_at=now))

    async def turn_to(self, tap: Tap, dialogue: Dialogue, state: str, asked: Question) -> None:
        """Ask the next question in the place of the last one, whose button was pressed."""
        await tap.change(asked.text, asked.keyboard)
        await self._save(replace(dialogue, state=state, changed_at=self._clock.now()))

    async def end(self, visit: Visit, dialogue: Dialogue) -> None:
        """Nothing is asked any more."""
        await self._take_buttons_away(visit, dialogue)
        await self._forget(dialogue.person)

    async def of(self, person: int) -> Dialogue | None:
        """Somebody's dialogue."""
        async with self._store.reading() as records:
            return await records.dialogues.find(PersonId(person))

    async def stop(self, tap: Tap, _pressed: Stop) -> None:
        """End the dialogue by its button; the button of an earlier dialogue ends no later one."""
        dialogue = await self.of(tap.query.from_user.id)
        if dialogue is not None and dialogue.message in (None, tap.message_id):
            await self._forget(dialogue.person)
        await tap.change(stopped(tap.speech.words))
        await tap.answer()

    async def conclude(self, tap: Tap, said: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Nothing is asked any more: what came of it stands in the last question's place."""
        await self._forget(PersonId(tap.query.from_user.id))
        await tap.change(said, keyboard)
        await tap.answer()

    async def _take_buttons_away(self, visit: Visit, dialogue: Dialogue) -> None:
        if dialogue.message is not None:
            await visit.take_buttons_from(dialogue.message)

    async def _save(self, dialogue: Dialogue) -> None:
        async with self._store.writing() as records:
            await records.dialogues.save(dialogue)

    async def _forget(self, person: PersonId) -> None:
        async with self._store.writing() as records:
            await records.dialogues.end(person)


def stop_key(words: Words) -> Key:
    """The button that ends every dialogue."""
    return key(words.gettext("✖ Cancel"), Stop())


def question(text: str, words: Words) -> Question:
    """A question that is answered in writing."""
    return Question(text, rows([stop_key(words)]))


def stopped(words: Words) -> str:
    """Said once a dialogue was ended without anything coming of it."""
    return words.gettext("Left as it was: nothing has changed.")
