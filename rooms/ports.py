"""Ports: what the use cases need from the world besides their records, as protocols that adapters fulfil."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from rooms.group import Group
from rooms.ids import ChatId, PersonId, RoomId
from rooms.outlets import Outlet, OutletState
from rooms.playing import Cue, Playback
from rooms.recordings import Excerpt, Recording, Track, Turn
from rooms.room import Room
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
    """A call to be opened, and all that is to be true of it; opened again, it is brought to this.

    When `is_live` the talk is under way already: no hold music and no jingle. `joins_muted`: who comes only
    listens, but for the `speakers`, who may unmute. The voices of the `unrecorded` are in no recording.
    `bridges` are the other chats in whose calls the talk is carried, `outlets` the servers elsewhere.
    """

    room: RoomId
    chat: ChatId
    title: str
    is_live: bool
    is_recorded: bool = True
    joins_muted: bool = False
    speakers: frozenset[PersonId] = frozenset()
    unrecorded: frozenset[PersonId] = frozenset()
    bridges: frozenset[ChatId] = frozenset()
    outlets: tuple[Outlet, ...] = ()


@dataclass(frozen=True, slots=True)
class StageChanged:
    """Somebody came, went, muted, spoke or fell silent, raised a hand or may speak now."""

    room: RoomId
    stage: Stage


@dataclass(frozen=True, slots=True)
class CallEnded:
    """Somebody else ended the call in Telegram; in `chat`, where the talk is carried in several."""

    room: RoomId
    chat: ChatId | None = None


@dataclass(frozen=True, slots=True)
class CallRegained:
    """The relay fell out of the call, heard nothing any more or died, and is back after so long."""

    room: RoomId
    away: timedelta


@dataclass(frozen=True, slots=True)
class CallEnlarged:
    """The call became so large that only its whole mix is heard, in which nobody can be told apart.

    It is that of `chat`, where the talk is carried in several; None: the talk's own.
    """

    room: RoomId
    chat: ChatId | None = None


@dataclass(frozen=True, slots=True)
class BridgeChanged:
    """The talk is carried in another group's call; or not yet, for a `trouble`: a refusal's class name."""

    room: RoomId
    chat: ChatId
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class RecordingTorn:
    """The disk does not take what is recorded of the talk; told again every while that it stays so."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class PlaybackChanged:
    """Another sound plays, or waits, than before."""

    room: RoomId
    playback: Playback


@dataclass(frozen=True, slots=True)
class OutletChanged:
    """A server elsewhere takes the sound, or does not any more."""

    room: RoomId
    name: str
    state: OutletState


@dataclass(frozen=True, slots=True)
class RelayRestarted:
    """A relay process is back: open calls are to be opened again; or an account lost that of `room` alone."""

    room: RoomId | None = None


Setback = CallRegained | CallEnlarged | BridgeChanged | RecordingTorn
"""What a talk goes on with, and its host must know."""

CallEvent = StageChanged | CallEnded | Setback | PlaybackChanged | OutletChanged | RelayRestarted


@dataclass(frozen=True, slots=True)
class Links:
    """The links into a public group's call: for who may unmute at once, and for who comes to listen."""

    speakers: str
    listeners: str


class Fault(StrEnum):
    """What would keep a talk from being held, as far as it can be known before."""

    RELAY_DOWN = "relay_down"
    NOT_IN_CHAT = "not_in_chat"
    LACKS_RIGHTS = "lacks_rights"
    DISK_FULL = "disk_full"
    SOUND_BROKEN = "sound_broken"
    """A tone sent through mixing, encoding and decoding did not come out as it went in."""


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

    async def plan(self, room: RoomId, chat: ChatId, title: str, at: datetime) -> int | None:
        """Plan the chat's call for an instant 10 s to 8 days ahead, so that members see it count down.

        Gives Telegram's number of it, the same when asked again; None where the chat has another call
        already, planned or going on, ours or not: it is left as it is. Raises `CallRefused`.
        """
        ...

    async def unplan(self, chat: ChatId, call: int) -> None:
        """Take back a planned call; no error when it is gone, or has begun. Raises `CallRefused`."""
        ...

    async def check(self, chat: ChatId) -> tuple[Fault, ...]:
        """What would keep the relay from holding a talk in the chat now; nothing when all is well."""
        ...

    def events(self) -> AbstractAsyncContextManager[AsyncIterator[CallEvent]]:
        """What happens in the calls from now on, in order."""
        ...


