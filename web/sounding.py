"""Sounding: a room's sound in all forms, sent to whoever listens and made whether anybody does."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager
from functools import partial

from rooms.listening import Gallery
from rooms.ports import Packet
from rooms.room import Room
from web.chunks import Chunker
from web.copyist.copyist import Copyist
from web.copyist.messages import Codec
from web.discretion import discreet
from web.fanout import Channel, HandOver
from web.forms import FORMS

log = logging.getLogger(__name__)

REWIND = 15
"""Packets (300 ms) of the past for a joiner, so that sound begins at once and yet at the live edge."""

PATIENCE = 1500
"""Packets (30 s) sent while a listener takes no whole chunk, after which that one is dropped."""


class _Made:
    """One form of a room's sound, and the channel that sends it."""

    def __init__(self, kind: str, room: Room, hand_over: HandOver | None) -> None:
        self._form = FORMS[kind]()
        self._chunker = Chunker(self._form)
        rewind, patience = REWIND // self._form.length, PATIENCE // self._form.length
        self.channel = Channel(rewind=rewind, patience=patience, hand_over=hand_over)
        self.channel.begin_with(self._form.head(room.plan.title))

    @property
    def codec(self) -> Codec | None:
        return self._form.codec

    def take(self, at: int, packet: bytes) -> None:
        for chunk in self._chunker.take(at, packet):
            self.channel.send(chunk)

    async def finish(self) -> None:
        for chunk in (*self._chunker.flush(), self._form.farewell()):
            if chunk:
                self.channel.send(chunk)
        await self.channel.finish()


class Sounding:
    """A room's sound, for those for whom the talk is.

    Args:
        gallery: where it is heard.
        copyist: makes other codecs of it.
        room: whose sound.
        hand_over: how crowds are served; None for a write to each listener.
    """

    def __init__(self, gallery: Gallery, copyist: Copyist, room: Room, hand_over: HandOver | None) -> None:
        self._gallery = gallery
        self._copyist = copyist
        self._room = room
        self._hand_over = hand_over
        self._made: dict[str, _Made] = {}
        self._tasks: asyncio.TaskGroup | None = None

    def make(self, kinds: Collection[str]) -> None:
        """Make these of `FORMS` from now on, if they are not made already."""
        for kind in kinds:
            self.channel(kind)

    def channel(self, kind: str) -> Channel:
        """The channel of one of `FORMS`, made from now on."""
        if kind not in self._made:
            self._made[kind] = _Made(kind, self._room, self._hand_over)
            if self._tasks is not None:
                self._begin_copy(kind, self._tasks)
        return self._made[kind].channel

    async def feed(self) -> None:
        """Send until the room is over, or is for others; raises as `Gallery.views`."""
        link = self._room.listen_key
        async with asyncio.TaskGroup() as both:
            making = both.create_task(self._make_all())
            async for view in self._gallery.views(link):
                if view.room.plan.admission is not self._room.plan.admission:
                    break
            making.cancel()
        async with asyncio.TaskGroup() as ends:
            for made in self._made.values():
                ends.create_task(made.finish())

    def hang_up(self) -> None:
        """Let everybody go at once."""
        for made in self._made.values():
            made.channel.hang_up()

    async def _make_all(self) -> None:
        async with self._sound() as packets, asyncio.TaskGroup() as self._tasks:
            for kind in self._made:
                self._begin_copy(kind, self._tasks)
            try:
                async for packet in packets:
                    for kind, made in tuple(self._made.items()):
                        if made.codec is None:
                            self._take(kind, made, packet.at, packet.opus)
            finally:
                self._tasks = None

    def _begin_copy(self, kind: str, tasks: asyncio.TaskGroup) -> None:
        made = self._made[kind]
        if made.codec is not None:
            tasks.create_task(self._copy(kind, made, made.codec))

    async def _copy(self, kind: str, made: _Made, codec: Codec) -> None:
        async with self._sound() as packets:
            await self._copyist.copy(packets, codec, partial(self._take, kind, made))

    def _take(self, kind: str, made: _Made, at: int, packet: bytes) -> None:
        try:
            made.take(at, packet)
        except Exception as error:  # noqa: BLE001  # one form's trouble is none of the others'
            log.error("a channel broke: %s", discreet(error))
            made.channel.hang_up()
            if self._made.get(kind) is made:
                del self._made[kind]  # who asks again has another

    def _sound(self) -> AbstractAsyncContextManager[AsyncIterator[Packet]]:
        return self._gallery.sound(
            self._room.listen_key, has_ticket=True
        )  # who asks for it is looked at then
