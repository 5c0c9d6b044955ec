"""Covers for the gallery: the same pictures as announcements have, drawn once for all who look at them."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.card_pictures import cover_of
from bot.errors import NotDrawn
from bot.pictures import Cover, Draws, Dressed, Order, Squared
from bot.refusals import Speech
from bot.settings import BotSettings
from bot.words import Languages
from rooms.errors.gallery import NoCover
from rooms.group import Group
from rooms.room import Room

KEPT = 32
"""Pictures kept in memory, of some 150 kB each; those that were looked at longest ago go first."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a picture is drawn of."""

    room: Room
    group: Group | None
    speech: Speech


class AnnouncedCovers:
    """Fulfils the `Covers` port while the bot is up.

    Nothing is asked of Telegram because somebody looks, which would tell there that somebody does. So a
    host's own picture is shown if it was drawn for the announcement since the bot is up, else the house's.
    """

    def __init__(self, settings: BotSettings, languages: Languages) -> None:
        self._settings = settings
        self._languages = languages
        self._atelier: Draws | None = None
        self._drawn: OrderedDict[Cover | Squared, bytes] = OrderedDict()
        self._drawing = asyncio.Lock()

    @contextmanager
    def by(self, atelier: Draws) -> Iterator[Draws]:
        """Draw by this atelier until the block ends; gives one whose covers are kept for the gallery too."""
        self._atelier = atelier
        try:
            yield _Witnessed(atelier, self._keep)
        finally:
            self._atelier = None

    async def cover(self, room: Room, group: Group | None) -> bytes:
        """The cover as a JPEG, in the group's language; who looks while it is drawn waits for it.

        Raises:
            NoCover: it cannot be drawn at the moment.
        """
        return await self._picture(cover_of(_Shown(room, group, self._speech(group))))

    async def square(self, room: Room, group: Group | None) -> bytes:
        """The same on a square ground, as podcast apps want it; raises `NoCover`."""
        return await self._picture(Squared(await self.cover(room, group)))

    async def _picture(self, order: Cover | Squared) -> bytes:
        async with self._drawing:
            if order not in self._drawn:
                self._keep(order, await self._draw(order))
            self._drawn.move_to_end(order)
            return self._drawn[order]

    async def _draw(self, order: Cover | Squared) -> bytes:
        if self._atelier is None:
            raise NoCover
        try:
            return await self._atelier.draw(order)
        except NotDrawn as error:
            raise NoCover from error

    def _keep(self, order: Cover | Squared, picture: bytes) -> None:
        self._drawn[order] = picture
        if len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)

    def _speech(self, group: Group | None) -> Speech:
        language = group.language if group else self._settings.language
        return Speech(self._languages.of(language), group.zone if group else self._settings.zone)


class _Witnessed:
    """An atelier whose dressed covers somebody else gets too."""

    def __init__(self, atelier: Draws, keep: Callable[[Cover, bytes], None]) -> None:
        self._atelier = atelier
        self._keep = keep

    async def warm_up(self) -> None:
        await self._atelier.warm_up()

    async def draw(self, order: Order) -> bytes:
        picture = await self._atelier.draw(order)
        if isinstance(order, Dressed):
            self._keep(order.cover, picture)
        return picture
