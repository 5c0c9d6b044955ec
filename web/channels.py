"""Channels: each room's sound, sent as long as it is on air whoever listens, and its events."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from rooms.errors.talks import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.plan import Admission
from rooms.room import Room
from web.air import rooms_on_air
from web.broadcast import Broadcast
from web.capacity import Capacity, Place
from web.copyist.copyist import Copyist
from web.discretion import discreet
from web.fanout import HandOver, Listener
from web.forms import FORMS
from web.ticker import CALM, Ticker, instant

log = logging.getLogger(__name__)

EVENTS = "events"

_Sound = tuple[str, Admission]
"""Which sound: the room's link, and for whom the talk is."""

_Sight = tuple[str, bool]
"""Which events: the room's link, and whether those with a ticket see them."""

_Key = TypeVar("_Key")
_Source = TypeVar("_Source", Broadcast, Ticker)


class Channels:
    """The channels of all rooms, fed by tasks of `run`.

    Those of sound begin and end with what is on air: if the first listener began one, the next would see by
    its numbers and its past that somebody was there. How many listen is counted for the limit, and known to
    nobody else.

    Args:
        gallery: the rooms and their sound.
        limit: how many may listen at once, and how many pages may be told of events.
        copyist: makes MP3.
        kept: those of `FORMS` that are made whether anybody listens or not; others are begun by who listens.
    """

    def __init__(
        self, gallery: Gallery, limit: int, copyist: Copyist, kept: Collection[str] = tuple(FORMS)
    ) -> None:
        self.hand_over: HandOver | None = None
        """How crowds are served in channels that begin from now on; None for a write to each listener."""
        self._gallery = gallery
        self._copyist = copyist
        self._kept = kept
        self._ears, self._pages = Capacity(limit), Capacity(limit)
        self._broadcasts: dict[_Sound, Broadcast] = {}
        self._tickers: dict[_Sight, Ticker] = {}
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Feed the channels, for ever; in the end everybody is let go."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                try:
                    async for rooms in rooms_on_air(self._gallery):
                        for room in rooms:
                            self._broadcast(room, tasks)
                finally:
                    self._tasks = None  # nothing begins any more, while what there is ends
        finally:
            left: list[Broadcast | Ticker] = [*self._broadcasts.values(), *self._tickers.values()]
            for source in left:
                source.hang_up()
            self._broadcasts.clear()
            self._tickers.clear()

    def take_place(self, kind: str) -> Place:
        """Take a place in the gallery, or for its events; raises `GalleryFull`."""
        return (self._ears if kind in FORMS else self._pages).take()

    async def listen(self, view: View, kind: str, arrive: Callable[[View], Listener]) -> None:
        """Let somebody listen to a room until either is gone.

        Args:
            view: the room, as this one may see it.
            kind: one of `FORMS`, or `EVENTS`.
            arrive: gives the listener, who has had nothing yet, once it is certain that there is something to
                listen to, from the room as it is seen now; what it raises is passed on.

        Raises:
            NoSuchRoom: there is no such room any more; `GalleryClosed`: its link is dead.
        """
        if kind == EVENTS:
            await instant(CALM)
            now = await self._gallery.view(view.room.listen_key)
            view = replace(now, has_ticket=view.has_ticket)
        if self._tasks is None:  # the server is closing
            arrive(view).end(has_all=False)
            return
        if kind == EVENTS:
            channel = self._ticker(view, self._tasks).channel
        else:
            channel = self._broadcast(view.room, self._tasks).channel(kind)
        try:
            channel.join(arrive(view))
        except Exception:
            if channel.is_deserted and channel.when_deserted is not None:
                channel.when_deserted()
            raise

    def _broadcast(self, room: Room, tasks: asyncio.TaskGroup) -> Broadcast:
        """A room's sound, sent from now on if it is not already, though nobody may listen."""
        key = (room.listen_key, room.plan.admission)
        if key not in self._broadcasts:
            broadcast = Broadcast(self._gallery, self._copyist, room, self.hand_over)
            broadcast.make(self._kept)
            self._begin(self._broadcasts, key, broadcast, tasks)
        return self._broadcasts[key]

    def _ticker(self, view: View, tasks: asyncio.TaskGroup) -> Ticker:
        key = (view.room.listen_key, view.has_ticket)
        if key in self._tickers:
            self._tickers[key].tell(view)  # to the others too, who were to hear it at this instant
        else:
            ticker = Ticker(self._gallery, view, self.hand_over)
            feeding, forget = self._begin(self._tickers, key, ticker, tasks)

            def desert() -> None:
                feeding.cancel()
                forget()

            ticker.channel.when_deserted = desert
        return self._tickers[key]

    def _begin(
        self, running: dict[_Key, _Source], key: _Key, source: _Source, tasks: asyncio.TaskGroup
    ) -> tuple[asyncio.Task[None], Callable[[], None]]:
        """Let it feed its channels; gives that, and what makes it unknown."""

        def forget() -> None:
            if running.get(key) is source:
                del running[key]

        running[key] = source
        return tasks.create_task(_feed(source, forget)), forget


async def _feed(source: Broadcast | Ticker, forget: Callable[[], None]) -> None:
    try:
        await source.feed()
    except* NoSuchRoom:
        pass  # the room was forgotten; to say so would say that somebody listened
    except* Exception as error:  # noqa: BLE001  # a channel's outermost boundary: the page asks again
        log.error("a channel broke: %s", discreet(error))
    finally:
        source.hang_up()
        forget()
