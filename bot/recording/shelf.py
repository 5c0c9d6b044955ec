"""/recordings: what is kept of a group's talks, how long, and a way to delete it before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import saying
from bot.authority import demand_admin
from bot.callbacks import button
from bot.features import Command, Feature, TapHandler
from bot.fitting import fitting
from bot.keyboards import column, key, rows
from bot.refusals import Speech
from bot.visits import Tap, Visit, about
from bot.words import Words
from rooms.ids import RoomId
from rooms.keeping import Keeping, Kept
from rooms.planning import Planning
from rooms.roles import Action


@button("unrec")
@dataclass(frozen=True, slots=True)
class DeleteRecording:
    """Delete what is kept of this talk; asked first whether that is meant."""

    room: RoomId
    is_sure: bool


@button("shelf")
@dataclass(frozen=True, slots=True)
class ShowShelf:
    """Back to the list."""


class Shelf(Feature):
    """The recordings of a group."""

    def __init__(self, planning: Planning, keeping: Keeping) -> None:
        self._planning = planning
        self._keeping = keeping

    @property
    def commands(self) -> Mapping[str, Command]:
        """/recordings."""
        return {"recordings": self.recordings}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the list."""
        return {DeleteRecording: self.delete, ShowShelf: self.show}

    async def recordings(self, visit: Visit) -> None:
        """List them; admins get a button for each."""
        group = visit.in_group()
        kept = await self._keeping.kept(group.chat)
        asker = await visit.asker()
        keyboard = deleting(kept, visit.speech) if asker.is_admin else None
        await visit.reply(shelf(kept, visit.speech), keyboard)

    async def show(self, tap: Tap, _pressed: ShowShelf) -> None:
        """Back from the question."""
        group = tap.in_group()
        demand_admin(await tap.asker(), Action.SET_UP)
        kept = await self._keeping.kept(group.chat)
        await tap.change(shelf(kept, tap.speech), deleting(kept, tap.speech))
        await tap.answer()

    async def delete(self, tap: Tap, pressed: DeleteRecording) -> None:
        """Ask, then have it deleted."""
        asker, words = await tap.asker(), tap.speech.words
        demand_admin(asker, Action.SET_UP)
        room = tap.of_this_chat(await self._planning.look_up(pressed.room))
        if pressed.is_sure:
            await self._keeping.delete(room.id, asker)
            await tap.change(about(words.gettext("🗑 The recording of {title} is being deleted."), room))
        else:
            text = words.gettext(
                "Delete the recording of {title} now, with everybody's tracks, and its replay and clips in "
                "this chat? Nobody can bring it back."
            )
            await tap.change(about(text, room), _sure(room.id, words))
        await tap.answer()


def shelf(kept: Sequence[Kept], speech: Speech) -> Markup:
    """The list: title, date, length, and until when it is kept."""
    words = speech.words
    if not kept:
        return Markup("{}").format(words.gettext("No recording is kept."))
    heading = Markup("<b>{}</b>").format(words.gettext("Recordings"))
    shown = fitting(_entry(one, speech) for one in kept)
    if len(shown) < len(kept):
        number = len(kept) - len(shown)
        text = words.ngettext("… and {number} older one", "… and {number} older ones", number)
        shown = [*shown, Markup("{}").format(text.format(number=number))]
    return Markup("\n\n").join([heading, *shown])


def deleting(kept: Sequence[Kept], speech: Speech) -> InlineKeyboardMarkup | None:
    """A button for each of the latest."""
    return column(
        key(
            f"🗑 {_short(one.room.plan.title)}, "
            f"{saying.short_day(one.room.plan.starts_at, speech.zone, speech.words)}",
            DeleteRecording(one.room.id, is_sure=False),
        )
        for one in kept
    )


def _entry(kept: Kept, speech: Speech) -> Markup:
    words, recording = speech.words, kept.recording
    when = saying.date_and_hour(kept.room.plan.starts_at, speech.zone, words)
    length = saying.length(recording.duration, words)
    if recording.erase_at is None:
        until = words.gettext("kept until an admin deletes it")
    else:
        until = words.gettext("kept until {when}").format(
            when=saying.date_and_hour(recording.erase_at, speech.zone, words)
        )
    lines = Markup("<b>{}</b>\n{} · {}\n<i>{}</i>")
    return lines.format(kept.room.plan.title, when, length, until)


def _sure(room: RoomId, words: Words) -> InlineKeyboardMarkup | None:
    return rows(
        [key(words.gettext("Yes, delete it"), DeleteRecording(room, is_sure=True))],
        [key(words.gettext("← Back"), ShowShelf())],
    )


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"
