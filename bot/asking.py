"""Asking and reporting: from a card into the private chat, where the words are written."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.attending import room_of_link
from bot.card_keys import AskHost, Report
from bot.dialogues import Dialogues, question, stopped
from bot.errors import WordsMissing
from bot.features import Feature, Link, Reply, TapHandler
from bot.visits import Tap, Visit, about
from rooms.attending import Attending
from rooms.dialogues import Dialogue
from rooms.errors.people import QuestionMissing, QuestionTooLong, ReasonTooLong
from rooms.errors.refusal import Refusal
from rooms.ids import ChatId, PersonId
from rooms.planning import Planning
from rooms.room import Room

log = logging.getLogger(__name__)

ASK, REPORT = "ask", "report"

_MENDABLE = (QuestionMissing, QuestionTooLong, ReasonTooLong, WordsMissing)
"""Refusals after which the same can be written in other words."""


class Asking(Feature):
    """Questions to the host, passed on without a name; reports to the admins, with one."""

    def __init__(self, planning: Planning, attending: Attending, dialogues: Dialogues) -> None:
        self._planning = planning
        self._attending = attending
        self._dialogues = dialogues

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under a card."""
        return {AskHost: self.lead_to_ask, Report: self.lead_to_report}

    @property
    def links(self) -> Mapping[str, Link]:
        """Into the private chat."""
        return {ASK: self.begin_to_ask, REPORT: self.begin_to_report}

    @property
    def replies(self) -> Mapping[str, Reply]:
        """What was written there."""
        return {ASK: self.ask, REPORT: self.report}

    async def lead_to_ask(self, tap: Tap, button: AskHost) -> None:
        """Lead whoever wants to ask into the private chat."""
        room = tap.of_this_chat(await self._planning.look_up(button.room))
        await tap.lead(f"{ASK}-{room.id}")

    async def lead_to_report(self, tap: Tap, button: Report) -> None:
        """Lead whoever wants to report the talk into the private chat."""
        room = tap.of_this_chat(await self._planning.look_up(button.room))
        await tap.lead(f"{REPORT}-{room.id}")

    async def begin_to_ask(self, visit: Visit, rest: str) -> None:
        """Ask for the question."""
        named = await room_of_link(self._planning, rest)
        room = await self._attending.admit_question(named.id, await visit.asker_in(named.plan.chat))
        text = visit.speech.words.gettext(
            "❓ What would you like to ask the host of {title}? Write it here: I pass it on without your "
            "name."
        )
        await self._begin(visit, room, ASK, text)

    async def begin_to_report(self, visit: Visit, rest: str) -> None:
        """Ask what is wrong."""
        named = await room_of_link(self._planning, rest)
        room = await self._attending.admit_report(named.id, await visit.asker_in(named.plan.chat))
        text = visit.speech.words.gettext(
            "⚑ What is wrong with {title}? Write it here: the group's admins read it, with your name."
        )
        await self._begin(visit, room, REPORT, text)

    async def ask(self, visit: Visit, dialogue: Dialogue) -> None:
        """Pass the question on."""

        async def pass_on(room: Room) -> str:
            asker = await visit.asker_in(room.plan.chat)
            await self._attending.ask(room.id, asker, visit.message.text or "")
            return visit.speech.words.gettext("Passed on to the host, without your name.")

        await self._finish(visit, dialogue, pass_on)

    async def report(self, visit: Visit, dialogue: Dialogue) -> None:
        """Tell the admins."""

        async def pass_on(room: Room) -> str:
            asker = await visit.asker_in(room.plan.chat)
            admins = await _admins(visit, room.plan.chat)
            if not visit.message.text:
                raise WordsMissing
            is_new = await self._attending.report(room.id, asker, visit.message.text, admins)
            gettext = visit.speech.words.gettext
            return gettext("Thank you: the admins know.") if is_new else gettext("The admins know already.")

        await self._finish(visit, dialogue, pass_on)

    async def _begin(self, visit: Visit, room: Room, kind: str, text: str) -> None:
        asked = question(about(text, room), visit.speech.words)
        await self._dialogues.begin(visit, room.plan.chat, kind, str(room.id), asked)

    async def _finish(
        self, visit: Visit, dialogue: Dialogue, pass_on: Callable[[Room], Awaitable[str]]
    ) -> None:
        """What was written is passed on, and the dialogue ends; what is too long can be written again."""
        if visit.is_cancel:
            await self._dialogues.end(visit, dialogue)
            await visit.reply(stopped(visit.speech.words))
            return
        try:
            said = await pass_on(await room_of_link(self._planning, dialogue.state))
        except _MENDABLE:
            raise
        except Refusal:
            await self._dialogues.end(visit, dialogue)
            raise
        await self._dialogues.end(visit, dialogue)
        await visit.reply(said)


async def _admins(visit: Visit, chat: ChatId) -> list[PersonId]:
    """The people who administer a group, by `getChatAdministrators`; nobody where the bot cannot ask."""
    try:
        members = await visit.bot.get_chat_administrators(chat)
    except (BadRequest, Forbidden) as refusal:
        log.warning("chat %s: its admins are not known: %s", chat, refusal.message)
        return []
    bosses = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
    return [PersonId(one.user.id) for one in members if one.status in bosses and not one.user.is_bot]
