"""/gallery, and the button on card and board: an admin closes the gallery at once, and opens it again."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.features import Command, Feature, TapHandler
from bot.finding import Finder
from bot.floor.tapped import tapped
from bot.gallery.keys import OpenGallery, ShutGallery, door_key
from bot.gallery.news import door_text
from bot.keyboards import rows
from bot.visits import Tap, Visit
from bot.words import Words
from rooms.errors.floor import NoTalkOn
from rooms.ids import ChatId
from rooms.planning import Planning
from rooms.room import ON_AIR, UNFINISHED, Room
from rooms.shutting import Shutting

_CLOSING = ("close", "shut", "chiudi")
_OPENING = ("open", "reopen", "apri", "riapri")


class GalleryDoor(Feature):
    """Shuts and opens."""

    def __init__(self, planning: Planning, shutting: Shutting, finder: Finder) -> None:
        self._planning = planning
        self._shutting = shutting
        self._finder = finder

    @property
    def commands(self) -> Mapping[str, Command]:
        """/gallery."""
        return {"gallery": self.gallery}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """On cards and boards, and under the news of it."""
        return {ShutGallery: self.shut, OpenGallery: self.reopen}

    async def gallery(self, visit: Visit) -> None:
        """Say whether it is open, with the button; after "close" or "open", do it."""
        wish, _, name = visit.argument.partition(" ")
        wish = wish.casefold()
        is_wish = wish in _CLOSING or wish in _OPENING
        room = await self._meant(visit.in_group().chat, name if is_wish else visit.argument)
        if wish in _CLOSING:
            room = await self._shutting.close(room.id, await visit.asker())
        elif wish in _OPENING:
            room = await self._shutting.open(room.id, await visit.asker())
        await visit.reply(*door_page(room, visit.speech.words))

    async def shut(self, tap: Tap, pressed: ShutGallery) -> None:
        """Close it; card and board say so by themselves."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        await self._shutting.close(room.id, asker)
        gettext = tap.speech.words.gettext
        await tap.answer(gettext("🚪 The gallery is closed, and its link is dead."), is_alert=True)

    async def reopen(self, tap: Tap, pressed: OpenGallery) -> None:
        """Open it, by a new link."""
        room, asker = await tapped(tap, self._planning, pressed.room)
        await self._shutting.open(room.id, asker)
        gettext = tap.speech.words.gettext
        await tap.answer(gettext("👂 The gallery is open again, by a new link."))

    async def _meant(self, chat: ChatId, name: str) -> Room:
        """The talk that is on, else the next one; or the one of this name."""
        found = await self._finder.called(chat, UNFINISHED | ON_AIR, name)
        if not found:
            raise NoTalkOn
        return next((room for room in found if room.is_on_air), found[0])


def door_page(room: Room, words: Words) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """Whether it is open, and the button."""
    door = door_key(room, words)
    return door_text(room, words), rows([door] if door else [])
