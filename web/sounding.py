"""Sounding: a room's sound in one form, sent to whoever listens and made whether anybody does."""

import asyncio
from collections.abc import AsyncIterator

from rooms.listening import Gallery
from rooms.ports import Packet
from rooms.room import Room
from web.chunks import Chunker
from web.copyist.copyist import Copyist
from web.fanout import Channel, HandOver
from web.forms import FORMS

REWIND = 15
"""Packets (300 ms) of the past for a joiner, so that sound begins at once and yet at the live edge."""

PATIENCE = 1500
"""Packets (30 s) sent while a listener takes no whole chunk, after which that one is dropped."""


class Sounding:
    """The channel of one form of a room's sound, for those for whom the talk is."""

    def __init__(
        self, gallery: Gallery, copyist: Copyist, room: Room, kind: str, hand_over: HandOver | None
    ) -> None:
        self._gallery = gallery
        self._copyist = copyist
        self._room = room
        self._form = FORMS[kind]()
        self._chunker = Chunker(self._form)
        rewind, patience = REWIND // self._form.length, PATIENCE // self._form.length
        self.channel = Channel(rewind=rewind, patience=patience, hand_over=hand_over)
        self.channel.begin_with(self._form.head(room.plan.title))

    async def feed(self) -> None:
        """Send until the room is over, or is for others; raises as `Gallery.views`."""
        link = self._room.listen_key
        sound = self._gallery.sound(link, has_ticket=True)  # whoever asks for it is looked at then
        async with sound as packets, asyncio.TaskGroup() as both:
            sending = both.create_task(self._send(packets))
            async for view in self._gallery.views(link):
                if view.room.plan.admission is not self._room.plan.admission:
                    break
            sending.cancel()
        for chunk in (*self._chunker.flush(), self._form.farewell()):
            if chunk:
                self.channel.send(chunk)

    async def _send(self, packets: AsyncIterator[Packet]) -> None:
        if self._form.codec is not None:
            await self._copyist.copy(packets, self._form.codec, self._take)
        async for packet in packets:
            self._take(packet.at, packet.opus)

    def _take(self, at: int, packet: bytes) -> None:
        for chunk in self._chunker.take(at, packet):
            self.channel.send(chunk)
