"""Ports: what the use cases need from the world besides their records, as protocols that adapters fulfil."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rooms.ids import ChatId, RoomId
from rooms.records import Recording
from rooms.stage import Stage


class Clock(Protocol):
    """The only one who knows what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...

    async def wait(self, event: asyncio.Event, until: datetime | None) -> None:
        """Return as soon as the event is set or the instant has come (None: only by the event)."""
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """A call to be opened. When `is_live` the talk is under way already: no hold music and no jingle."""

    room: RoomId
    chat: ChatId
    title: str
    is_live: bool
    is_recorded: bool = True


@dataclass(frozen=True, slots=True)
class StageChanged:
    """Somebody came, went, muted, spoke or fell silent."""

    room: RoomId
    stage: Stage


@dataclass(frozen=True, slots=True)
class CallEnded:
    """Somebody else ended the call in Telegram."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class RelayRestarted:
    """The relay process died and is back: every open call must be opened again."""


CallEvent = StageChanged | CallEnded | RelayRestarted


class Calls(Protocol):
    """The voice chats of groups, by a relay account that is in them."""

    async def open(self, opening: Opening) -> None:
        """Start, create or adopt the chat's call and join it; asked twice, it makes sure.

        Raises:
            CallRefused: Telegram or the voice server does not let us; its subclass says how to mend it.
        """
        ...

    async def go_live(self, room: RoomId) -> None:
        """Hold music ends, the jingle sounds and the recording begins."""
        ...

    async def close(self, room: RoomId) -> Recording | None:
        """End the call and finish the recording; None when nothing was recorded. Asked twice, same answer."""
        ...

    def events(self) -> AbstractAsyncContextManager[AsyncIterator[CallEvent]]:
        """What happens in the calls from now on, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Packet:
    """20 ms of a room's sound.

    `at` counts 48 kHz samples since the room's clock began and only grows: a jump is a gap in what was heard.
    `opus` is one Opus packet, mono. `level` is the loudness in dBov (RFC 6464): 0 loudest, 127 silence.
    """

    at: int
    opus: bytes
    level: int


class Airwaves(Protocol):
    """Carries rooms' sound from the one who encodes it to all who pass it on."""

    def publish(self, room: RoomId, packet: Packet) -> None:
        """Send a packet out; never blocks. A slow consumer loses its oldest packets."""
        ...

    def listen(self, room: RoomId) -> AbstractAsyncContextManager[AsyncIterator[Packet]]:
        """The room's packets from now on."""
        ...
