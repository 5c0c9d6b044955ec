"""The broadcast: a room's sound in all forms, sent to whoever listens and made whether anybody does."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager
from functools import partial

from containers.opus import RATE
from rooms.listening import Gallery
from rooms.ports import Packet
from rooms.room import Room
from web.air import keep_at_it, views_of
from web.chunks import Chunker
from web.copyist.copyist import Copyist
from web.copyist.messages import Codec
from web.discretion import discreet
from web.fanout import Channel, HandOver
from web.forms import FORMS

log = logging.getLogger(__name__)

REWIND = 3 * RATE // 10
"""Samples (0.3 s) of the past for a joiner at most, so that sound begins at once and yet at the live edge."""

PATIENCE = 30 * RATE
"""Samples (30 s) sent while a listener takes no whole chunk, after which that one is dropped."""


class _Made:
    """One form of a room's sound, and the channel that sends it."""

    def __init__(self, kind: str, room: Room, hand_over: HandOver | None) -> None:
        self.kind = kind
        self.form = FORMS[kind]()
        self.copying: asyncio.Task[None] | None = None
        """Where it is made of other codecs than the room's."""
        self._chunker = Chunker(self.form)
        chunk = self.form.length * self.form.packet
        self.channel = Channel(rewind=REWIND // chunk, patience=PATIENCE // chunk, hand_over=hand_over)
        self.channel.begin_with(self.form.head(room.plan.title))

    def take(self, at: int, packet: bytes) -> None:
        for chunk in self._chunker.take(at, packet):
            self.channel.send(chunk)

    async def finish(self) -> None:
        for chunk in (*self._chunker.flush(), self.form.farewell()):
            if chunk:
                self.channel.send(chunk)
        await self.channel.finish()

    def end(self) -> None:
        """Let everybody go at once."""
        if self.copying is not None:
            self.copying.cancel()
        self.channel.hang_up()


class Broadcast:
    """A room's sound, for those for whom the talk is. What goes wrong with one form is none of the others'.

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
        """Make these of `FORMS` from now on."""
        for kind in kinds:
            try:
                self.channel(kind)
            except Exception as error:  # noqa: BLE001  # whoever asks for it is told, too
                log.error("a channel did not begin: %s", discreet(error))

    def channel(self, kind: str) -> Channel:
        """The channel of one of `FORMS`, made from now on if it is not already."""
        if kind not in self._made:
            self._made[kind] = made = _Made(kind, self._room, self._hand_over)
            self._copy(made)
        return self._made[kind].channel

    async def feed(self) -> None:
        """Send until the room is over, or is for others; raises as `Gallery.views`."""
        async with asyncio.TaskGroup() as both:
            making = both.create_task(keep_at_it("there is no sound", self._make_all))
            async for view in views_of(self._gallery, self._room.listen_key):
                if view.room.plan.admission is not self._room.plan.admission:
                    break
            making.cancel()
        async with asyncio.TaskGroup() as ends:
            for made in self._made.values():
                ends.create_task(_finish(made))

    def hang_up(self) -> None:
        """Let everybody go at once."""
        for made in self._made.values():
            made.end()

    async def _make_all(self) -> None:
        async with self._sound() as packets, asyncio.TaskGroup() as self._tasks:
            for made in self._made.values():
                self._copy(made)
            try:
                async for packet in packets:
                    for made in tuple(self._made.values()):
                        if made.form.codec is None:
                            self._take(made, packet.at, packet.opus)
            finally:
                self._tasks = None

    def _copy(self, made: _Made) -> None:
        if made.form.codec is not None and self._tasks is not None:
            work = partial(self._copy_all, made, made.form.codec)
            made.copying = self._tasks.create_task(keep_at_it("copying failed", work))

    async def _copy_all(self, made: _Made, codec: Codec) -> None:
        async with self._sound() as packets:
            await self._copyist.copy(packets, codec, partial(self._take, made))

    def _take(self, made: _Made, at: int, packet: bytes) -> None:
        try:
            made.take(at, packet)
        except Exception as error:  # noqa: BLE001  # one form's boundary
            self._replace(made, error)

    def _replace(self, made: _Made, error: Exception) -> None:
        """Begin a form anew that broke, at once: if who asks next did, others would see that they had."""
        log.error("a channel broke: %s", discreet(error))
        if self._made.get(made.kind) is made:
            del self._made[made.kind]
            made.end()
            self.make([made.kind])

    def _sound(self) -> AbstractAsyncContextManager[AsyncIterator[Packet]]:
        """The packets, for all: who asks for a channel of them is looked at then."""
        return self._gallery.sound(self._room.listen_key, has_ticket=True)


async def _finish(made: _Made) -> None:
    try:
        await made.finish()
    except Exception as error:  # noqa: BLE001  # one form's boundary
        log.error("a channel did not end as it should: %s", discreet(error))