class Floor(Protocol):
    """Who may speak in a call. Everything raises `CallRefused` when Telegram does not let us.

    Somebody who is not in the call is no error: what concerns them is done when they come.
    """

    async def let_speak(self, room: RoomId, person: PersonId, may_speak: bool) -> None:
        """Let somebody unmute, or make them a listener; their hand is down then."""
        ...

    async def silence(self, room: RoomId, person: PersonId | None) -> None:
        """Mute somebody, or with None everybody; who may speak can unmute again."""
        ...

    async def lower_hand(self, room: RoomId, person: PersonId) -> None:
        """Lower somebody's hand."""
        ...

    async def links(self, room: RoomId) -> Links | None:
        """The links into the call; None where the group is not public."""
        ...


class Turntable(Protocol):
    """Sounds that are brought into a talk. Raises `CallRefused` when the room is not open."""

    async def play(self, room: RoomId, cue: Cue) -> None:
        """Put a sound behind those that wait; raises `SoundRefused`."""
        ...

    async def say(self, room: RoomId, text: str, language: str) -> None:
        """Read a notice aloud before everything else; raises `SoundRefused`."""
        ...

    async def pause(self, room: RoomId, is_paused: bool) -> None:
        """Let what plays rest, or go on."""
        ...

    async def skip(self, room: RoomId) -> None:
        """Go on with the next sound; without one, be silent."""
        ...

    async def stop(self, room: RoomId) -> None:
        """Play nothing any more and forget what waits."""
        ...

    async def set_volume(self, room: RoomId, volume: int) -> None:
        """How loud sounds are, in per cent of their own loudness, 0 to `rooms.playing.LOUDEST`."""
        ...


@dataclass(frozen=True, slots=True)
class Mastering:
    """What is to be made of a room's recording. `consenting` get tracks; `unrecorded` are heard nowhere.

    `theme` decides the colours of its picture: talks of one theme look alike.
    """

    room: RoomId
    title: str
    artist: str
    theme: str = ""
    consenting: frozenset[PersonId] = frozenset()
    unrecorded: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class Mastered:
    """What was made of it."""

    recording: Recording
    tracks: tuple[Track, ...] = ()
    turns: tuple[Turn, ...] = ()


class Tapes(Protocol):
    """What is made of recordings. Everything raises `CallRefused`, also when the disk refuses."""

    async def clip(self, room: RoomId, length: timedelta, at: timedelta | None = None) -> Excerpt:
        """A piece of a talk as a file of its own, as long as was asked for or as there is of it.

        With `at`, counted from the beginning of a finished recording; else the last so much of a talk that is
        being recorded.

        Raises:
            NotRecorded: nothing was recorded there, or not yet.
        """
        ...

    async def master(self, order: Mastering) -> Mastered:
        """Make a finished recording ready to be heard; takes its time."""
        ...

    async def erase(self, room: RoomId) -> None:
        """Delete all that was recorded and made of it; no error when it is gone already."""
        ...


class Covers(Protocol):
    """Draws talks' covers, as the announcement has them."""

    async def cover(self, room: Room, group: Group | None) -> bytes:
        """The cover as a JPEG of 1280 x 720 pixels; raises `NoCover` when it cannot be drawn now."""
        ...

    async def square(self, room: Room, group: Group | None) -> bytes:
        """The same on a square ground, as a JPEG of 1400 x 1400 pixels; raises `NoCover`."""
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
