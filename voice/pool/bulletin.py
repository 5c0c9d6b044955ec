"""The bulletin: hands what happens in the calls to all who follow it."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rooms.ports import BridgeChanged, CallEvent, OutletChanged, PlaybackChanged, RecordingTorn, StageChanged


class Bulletin:
    """Events in order to every follower. A follower who falls behind misses only states that are outdated."""

    def __init__(self) -> None:
        self._followers: set[_Follower] = set()

    def post(self, event: CallEvent) -> None:
        """Tell every follower; never blocks."""
        for follower in self._followers:
            follower.take(event)

    @asynccontextmanager
    async def follow(self) -> AsyncIterator[AsyncIterator[CallEvent]]:
        """What is posted from now on, in order."""
        follower = _Follower()
        self._followers.add(follower)
        try:
            yield follower
        finally:
            self._followers.discard(follower)


class _Follower:
    """One follower's events on their way: of each state only the last, so that their number stays bounded."""

    def __init__(self) -> None:
        self._waiting: deque[CallEvent] = deque()
        self._has_some = asyncio.Event()

    def take(self, event: CallEvent) -> None:
        subject = _subject(event)
        if subject is not None:
            self._waiting = deque(other for other in self._waiting if _subject(other) != subject)
        self._waiting.append(event)
        self._has_some.set()

    def __aiter__(self) -> "_Follower":
        return self

    async def __anext__(self) -> CallEvent:
        while not self._waiting:
            self._has_some.clear()
            await self._has_some.wait()
        return self._waiting.popleft()


def _subject(event: CallEvent) -> tuple[object, ...] | None:
    """Of what an event tells the state, so that it replaces what was told before; None: of nothing."""
    match event:
        case StageChanged(room=room) | PlaybackChanged(room=room) | RecordingTorn(room=room):
            return (type(event), room)
        case OutletChanged(room=room, name=name):
            return (OutletChanged, room, name)
        case BridgeChanged(room=room, chat=chat):
            return (BridgeChanged, room, chat)
        case _:
            return None
