"""The reels of all rooms on air, whether anybody fetches them or not: so nobody sees whether others do."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing
from datetime import timedelta
from functools import partial

from rooms.errors.talks import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.plan import Admission
from rooms.ports import Clock
from rooms.room import ON_AIR, Room
from web.air import keep_at_it, rooms_on_air, views_of
from web.copyist.copyist import Copyist
from web.copyist.messages import Codec
from web.discretion import discreet
from web.reels.reel import Reel

log = logging.getLogger(__name__)

LINGER = timedelta(seconds=30)
"""How long the end of a talk can be fetched, by those who are behind."""

PATIENCE = 10.0
"""Seconds that is waited for a room's first piece."""

_Key = tuple[str, Admission]
"""Which reel: the room's link, and for whom the talk is: when that changes, so do the addresses of pieces."""


class NothingHeard(Exception):
    """There is no sound at the moment."""


class Reels:
    """One reel a room, the same for all. Of those who fetch it nothing is known, not even that there are any.

    Args:
        gallery: the rooms and their sound.
        copyist: makes AAC of it.
        clock: says when a piece was said.
        patience: in seconds, with a room of which no piece is there yet.
    """

    def __init__(self, gallery: Gallery, copyist: Copyist, clock: Clock, patience: float = PATIENCE) -> None:
        self._gallery = gallery
        self._copyist = copyist
        self._clock = clock
        self._patience = patience
        self._reels: dict[_Key, Reel] = {}
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Keep a reel of each room on air, for ever."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                try:
                    async for rooms in rooms_on_air(self._gallery):
                        self._follow(rooms, tasks)
                finally:
                    self._tasks = None  # nothing begins any more, while what there is ends
        finally:
            self._reels.clear()

    async def playlist(self, view: View) -> bytes:
        """What is to be heard of a room now; of one that is over, its end, as long as that is there.

        Args:
            view: the room, as seen by somebody who may hear it.

        Raises:
            NothingHeard: nothing is.
        """
        if self._tasks is not None and view.room.state in ON_AIR:
            self._begin(view.room, self._tasks)
        reel = self._reels.get(_key(view.room))
        if reel is None:
            raise NothingHeard
        try:
            async with asyncio.timeout(self._patience):
                await reel.has_news.wait()
        except TimeoutError as error:
            raise NothingHeard from error
        if not reel.playlist:
            raise NothingHeard
        return reel.playlist

    def of(self, room: Room) -> Reel | None:
        """A room's reel, if it has one."""
        return self._reels.get(_key(room))

    def _follow(self, rooms: Sequence[Room], tasks: asyncio.TaskGroup) -> None:
        for room in rooms:
            self._begin(room, tasks)
        heard = {_key(room) for room in rooms}
        for key, reel in self._reels.items():
            if key not in heard:
                reel.is_off_air.set()

    def _begin(self, room: Room, tasks: asyncio.TaskGroup) -> None:
        key = _key(room)
        if key not in self._reels:
            self._reels[key] = Reel(room.listen_key, self._clock)
            tasks.create_task(self._keep(key, self._reels[key]))

    async def _keep(self, key: _Key, reel: Reel) -> None:
        """Fill a reel until its room is off the air, and keep its end for a while."""
        link, _ = key
        try:
            await self._fill(reel, link)
            async with aclosing(views_of(self._gallery, link)) as views:
                view = await anext(views)
            if view.room.is_over:
                reel.finish()
                await self._linger(reel)
        except NoSuchRoom:
            pass  # closed or forgotten, with all that was heard there
        except Exception as error:  # noqa: BLE001  # a reel's outermost boundary: who asks again has another
            log.error("a reel broke: %s", discreet(error))
        finally:
            reel.has_news.set()
            self._reels.pop(key, None)

    async def _linger(self, reel: Reel) -> None:
        if reel.playlist:
            await self._clock.wait(asyncio.Event(), self._clock.now() + LINGER)

    async def _fill(self, reel: Reel, link: str) -> None:
        async with asyncio.TaskGroup() as both:
            copying = both.create_task(keep_at_it("a reel has no sound", partial(self._copy, reel, link)))
            await reel.is_off_air.wait()
            copying.cancel()

    async def _copy(self, reel: Reel, link: str) -> None:
        """For all: whoever asks for the reel is looked at then."""
        async with self._gallery.sound(link, has_ticket=True) as packets:
            await self._copyist.copy(packets, Codec.AAC, reel.take)


def _key(room: Room) -> _Key:
    return room.listen_key, room.plan.admission
