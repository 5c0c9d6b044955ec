"""Ports: what the use cases need from the world, as protocols that adapters fulfil."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from rooms.bell import Bell
from rooms.group import Group
from rooms.ids import ChatId, RoomId
from rooms.jobs import Job, JobKind
from rooms.notices import Letter, Notice
from rooms.room import Plan, Room, RoomState
from rooms.stage import Stage


class Clock(Protocol):
    """The only one who knows what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...

    async def wait(self, event: asyncio.Event, until: datetime | None) -> None:
        """Return as soon as the event is set or the instant has come (None: only by the event)."""
        ...


class Rooms(Protocol):
    """The rooms on record."""

    async def add(self, plan: Plan, listen_key: str) -> Room:
        """Put a new draft on record and number it."""
        ...

    async def get(self, room: RoomId) -> Room:
        """The room as it is now; raises `NoSuchRoom`."""
        ...

    async def find(self, room: RoomId) -> Room | None:
        """The room as it is now, if it is on record."""
        ...

    async def by_listen_key(self, key: str) -> Room:
        """The room whose gallery link has this key; raises `NoSuchRoom`."""
        ...

    async def save(self, room: Room) -> None:
        """Replace the room on record by this value."""
        ...

    async def remove(self, room: RoomId) -> None:
        """Forget the room and all that hangs on it; no error when it is gone already."""
        ...

    async def in_states(
        self, states: Collection[RoomState], chat: ChatId | None = None, limit: int = 100
    ) -> Sequence[Room]:
        """Rooms in any of the states, of one chat or of all, earliest start first."""
        ...


class Groups(Protocol):
    """The groups on record."""

    async def save(self, group: Group) -> None:
        """Put the group on record, or replace what was known of it."""
        ...

    async def find(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it is known."""
        ...

    async def by_programme_key(self, key: str) -> Group | None:
        """The group whose programme page has this key."""
        ...


class Jobs(Protocol):
    """Due work on record. A job whose lease has expired is due again."""

    async def add(self, room: RoomId, kind: JobKind, due_at: datetime) -> None:
        """Put a job on record."""
        ...

    async def lease(self, now: datetime, until: datetime) -> Job | None:
        """Take the earliest due job of a room none of whose jobs is leased; ours alone before `until`."""
        ...

    async def reclaim(self) -> None:
        """Take back every lease; only for a process that knows it is the only one left."""
        ...

    async def finish(self, job: int) -> None:
        """The job is done and forgotten."""
        ...

    async def postpone(self, job: int, due_at: datetime) -> None:
        """Give the lease back; the job is due again at the instant."""
        ...

    async def drop(self, room: RoomId, kinds: Collection[JobKind]) -> None:
        """Forget a room's jobs of these kinds."""
        ...

    async def next_due(self) -> datetime | None:
        """When to look again: the earliest instant at which a job may be leased."""
        ...


class Outbox(Protocol):
    """Notices on record until they were delivered, in order within each chat."""

    async def put(self, notice: Notice, not_before: datetime) -> None:
        """Put a notice on record; an equal one that still waits is not doubled."""
        ...

    async def lease(self, now: datetime, until: datetime) -> Letter | None:
        """Take the first waiting notice of a chat none of whose notices is leased or put off."""
        ...

    async def reclaim(self) -> None:
        """Take back every lease; only for a process that knows it is the only one left."""
        ...

    async def forget(self, letter: int) -> None:
        """The notice was sent, or never can be."""
        ...

    async def put_off(self, letter: int, until: datetime) -> None:
        """Give the lease back; the notice, and its chat's later ones, wait until the instant."""
        ...

    async def next_due(self) -> datetime | None:
        """When to look again: the earliest instant at which a notice may be leased."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a recording in which nothing could be heard, from its beginning."""

    at: timedelta
    length: timedelta


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording: one Ogg Opus file."""

    room: RoomId
    path: Path
    duration: timedelta
    gaps: tuple[Gap, ...] = ()


class Recordings(Protocol):
    """The recordings on record."""

    async def save(self, recording: Recording) -> None:
        """Put the recording of a room on record, replacing an earlier one."""
        ...

    async def find(self, room: RoomId) -> Recording | None:
        """The recording of a room."""
        ...


class Records(Protocol):
    """All that is on record, seen within one transaction."""

    @property
    def rooms(self) -> Rooms:
        """The talks."""
        ...

    @property
    def groups(self) -> Groups:
        """The groups."""
        ...

    @property
    def jobs(self) -> Jobs:
        """Due work."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Undelivered notices."""
        ...

    @property
    def recordings(self) -> Recordings:
        """Finished recordings."""
        ...


class Store(Protocol):
    """What is remembered. One writer at a time; a transaction is kept whole or, on an exception, dropped."""

    committed: Bell
    """Rung after every commit."""

    def writing(self) -> AbstractAsyncContextManager[Records]:
        """A transaction that may change the records; committed when the block ends without an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Records]:
        """A view of the records that must not change them."""
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """A call to be opened. When `is_live` the talk is under way already: no hold music and no jingle."""

    room: RoomId
    chat: ChatId
    title: str
    is_live: bool


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
