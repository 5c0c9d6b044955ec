"""What a host taps while a talk is on: more time, the call again, the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import InlineKeyboardMarkup

from bot import saying
from bot.callbacks import button
from bot.features import Feature, TapHandler
from bot.keyboards import key, rows
from bot.visits import Tap, about
from bot.words import Words, filled
from rooms.conducting import Conducting
from rooms.ids import RoomId
from rooms.planning import Planning
from rooms.prolonging import STEP, Prolonging
from rooms.room import Room
from rooms.watching import Watching


@button("more")
@dataclass(frozen=True, slots=True)
class MoreTime:
    """Give the talk so many minutes more."""

    room: RoomId
    minutes: int


@button("again")
@dataclass(frozen=True, slots=True)
class Reopen:
    """Somebody closed the call: open it again."""

    room: RoomId


@button("over")
@dataclass(frozen=True, slots=True)
class EndTalk:
    """The talk is over."""

    room: RoomId


def prolonging(room: Room, words: Words) -> InlineKeyboardMarkup | None:
    """Under the warning that a talk is about to end."""
    minutes = STEP // timedelta(minutes=1)
    text = words.gettext("⏳ {minutes} more minutes").format(minutes=minutes)
    return rows([key(text, MoreTime(room.id, minutes))])


def reopening(room: Room, words: Words) -> InlineKeyboardMarkup | None:
    """Under the news that somebody closed the call."""
    return rows(
        [key(words.gettext("🎙 Reopen the voice chat"), Reopen(room.id))],
        [key(words.gettext("End the talk"), EndTalk(room.id))],
    )


class GoingOn(Feature):
    """Keeps talks going, or lets them end."""

    def __init__(
        self, planning: Planning, prolonging: Prolonging, watching: Watching, conducting: Conducting
    ) -> None:
        self._planning = planning
        self._prolonging = prolonging
        self._watching = watching
        self._conducting = conducting

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the warning of the end, and under the news that the call was closed."""
        return {MoreTime: self.prolong, Reopen: self.reopen, EndTalk: self.end}

    async def prolong(self, tap: Tap, pressed: MoreTime) -> None:
        """Give the talk more time."""
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        asker = await tap.asker_in(room.plan.chat)
        room = await self._prolonging.extend(room.id, asker, timedelta(minutes=pressed.minutes))
        words = tap.speech.words
        hour = saying.hour(room.plan.ends_at, tap.speech.zone, words)
        text = words.gettext("⏳ <b>{title}</b> goes on until {hour}.")
        await tap.change(filled(text, title=room.plan.title, hour=hour))
        await tap.answer()

    async def reopen(self, tap: Tap, pressed: Reopen) -> None:
        """Have the call back."""
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        await self._watching.reopen(room.id, await tap.asker_in(room.plan.chat))
        text = tap.speech.words.gettext("🎙 {title} goes on: the voice chat opens again in a moment.")
        await tap.change(about(text, room))
        await tap.answer()

    async def end(self, tap: Tap, pressed: EndTalk) -> None:
        """End the talk before its time."""
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        room = await self._conducting.close(room.plan.chat, await tap.asker_in(room.plan.chat))
        await tap.change(about(tap.speech.words.gettext("{title} comes to its end."), room))
        await tap.answer()
