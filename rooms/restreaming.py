"""Restreaming: to which servers elsewhere a group's talks go out, and who hears how those do."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rooms.authority import require_in_group
from rooms.bell import Bell
from rooms.errors.elsewhere import TooManyOutlets
from rooms.ids import NOBODY, ChatId, RoomId, private_chat
from rooms.listening import Stages
from rooms.moderation import Deed, DeedKind
from rooms.notices import NoticeKind, notice_to
from rooms.outlets import Outlet, OutletState, named_apart, read_outlet
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.roles import Action, Asker
from rooms.room import ON_STAGE

log = logging.getLogger(__name__)

MOST = 5
"""Outlets of a group at most: each is a stream of its own."""

LONG = timedelta(minutes=1)
"""A server that was lost for so long is told of; sooner it mostly comes back by itself."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A room's outlet, by its name."""

    room: RoomId
    name: str


class Restreaming:
    """A group's outlets, for its admins alone: their addresses hold passwords, and are shown to nobody.

    Whatever is asked raises `NotAllowed`, `Banned` or `NotAMember` when the asker may not.
    """

    def __init__(self, store: Store, stages: Stages, clock: Clock) -> None:
        self._store = store
        self._stages = stages
        self._clock = clock
        self._stirred = Bell()
        stages.changed.chain(self._stirred)
        self._lost_since: dict[_Way, datetime] = {}
        self._told: dict[_Way, set[OutletState]] = {}

    async def of(self, chat: ChatId, asker: Asker) -> Sequence[Outlet]:
        """The group's outlets, by name."""
        async with self._store.reading() as records:
            await require_in_group(records, Action.RESTREAM, chat, asker, self._clock.now())
            return await records.outlets.of(chat)

    async def states(self, chat: ChatId) -> Mapping[str, OutletState]:
        """How the outlets do by which the group's talk goes out now; nothing while none is on."""
        async with self._store.reading() as records:
            on = await records.rooms.in_states(ON_STAGE, chat, limit=1)
        return self._stages.outlets(on[0].id) if on else {}

    async def add(self, chat: ChatId, asker: Asker, address: str) -> Outlet:
        """Have the group's talks go out to a server as well, the one that is on included.

        An outlet of the same mount or key is replaced: its password may be another one now.

        Raises:
            OutletMalformed: the address is none.
            TooManyOutlets.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            await require_in_group(records, Action.RESTREAM, chat, asker, now)
            known = await records.outlets.of(chat)
            outlet = named_apart(read_outlet(address), known)
            names = {one.name for one in known}
            if outlet.name not in names and len(names) >= MOST:
                raise TooManyOutlets(MOST)
            await records.outlets.save(chat, outlet, asker.person)
            await records.log.add(_deed(chat, DeedKind.OUTLET_ADDED, asker, now, outlet.name))
        log.info("chat %s has %s outlets", chat, len({*names, outlet.name}))
        return outlet

    async def remove(self, chat: ChatId, asker: Asker, name: str) -> None:
        """Have them go there no more; no error when that is so."""
        now = self._clock.now()
        async with self._store.writing() as records:
            await require_in_group(records, Action.RESTREAM, chat, asker, now)
            if any(one.name == name for one in await records.outlets.of(chat)):
                await records.outlets.remove(chat, name)
                await records.log.add(_deed(chat, DeedKind.OUTLET_REMOVED, asker, now, name))

    async def run(self) -> None:
        """Tell who added an outlet how it does, each thing once in a talk, for ever."""
        while True:
            ring = self._stirred.next_ring()
            now = self._clock.now()
            for way, state in self._news(now):
                await self._tell(way, state, now)
            due = [since + LONG for since in self._lost_since.values() if since + LONG > now]
            await self._clock.wait(ring, min(due, default=None))

    def _news(self, now: datetime) -> Sequence[tuple[_Way, OutletState]]:
        """What nobody was told yet. That all is well again is told only after it was told that it is not."""
        states = {
            _Way(room, name): state
            for room in self._stages.restreamed
            for name, state in self._stages.outlets(room).items()
        }
        self._told = {way: self._told.get(way, set()) for way in states}
        lost = [way for way, state in states.items() if state is OutletState.LOST]
        self._lost_since = {way: self._lost_since.get(way, now) for way in lost}
        news = [
            (way, state)
            for way, state in states.items()
            if state is not OutletState.CONNECTING
            and state not in self._told[way]
            and not (state is OutletState.LOST and now - self._lost_since[way] < LONG)
        ]
        for way, state in news:
            self._told[way].add(state)
        return news

    async def _tell(self, way: _Way, state: OutletState, now: datetime) -> None:
        log.info("an outlet of room %s is %s", way.room, state)
        async with self._store.writing() as records:
            room = await records.rooms.find(way.room)
            chat = await _minder(records, room.plan.chat, way.name) if room is not None else None
            if room is not None and chat is not None:
                notice = notice_to(chat, room, NoticeKind.OUTLET, f"{state} {way.name}")
                await records.outbox.put(notice, now)


async def _minder(records: Records, chat: ChatId, name: str) -> ChatId | None:
    """The private chat of who added the outlet, if they can be written to."""
    person = await records.outlets.added_by(chat, name)
    if person in (None, NOBODY) or await records.people.find(person) is None:
        return None
    return private_chat(person)


def _deed(chat: ChatId, kind: DeedKind, by: Asker, at: datetime, name: str) -> Deed:
    return Deed(chat, at, kind, by.person, by.name, name)
