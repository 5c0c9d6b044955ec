"""The desks: the ports of the calls, the floor and the turntable, by commands to whoever carries them out."""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from rooms.airwaves import MemoryAirwaves
from rooms.errors.calls import CallClosed, CallRefused
from rooms.ids import NO_CHAT, ChatId, PersonId, RoomId
from rooms.playing import Cue
from rooms.ports import CallEvent, Fault, Links, Opening, Packet
from rooms.recordings import Excerpt, Recording
from voice.messages.commands import (
    AskLinks,
    Check,
    Close,
    Command,
    Cut,
    GoLive,
    LetSpeak,
    LowerHand,
    Open,
    Pause,
    Plan,
    Play,
    Say,
    SetVolume,
    Silence,
    Skip,
    Stop,
    Unplan,
)
from voice.messages.reports import Answer, Checked, Clipped, Finished, Linked, Planned
from voice.mixing.units import SLOT_SECONDS
from voice.pool.bulletin import Bulletin
from voice.pool.continuity import Continuity

OPENING, CLOSING = 45.0, 45.0
"""Seconds that it may take to be in a call, and to be out of it with the recording on disk."""

ASKING = 30.0
"""Seconds that what is asked of Telegram may take."""

TURNING = 10.0
"""Seconds that may pass until the relay process has done something by itself."""

FETCHING = 30.0
"""Seconds within which a sound is decoded so far that it can be played, or is refused."""

_Kind = TypeVar("_Kind")


class Desk(ABC):
    """Has commands carried out."""

    @abstractmethod
    async def ask(self, command: Command, chat: ChatId, patience: float) -> Answer | None:
        """Have a command carried out that concerns a chat; `patience` is in seconds.

        Raises:
            CallRefused, SoundRefused: as whoever carries it out says.
        """

    @abstractmethod
    def chat_of(self, room: RoomId) -> ChatId:
        """The chat of an open room, for refusals to name; else `NO_CHAT`."""

    async def _tell(self, command: Command, room: RoomId, patience: float) -> None:
        await self.ask(command, self.chat_of(room), patience)


class CallDesk(Desk):
    """The ports Calls and Airwaves: opens and closes calls, and hands on what happens and is heard in them.

    Of the rooms that are open it remembers when their clocks began.
    """

    def __init__(self) -> None:
        self._airwaves = MemoryAirwaves()
        self._bulletin = Bulletin()
        self._continuity = Continuity()
        self._chats: dict[RoomId, ChatId] = {}
        self._began: dict[RoomId, float] = {}

    def chat_of(self, room: RoomId) -> ChatId:
        """The chat of an open room; else `NO_CHAT`."""
        return self._chats.get(room, NO_CHAT)

    async def open(self, opening: Opening) -> None:
        """See `rooms.ports.Calls`; a room's clock goes on from one process to the next."""
        self._chats[opening.room] = opening.chat
        began = self._began.setdefault(opening.room, _now_in_step())
        try:
            await self.ask(Open(0, opening, began), opening.chat, OPENING)
        except CallClosed:
            self._continuity.forget(opening.room)
            raise

    async def go_live(self, room: RoomId) -> None:
        """See `rooms.ports.Calls`; raises `CallRefused`."""
        await self._tell(GoLive(0, room), room, TURNING)

    async def close(self, room: RoomId) -> Recording | None:
        """See `rooms.ports.Calls`; raises `CallRefused`, and is to be asked again then."""
        finished = await self.ask(Close(0, room), self.chat_of(room), CLOSING)
        self._chats.pop(room, None)
        self._began.pop(room, None)
        self._continuity.forget(room)
        if finished is None:
            return None
        finished = _expect(Finished, finished)
        return Recording(room, Path(finished.path), finished.duration, finished.gaps)

    def events(self) -> AbstractAsyncContextManager[AsyncIterator[CallEvent]]:
        """What happens in the calls from now on, in order."""
        return self._bulletin.follow()

    def publish(self, room: RoomId, packet: Packet) -> None:
        """Send a packet out to those who listen in this process; never blocks."""
        self._airwaves.publish(room, packet)

    def listen(self, room: RoomId) -> AbstractAsyncContextManager[AsyncIterator[Packet]]:
        """The room's packets from now on."""
        return self._airwaves.listen(room)

    async def plan(self, room: RoomId, chat: ChatId, title: str, at: datetime) -> int | None:
        """See `rooms.ports.Calls`."""
        return _expect(Planned, await self.ask(Plan(0, room, chat, title, at), chat, ASKING)).call

    async def unplan(self, chat: ChatId, call: int) -> None:
        """See `rooms.ports.Calls`."""
        await self.ask(Unplan(0, chat, call), chat, ASKING)

    async def check(self, chat: ChatId) -> tuple[Fault, ...]:
        """See `rooms.ports.Calls`; when nobody answers, that is the fault."""
        try:
            return _expect(Checked, await self.ask(Check(0, chat), chat, ASKING)).faults
        except CallRefused:
            return (Fault.RELAY_DOWN,)

    async def clip(self, room: RoomId, length: timedelta) -> Excerpt:
        """See `rooms.ports.Tapes`."""
        clipped = _expect(Clipped, await self.ask(Cut(0, room, length), self.chat_of(room), ASKING))
        return Excerpt(Path(clipped.path), clipped.length)


class FloorDesk(Desk):
    """The port Floor."""

    async def let_speak(self, room: RoomId, person: PersonId, may_speak: bool) -> None:
        """See `rooms.ports.Floor`."""
        await self._tell(LetSpeak(0, room, person, may_speak), room, ASKING)

    async def silence(self, room: RoomId, person: PersonId | None) -> None:
        """See `rooms.ports.Floor`."""
        await self._tell(Silence(0, room, person), room, ASKING)

    async def lower_hand(self, room: RoomId, person: PersonId) -> None:
        """See `rooms.ports.Floor`."""
        await self._tell(LowerHand(0, room, person), room, ASKING)

    async def links(self, room: RoomId) -> Links | None:
        """See `rooms.ports.Floor`."""
        return _expect(Linked, await self.ask(AskLinks(0, room), self.chat_of(room), ASKING)).links


class SoundDesk(Desk):
    """The port Turntable."""

    async def play(self, room: RoomId, cue: Cue) -> None:
        """See `rooms.ports.Turntable`."""
        await self._tell(Play(0, room, cue), room, FETCHING)

    async def say(self, room: RoomId, text: str, language: str) -> None:
        """See `rooms.ports.Turntable`."""
        await self._tell(Say(0, room, text, language), room, FETCHING)

    async def pause(self, room: RoomId, is_paused: bool) -> None:
        """See `rooms.ports.Turntable`."""
        await self._tell(Pause(0, room, is_paused), room, TURNING)

    async def skip(self, room: RoomId) -> None:
        """See `rooms.ports.Turntable`."""
        await self._tell(Skip(0, room), room, TURNING)

    async def stop(self, room: RoomId) -> None:
        """See `rooms.ports.Turntable`."""
        await self._tell(Stop(0, room), room, TURNING)

    async def set_volume(self, room: RoomId, volume: int) -> None:
        """See `rooms.ports.Turntable`."""
        await self._tell(SetVolume(0, room, volume), room, TURNING)


def _now_in_step() -> float:
    """The last instant on the monotonic clock at which rooms begin a slot: all at once, to be woken once."""
    return time.monotonic() // SLOT_SECONDS * SLOT_SECONDS


def _expect(kind: type[_Kind], answer: Answer | None) -> _Kind:
    if not isinstance(answer, kind):
        raise TypeError(f"{type(answer).__name__} where {kind.__name__} was to come")
    return answer
