"""Channels: each room's streams and events, begun with the first who listens and ended with the last."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from rooms.errors import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.ports import Packet
from web.chunks import Chunker
from web.discretion import discreet
from web.events import HEARTBEAT, event
from web.fanout import Channel, Listener
from web.forms import FORMS, Form

log = logging.getLogger(__name__)

EVENTS = "events"
REWIND = 3
"""Chunks (300 ms) of the past for a joiner, so that sound begins at once and yet at the live edge."""

EVENTS_PATIENCE = 20
"""Events sent to a page that takes none, before it is dropped; it asks again and sees the room as it is."""

HEARTBEAT_PAUSE = 15.0
CALM = 0.2
"""Seconds between two events: faster changes are told as one."""

Source = Callable[[], Awaitable[None]]


class GalleryFull(Exception):
    """As many listen as may."""


@dataclass(slots=True)
class _Fed:
    channel: Channel
    task: asyncio.Task[None]


class Channels:
    """The channels of all rooms, fed by tasks of `run`.

    How many listen is counted for the limit and known to nobody else.
    """

    def __init__(self, gallery: Gallery, limit: int) -> None:
        self._gallery = gallery
        self._free = {True: limit, False: limit}
        self._fed: dict[tuple[str, str], _Fed] = {}
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Feed the channels, for ever; in the end everybody is let go."""
        try:
            async with asyncio.TaskGroup() as self._tasks:
                await asyncio.Event().wait()
        finally:
            self._tasks = None
            for fed in self._fed.values():
                fed.channel.hang_up()
            self._fed.clear()

    @contextmanager
    def place(self, kind: str) -> Iterator[None]:
        """Take a place in the gallery, or for its events, until the block ends; raises `GalleryFull`."""
        is_sound = kind in FORMS
        if not self._free[is_sound]:
            raise GalleryFull
        self._free[is_sound] -= 1
        try:
            yield
        finally:
            self._free[is_sound] += 1

    async def listen(self, view: View, kind: str, listener: Listener) -> None:
        """Let this one listen to a room until either is gone.

        Args:
            view: the room.
            kind: "ogg", "webm" or `EVENTS`.
            listener: whose connection has just had the answer's header.
        """
        if self._tasks is None:
            return  # the server is closing, and so is the connection
        key = (view.room.listen_key, kind)
        if key not in self._fed:
            self._fed[key] = self._begin(view, kind, self._tasks)
        fed = self._fed[key]
        fed.channel.join(listener)
        try:
            await listener.gone.wait()
        finally:
            fed.channel.leave(listener)
            if fed.channel.is_deserted:
                fed.task.cancel()
                self._forget(key, fed.channel)

    def _begin(self, view: View, kind: str, tasks: asyncio.TaskGroup) -> _Fed:
        if kind in FORMS:
            channel, form = Channel(rewind=REWIND), FORMS[kind]()
            channel.begin_with(form.head(view.room.plan.title))
            source = partial(self._feed_sound, channel, view, form)
        else:
            channel = Channel(patience=EVENTS_PATIENCE)
            channel.begin_with(event(view))
            source = partial(self._feed_events, channel, view)
        key = (view.room.listen_key, kind)
        return _Fed(channel, tasks.create_task(self._feed(key, channel, source)))

    async def _feed(self, key: tuple[str, str], channel: Channel, source: Source) -> None:
        try:
            await source()
            await channel.finish()
        except* NoSuchRoom:
            pass  # the room was forgotten; to say so would say that somebody listened
        except* Exception as error:  # noqa: BLE001  # a channel's outermost boundary: the page asks again
            log.error("a channel broke: %s", discreet(error))
        finally:
            channel.hang_up()
            self._forget(key, channel)

    async def _feed_sound(self, channel: Channel, view: View, form: Form) -> None:
        chunker = Chunker(form)
        async with self._gallery.sound(view.room.listen_key) as packets, asyncio.TaskGroup() as both:
            sending = both.create_task(_send(channel, chunker, packets))
            async for _ in self._gallery.views(view.room.listen_key):
                pass
            sending.cancel()
        for chunk in (*chunker.flush(), form.farewell()):
            if chunk:
                channel.send(chunk)

    async def _feed_events(self, channel: Channel, told: View) -> None:
        async with asyncio.TaskGroup() as both:
            beating = both.create_task(_beat(channel))
            async for view in self._gallery.views(told.room.listen_key):
                if view == told:
                    continue
                told = view
                channel.begin_with(event(view))
                channel.send(event(view))
                if not view.room.is_over:
                    await asyncio.sleep(CALM)
            beating.cancel()

    def _forget(self, key: tuple[str, str], channel: Channel) -> None:
        if key in self._fed and self._fed[key].channel is channel:
            del self._fed[key]


async def _send(channel: Channel, chunker: Chunker, packets: AsyncIterator[Packet]) -> None:
    async for packet in packets:
        for chunk in chunker.take(packet):
            channel.send(chunk)


async def _beat(channel: Channel) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_PAUSE)
        channel.send(HEARTBEAT)
