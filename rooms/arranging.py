"""Arranging: while a talk is on, its call is brought to what is on record, whoever changed that."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from rooms.arrangement import opening_of
from rooms.bell import Bell
from rooms.errors.calls import CallClosed, CallRefused
from rooms.ids import RoomId
from rooms.ports import Calls, Opening
from rooms.records import Store
from rooms.room import RoomState

log = logging.getLogger(__name__)

_OPEN = frozenset({RoomState.OPENING, RoomState.LIVE})

_ALL = 100_000


class Arrangements:
    """What was last asked of each open call: shared by who opens calls and who arranges them."""

    def __init__(self) -> None:
        self.changed = Bell()
        self._asked: dict[RoomId, Opening] = {}

    def asked(self, opening: Opening) -> None:
        """The call was opened so."""
        self._asked[opening.room] = opening
        self.changed.ring()

    def forget(self, room: RoomId) -> None:
        """The call is open no more."""
        self._asked.pop(room, None)

    def of(self, room: RoomId) -> Opening | None:
        """How the call was last asked for; None when it is not open."""
        return self._asked.get(room)

    @property
    def rooms(self) -> tuple[RoomId, ...]:
        """The rooms whose calls are open."""
        return tuple(self._asked)

    @property
    def is_idle(self) -> bool:
        """Whether no call is open."""
        return not self._asked


class Arranging:
    """Looks after every change on record whether a call that is open should be another one now."""

    def __init__(
        self,
        store: Store,
        calls: Calls,
        arrangements: Arrangements,
        interrupt: Callable[[RoomId], Awaitable[None]],
    ) -> None:
        self._store = store
        self._calls = calls
        self._arrangements = arrangements
        self._interrupt = interrupt
        self._changed = Bell()
        store.committed.chain(self._changed)
        arrangements.changed.chain(self._changed)

    async def run(self) -> None:
        """Arrange for ever. What is refused is tried again at the next change."""
        while True:
            ring = self._changed.next_ring()
            for opening in await self._wanted():
                await self._arrange(opening)
            await ring.wait()

    async def _wanted(self) -> list[Opening]:
        if self._arrangements.is_idle:
            return []
        async with self._store.reading() as records:
            rooms = await records.rooms.in_states(_OPEN, limit=_ALL)
            return [await opening_of(records, room) for room in rooms]

    async def _arrange(self, opening: Opening) -> None:
        asked = self._arrangements.of(opening.room)
        # that it goes live is a step of the evening, for which it is not opened again
        if asked is None or _without_step(asked) == _without_step(opening):
            return
        try:
            await self._calls.open(opening)
        except CallClosed:
            await self._interrupt(opening.room)
        except CallRefused as refusal:
            log.warning("room %s cannot be arranged: %s", opening.room, type(refusal).__name__)
        else:
            self._arrangements.asked(opening)


def _without_step(opening: Opening) -> Opening:
    return replace(opening, is_live=False)
