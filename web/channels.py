"""Channels: each room's streams and events, begun with the first who listens and ended with the last."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from rooms.errors import GalleryClosed, NoSuchRoom
from rooms.listening import Gallery, View
from rooms.ports import Packet
from web.chunks import Chunker
from web.copyist.copyist import Copyist
from web.discretion import discreet
from web.events import CLOSED, HEARTBEAT, events
from web.fanout import Channel, HandOver, Listener
from web.forms import FORMS, Form

log = logging.getLogger(__name__)

EVENTS = "events"
REWIND = 15
"""Packets (300 ms) of the past for a joiner, so that sound begins at once and yet at the live edge."""

SOUND_PATIENCE = 1500
"""Packets (30 s) sent while a listener takes no whole chunk, after which that one is dropped."""

EVENTS_PATIENCE = 20
"""Events sent to a page that takes none, before it is dropped; it asks again and sees the room as it is."""

HEARTBEAT_PAUSE = 15.0
CALM = 0.2
"""Seconds between two events: faster changes are told as one."""

Source = Callable[[], Awaitable[None]]

_Key = tuple[str, str, bool]
"""Which channel: the room's link, what is sent, and whether to those with a ticket."""


class GalleryFull(Exception):
    """As many listen as may."""


class Place:
    """A place in the gallery: given back when the block ends, unless it was kept for longer."""

    __slots__ = ("_give_back",)

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back: Callable[[], None] | None = give_back

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_: object) -> None:
        if self._give_back is not None:
            self._give_back()

    def keep(self) -> Callable[[], None]:
        """Keep it beyond the block; gives what gives it back, to be called once."""
        if self._give_back is None:
            raise RuntimeError("the place is kept already")
        give_back, self._give_back = self._give_back, None
        return give_back


@dataclass(slots=True)
class _Fed:
    channel: Channel
    task: asyncio.Task[None]


class Channels:
    """The channels of all rooms, fed by tasks of `run`.

    How many listen is counted for the limit and known to nobody else.
    """

    def __init__(self, gallery: Gallery, limit: int, copyist: Copyist) -> None:
        self.hand_over: HandOver | None = None
        """How crowds are served in channels that begin from now on; None for a write to each listener."""
        self._gallery = gallery
        self._copyist = copyist
        self._free = {True: limit, False: limit}
        self._fed: dict[_Key, _Fed] = {}
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Feed the channels, for ever; in the end everybody is let go."""
        try:
            async with asyncio.TaskGroup() as self._tasks:
                await asyncio.Event().wait()
        finally:
            self._tasks = None
            for fed in tuple(self._fed.values()):
                fed.channel.hang_up()
            self._fed.clear()

    def take_place(self, kind: str) -> Place:
        """Take a place in the gallery, or for its events; raises `GalleryFull`."""
        is_sound = kind in FORMS
        if not self._free[is_sound]:
            raise GalleryFull
        self._free[is_sound] -= 1
        return Place(self._give_back_sound if is_sound else self._give_back_events)

    def listen(self, view: View, kind: str, arrive: Callable[[], Listener]) -> None:
        """Let somebody listen to a room until either is gone.

        Args:
            view: the room, as this one may see it.
            kind: one of `FORMS`, or `EVENTS`.
            arrive: gives the listener, who has had nothing yet, once it is certain that there is something to
                listen to; what it raises is passed on.
        """
        if self._tasks is None:  # the server is closing
            arrive().end(has_all=False)
            return
        key = _key(view, kind)
        if key not in self._fed:
            self._fed[key] = self._begin(view, kind, self._tasks)
        fed = self._fed[key]
        try:
            fed.channel.join(arrive())
        except Exception:
            if fed.channel.is_deserted:
                self._desert(key, fed)
            raise

    def _give_back_sound(self) -> None:
        self._free[True] += 1

    def _give_back_events(self) -> None:
        self._free[False] += 1

    def _begin(self, view: View, kind: str, tasks: asyncio.TaskGroup) -> _Fed:
        if kind in FORMS:
            form = FORMS[kind]()
            rewind, patience = REWIND // form.length, SOUND_PATIENCE // form.length
            channel = Channel(rewind=rewind, patience=patience, hand_over=self.hand_over)
            channel.begin_with(form.head(view.room.plan.title))
            source = partial(self._feed_sound, channel, view, form)
        else:
            channel = Channel(patience=EVENTS_PATIENCE, hand_over=self.hand_over)
            channel.begin_with(b"".join(events(view)))
            source = partial(self._feed_events, channel, view)
        key = _key(view, kind)
        fed = _Fed(channel, tasks.create_task(self._feed(key, channel, source)))
        channel.when_deserted = partial(self._desert, key, fed)
        return fed

    def _desert(self, key: _Key, fed: _Fed) -> None:
        """Nobody listens any more."""
        fed.task.cancel()
        self._forget(key, fed.channel)

    async def _feed(self, key: _Key, channel: Channel, source: Source) -> None:
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
        sound = self._gallery.sound(view.room.listen_key, has_ticket=view.has_ticket)
        async with sound as packets, asyncio.TaskGroup() as both:
            sending = both.create_task(self._send(channel, form, chunker, packets))
            async for _ in self._gallery.views(view.room.listen_key):
                pass
            sending.cancel()
        for chunk in (*chunker.flush(), form.farewell()):
            if chunk:
                channel.send(chunk)

    async def _send(
        self, channel: Channel, form: Form, chunker: Chunker, packets: AsyncIterator[Packet]
    ) -> None:
        def send(at: int, packet: bytes) -> None:
            for chunk in chunker.take(at, packet):
                channel.send(chunk)

        if form.codec is not None:
            await self._copyist.copy(packets, form.codec, send)
        async for packet in packets:
            send(packet.at, packet.opus)

    async def _feed_events(self, channel: Channel, told: View) -> None:
        try:
            await self._follow(channel, told)
        except* GalleryClosed:
            channel.begin_with(CLOSED)
            channel.send(CLOSED)

    async def _follow(self, channel: Channel, told: View) -> None:
        """Tell of every change that is shown, until the room is over; raises as `Gallery.views`."""
        async with asyncio.TaskGroup() as both:
            beating = both.create_task(_beat(channel))
            async for seen in self._gallery.views(told.room.listen_key):
                view = replace(seen, has_ticket=told.has_ticket)
                news = [now for now, before in zip(events(view), events(told), strict=True) if now != before]
                if not news:
                    continue
                told = view
                channel.begin_with(b"".join(events(view)))
                channel.send(b"".join(news))
                if not view.room.is_over:
                    await asyncio.sleep(CALM)
            beating.cancel()

    def _forget(self, key: _Key, channel: Channel) -> None:
        if key in self._fed and self._fed[key].channel is channel:
            del self._fed[key]


def _key(view: View, kind: str) -> _Key:
    return view.room.listen_key, kind, view.has_ticket


async def _beat(channel: Channel) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_PAUSE)
        channel.send(HEARTBEAT)
