"""The ticker: what pages show of a room, told to all of them at the same instants, however many they are."""

import asyncio
from dataclasses import replace

from rooms.errors.gallery import GalleryClosed
from rooms.listening import Gallery, View
from web.events import CLOSED, HEARTBEAT, events
from web.fanout import Channel, HandOver

PATIENCE = 20
"""Events sent to a page that takes none, before it is dropped; it asks again and sees the room as it is."""

CALM = 0.2
"""Seconds between two events: faster changes are told as one."""

HEARTBEAT_PAUSE = 15.0


async def instant(pause: float) -> None:
    """Wait for the next of the instants at which something is told, the same for all rooms and pages.

    Were they counted from the first who came, then the next would see by them that somebody was there.
    """
    now = asyncio.get_running_loop().time()
    await asyncio.sleep(pause - now % pause)


class Ticker:
    """The channel of a room's events, for those with a ticket or those without."""

    def __init__(self, gallery: Gallery, view: View, hand_over: HandOver | None) -> None:
        self._gallery = gallery
        self._seen = view
        self._told = events(view)
        self.channel = Channel(patience=PATIENCE, hand_over=hand_over)
        self.channel.begin_with(b"".join(self._told))

    def tell(self, seen: View) -> None:
        """Tell what changed since it was told last, if that is shown."""
        view = replace(seen, has_ticket=self._seen.has_ticket)
        if view == self._seen:  # as for all but the first of those who come at once
            return
        now, told = events(view), self._told
        self._seen, self._told = view, now
        if news := [new for new, old in zip(now, told, strict=True) if new != old]:
            self.channel.begin_with(b"".join(now))
            self.channel.send(b"".join(news))

    async def feed(self) -> None:
        """Tell of every change until the room is over; raises as `Gallery.views`."""
        try:
            await self._follow()
        except* GalleryClosed:
            self.channel.begin_with(CLOSED)
            self.channel.send(CLOSED)
        await self.channel.finish()

    def hang_up(self) -> None:
        """Let everybody go at once."""
        self.channel.hang_up()

    async def _follow(self) -> None:
        link = self._seen.room.listen_key
        async with asyncio.TaskGroup() as both:
            beating = both.create_task(self._beat())
            async for seen in self._gallery.views(link):
                if not seen.room.is_over:
                    await instant(CALM)
                self.tell(await self._gallery.view(link))
            beating.cancel()

    async def _beat(self) -> None:
        while True:
            await instant(HEARTBEAT_PAUSE)
            self.channel.send(HEARTBEAT)
