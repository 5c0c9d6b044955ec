"""/consent: whether somebody's voice is kept by itself, in recordings at all, or only among the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.callbacks import button
from bot.errors import ButtonUnknown
from bot.features import Command, Feature, TapHandler
from bot.keyboards import key, rows
from bot.recording.news import AnswerForVoice, question, voice_keys
from bot.visits import Tap, Visit
from bot.words import Words, filled
from rooms.consenting import Consenting
from rooms.ids import ChatId, PersonId

MOST = 10
"""Groups that are shown at most."""


@button("voice?")
@dataclass(frozen=True, slots=True)
class AskStanding:
    """What did I answer?"""


class Consent(Feature):
    """Asks, shows and changes; every button answers for whoever presses it, wherever it stands."""

    def __init__(self, consenting: Consenting) -> None:
        self._consenting = consenting

    @property
    def commands(self) -> Mapping[str, Command]:
        """/consent."""
        return {"consent": self.consent}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the question."""
        return {AnswerForVoice: self.answer, AskStanding: self.show}

    async def consent(self, visit: Visit) -> None:
        """In a group the question, without telling anybody's answer; in private one's answers."""
        words = visit.speech.words
        if visit.group is not None:
            asking = key(words.gettext("What did I answer?"), AskStanding())
            keyboard = rows(voice_keys(visit.group.chat, words), [asking])
            await visit.reply(question(words), keyboard)
            return
        given = await self._consenting.given(PersonId(visit.person.id))
        if not given:
            await visit.reply(
                words.gettext(
                    "You have not been asked for your voice. Write /consent in a group to answer before you "
                    "are."
                )
            )
        for consent, title in given[:MOST]:
            await visit.reply(standing(consent.agrees, title, words), rows(voice_keys(consent.chat, words)))

    async def answer(self, tap: Tap, pressed: AnswerForVoice) -> None:
        """Somebody answers for their own voice."""
        if not tap.is_private and pressed.chat != tap.chat.id:
            raise ButtonUnknown
        user, words = tap.query.from_user, tap.speech.words
        person = PersonId(user.id)
        await self._consenting.answer(pressed.chat, person, user.full_name, agrees=pressed.agrees)
        if tap.is_private:
            title = await self._title(pressed.chat, person)
            keyboard = rows(voice_keys(pressed.chat, words))
            await tap.change(standing(pressed.agrees, title, words), keyboard)
        await tap.answer(_done(words, agrees=pressed.agrees), is_alert=not tap.is_private)

    async def show(self, tap: Tap, _pressed: AskStanding) -> None:
        """Tell the person alone."""
        chat = ChatId(tap.in_group().chat)
        agrees = await self._consenting.standing(chat, PersonId(tap.query.from_user.id))
        await tap.answer(_state(agrees, tap.speech.words), is_alert=True)

    async def _title(self, chat: ChatId, person: PersonId) -> str:
        given = await self._consenting.given(person)
        return next((title for consent, title in given if consent.chat == chat), "")


def standing(agrees: bool | None, title: str, words: Words) -> Markup:
    """What holds in a group."""
    text = words.gettext("🎙 Your voice in the talks of <b>{group}</b>: {state}")
    return filled(text, group=title, state=_state(agrees, words))


def _state(agrees: bool | None, words: Words) -> str:
    gettext = words.gettext
    if agrees is None:
        return gettext("You have not answered: you are in the common recording, and nowhere else.")
    if agrees:
        return gettext("There is a track with you alone beside each recording.")
    return gettext("You are left out of every recording.")


def _done(words: Words, *, agrees: bool) -> str:
    if agrees:
        return words.gettext("Thank you: from now on there is a track with you alone.")
    return words.gettext(
        "You are left out from now on. Recordings with you are being made anew without your voice; that "
        "takes a few minutes."
    )
