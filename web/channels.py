"""Channels: each room's sound, sent as long as it is on air whoever listens, and its events."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from rooms.errors.talks import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.plan import Admission
from rooms.room import ON_AIR, Room
from web.air import rooms_on_air
from web.copyist.copyist import Copyist
from web.discretion import discreet
from web.fanout import Channel, HandOver, Listener
from web.forms import FORMS
from web.places import Place, Places
from web.sounding import Sounding
from web.telling import CALM, Telling, instant

log = logging.getLogger(__name__)

EVENTS = "events"

_Form = tuple[str, str, Admission]
"""Which sound: the room's link, in what form, and for whom the talk is."""

_Sight = tuple[str, bool]
"""Which events: the room's link, and whether those with a ticket see them."""

_Key = TypeVar("_Key")
_Source = TypeVar("_Source", Sounding, Telling)


@dataclass(frozen=True, slots=True)
class _Fed(Generic[_Source]):
    source: _Source
    task: asyncio.Task[None]
    forget: Callable[[], None]


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
        self._ears, self._pages = Places(limit), Places(limit)
        self._soundings: dict[_Form, _Fed[Sounding]] = {}
        self._tellings: dict[_Sight, _Fed[Telling]] = {}
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Feed the channels, for ever; in the end everybody is let go."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                try:
                    async for rooms in rooms_on_air(self._gallery):
                        for room in rooms:
                            self._keep(room, tasks)
                finally:
                    self._tasks = None  # nothing begins any more, while what there is ends
        finally:
            for channel in self._channels:
                channel.hang_up()
            self._soundings.clear()
            self._tellings.clear()

    def take_place(self, kind: str) -> Place:
        """Take a place in the gallery, or for its events; raises `GalleryFull`."""
        return (self._ears if kind in FORMS else self._pages).take()

    async def listen(self, view: View, kind: str, arrive: Callable[[], Listener]) -> None:
        """Let somebody listen to a room until either is gone.

        Args:
            view: the room, as this one may see it.
            kind: one of `FORMS`, or `EVENTS`.
            arrive: gives the listener, who has had nothing yet, once it is certain that there is something to
                listen to; what it raises is passed on.

        Raises:
            NoSuchRoom: there is no such room any more; `GalleryClosed`: its link is dead.
        """
        if kind == EVENTS:
            await instant(CALM)
            now = await self._gallery.view(view.room.listen_key)
            view = replace(now, has_ticket=view.has_ticket)
        if self._tasks is None:  # the server is closing
            arrive().end(has_all=False)
            return
        if kind == EVENTS:
            channel = self._news_of(view, self._tasks)
        else:
            channel = self._sound_of(view.room, kind, self._tasks)
        try:
            channel.join(arrive())
        except Exception:
            if channel.is_deserted and channel.when_deserted is not None:
                channel.when_deserted()
            raise

    @property
    def _channels(self) -> list[Channel]:
        sound = [fed.source.channel for fed in self._soundings.values()]
        return sound + [fed.source.channel for fed in self._tellings.values()]

    def _keep(self, room: Room, tasks: asyncio.TaskGroup) -> None:
        """Have a room's sound sent from now on, though nobody may listen."""
        try:
            for kind in self._kept:
                if _form(room, kind) not in self._soundings:
                    self._sound(room, kind, tasks)
        except Exception as error:  # noqa: BLE001  # one room's trouble is none of the others'
            log.error("a channel did not begin: %s", discreet(error))

    def _sound_of(self, room: Room, kind: str, tasks: asyncio.TaskGroup) -> Channel:
        if room.state in ON_AIR:
            self._keep(room, tasks)  # should it not have been seen yet that it is
        fed = self._soundings.get(_form(room, kind))
        if fed is None:
            fed = self._sound(room, kind, tasks)
            _end_with_the_last(fed)
        return fed.source.channel

    def _news_of(self, view: View, tasks: asyncio.TaskGroup) -> Channel:
        key = (view.room.listen_key, view.has_ticket)
        fed = self._tellings.get(key)
        if fed is None:
            fed = self._begin(self._tellings, key, Telling(self._gallery, view, self.hand_over), tasks)
            _end_with_the_last(fed)
        else:
            fed.source.tell(view)  # to the others too, who were to hear it at this instant
        return fed.source.channel

    def _sound(self, room: Room, kind: str, tasks: asyncio.TaskGroup) -> _Fed[Sounding]:
        sounding = Sounding(self._gallery, self._copyist, room, kind, self.hand_over)
        return self._begin(self._soundings, _form(room, kind), sounding, tasks)

    def _begin(
        self, running: dict[_Key, _Fed[_Source]], key: _Key, source: _Source, tasks: asyncio.TaskGroup
    ) -> _Fed[_Source]:
        def forget() -> None:
            if key in running and running[key].source is source:
                del running[key]

        running[key] = _Fed(source, tasks.create_task(_feed(source, forget)), forget)
        return running[key]


async def _feed(source: Sounding | Telling, forget: Callable[[], None]) -> None:
    try:
        await source.feed()
        await source.channel.finish()
    except* NoSuchRoom:
        pass  # the room was forgotten; to say so would say that somebody listened
    except* Exception as error:  # noqa: BLE001  # a channel's outermost boundary: the page asks again
        log.error("a channel broke: %s", discreet(error))
    finally:
        source.channel.hang_up()
        forget()


def _end_with_the_last(fed: _Fed[Any]) -> None:
    def desert() -> None:
        fed.task.cancel()
        fed.forget()

    fed.source.channel.when_deserted = desert


def _form(room: Room, kind: str) -> _Form:
    return room.listen_key, kind, room.plan.admission
