"""The Calls port in memory, with strings to pull from tests."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rooms.errors.calls import AdminMaySpeak, CallRefused, CallUnreachable
from rooms.errors.sounds import SoundRefused
from rooms.ids import NO_CHAT, ChatId, PersonId, RoomId
from rooms.playing import Cue, Playback
from rooms.ports import (
    CallEnded,
    CallEvent,
    Fault,
    Links,
    Opening,
    PlaybackChanged,
    RelayRestarted,
    StageChanged,
)
from rooms.recordings import Recording
from rooms.stage import Stage
from voice.pool.bulletin import Bulletin

LENGTH = timedelta(minutes=45)


class FakeCalls:
    """Remembers what was asked, in order; refuses what it is told to refuse.

    `opened`, `went_live` and `closed` list the requests that were granted. `in_call` holds the rooms in whose
    call the relay is, `live` those of them whose talk is under way. `stages` holds who is in the calls, and
    `floor` lists what was asked about them: as in Telegram, `admins` cannot be kept from speaking. While it
    `is_slow`, what is granted there does not show yet. `played` and `said` list what was brought into them;
    `sound_refusal` is raised instead, if there is one.
    """

    def __init__(self) -> None:
        self.opened: list[Opening] = []
        self.went_live: list[RoomId] = []
        self.closed: list[RoomId] = []
        self.in_call: dict[RoomId, Opening] = {}
        self.live: set[RoomId] = set()
        self.recordings: dict[RoomId, Recording] = {}
        self.recording_length = LENGTH
        self.planned: dict[ChatId, tuple[int, str, datetime]] = {}
        self.calls_planned = 0
        self.faults: dict[ChatId, tuple[Fault, ...]] = {}
        self.stages: dict[RoomId, Stage] = {}
        self.floor: list[tuple[str, PersonId | None]] = []
        self.admins: set[PersonId] = set()
        self.is_slow = False
        self.known_links: dict[RoomId, Links] = {}
        self.played: list[Cue] = []
        self.said: list[tuple[str, str]] = []
        self.playbacks: dict[RoomId, Playback] = {}
        self.sound_refusal: SoundRefused | None = None
        self._refusals: dict[ChatId, CallRefused] = {}
        self._bulletin = Bulletin()

    async def open(self, opening: Opening) -> None:
        if refusal := self._refusals.get(opening.chat):
            raise refusal
        self.opened.append(opening)
        self.in_call[opening.room] = opening
        if opening.is_live:
            self._begin(opening.room)

    async def go_live(self, room: RoomId) -> None:
        if room not in self.in_call:
            raise CallUnreachable(NO_CHAT, f"room {room} is not open")
        self.went_live.append(room)
        self._begin(room)

    async def close(self, room: RoomId) -> Recording | None:
        self.closed.append(room)
        self.in_call.pop(room, None)
        self.live.discard(room)
        return self.recordings.get(room)

    async def plan(self, room: RoomId, chat: ChatId, title: str, at: datetime) -> int | None:  # noqa: ARG002
        if refusal := self._refusals.get(chat):
            raise refusal
        number, _, counted_down_to = self.planned.get(chat, (0, "", None))
        if counted_down_to == at and number <= self.calls_planned:
            return number
        if chat in self.planned or any(opening.chat == chat for opening in self.in_call.values()):
            return None
        self.calls_planned += 1
        self.planned[chat] = (self.calls_planned, title, at)
        return self.calls_planned

    async def unplan(self, chat: ChatId, call: int) -> None:
        if refusal := self._refusals.get(chat):
            raise refusal
        if chat in self.planned and self.planned[chat][0] == call:
            del self.planned[chat]

    async def check(self, chat: ChatId) -> tuple[Fault, ...]:
        return self.faults.get(chat, ())

    async def let_speak(self, room: RoomId, person: PersonId, may_speak: bool) -> None:
        self._ask_floor(room, "speak" if may_speak else "listen", person)
        if self.is_slow:
            return
        if person in self.admins and not may_speak:
            self.change(room, person, is_muted=True)
            raise AdminMaySpeak(NO_CHAT, "Telegram lets admins speak")
        more = {} if may_speak else {"is_muted": True}
        self.change(room, person, may_speak=may_speak, hand=None, **more)

    async def silence(self, room: RoomId, person: PersonId | None) -> None:
        self._ask_floor(room, "silence", person)
        if self.is_slow:
            return
        for one in self.stages.get(room, Stage()).people:
            if person in (None, one.person):
                self.change(room, one.person, is_muted=True, is_speaking=False)

    async def lower_hand(self, room: RoomId, person: PersonId) -> None:
        self._ask_floor(room, "lower", person)
        if not self.is_slow:
            self.change(room, person, hand=None)

    async def links(self, room: RoomId) -> Links | None:
        self._ask_floor(room, "links", None)
        return self.known_links.get(room)

    async def play(self, room: RoomId, cue: Cue) -> None:
        playback = self._turn(room)
        self.played.append(cue)
        if playback.now is None:
            self.turn(room, replace(playback, now=cue.title))
        else:
            self.turn(room, replace(playback, queue=(*playback.queue, cue.title)))

    async def say(self, room: RoomId, text: str, language: str) -> None:
        self._turn(room)
        self.said.append((text, language))

    async def pause(self, room: RoomId, is_paused: bool) -> None:
        self.turn(room, replace(self._turn(room), is_paused=is_paused))

    async def skip(self, room: RoomId) -> None:
        playback = self._turn(room)
        first = playback.queue[0] if playback.queue else None
        self.turn(room, replace(playback, now=first, queue=playback.queue[1:]))

    async def stop(self, room: RoomId) -> None:
        self.turn(room, Playback(volume=self._turn(room).volume))

    async def set_volume(self, room: RoomId, volume: int) -> None:
        self.turn(room, replace(self._turn(room), volume=volume))

    def turn(self, room: RoomId, playback: Playback) -> None:
        """Another sound plays, or waits, in the room."""
        self.playbacks[room] = playback
        self._bulletin.post(PlaybackChanged(room, playback))

    def change(self, room: RoomId, person: PersonId, **fields: Any) -> None:
        """Somebody who is in the call is different there now; nothing happens to who is not."""
        stage = self.stages.get(room, Stage())
        changed = tuple(replace(one, **fields) if one.person == person else one for one in stage.people)
        if changed != stage.people:
            self.move(room, Stage(changed))

    def events(self) -> AbstractAsyncContextManager[AsyncIterator[CallEvent]]:
        return self._bulletin.follow()

    def refuse(self, refusal: CallRefused) -> None:
        """From now on the refusal's chat cannot be opened."""
        self._refusals[refusal.chat] = refusal

    def relent(self, chat: ChatId) -> None:
        """Take the refusal back."""
        self._refusals.pop(chat, None)

    def end(self, room: RoomId) -> None:
        """Somebody else ends the room's call in Telegram."""
        self.in_call.pop(room, None)
        self.live.discard(room)
        self._bulletin.post(CallEnded(room))

    def move(self, room: RoomId, stage: Stage) -> None:
        """The room's stage is another one now."""
        self.stages[room] = stage
        self._bulletin.post(StageChanged(room, stage))

    def tell(self, event: CallEvent) -> None:
        """Something else happens in a call."""
        self._bulletin.post(event)

    def crash(self) -> None:
        """The relay dies and comes back: it is in no call any more."""
        self.in_call.clear()
        self.live.clear()
        self._bulletin.post(RelayRestarted())

    def _ask_floor(self, room: RoomId, what: str, person: PersonId | None) -> None:
        opening = self.in_call.get(room)
        if opening is None:
            raise CallUnreachable(NO_CHAT, f"room {room} is not open")
        if refusal := self._refusals.get(opening.chat):
            raise refusal
        self.floor.append((what, person))

    def _turn(self, room: RoomId) -> Playback:
        """What plays in a room that is open, where sounds are not refused."""
        if room not in self.in_call:
            raise CallUnreachable(NO_CHAT, f"room {room} is not open")
        if self.sound_refusal is not None:
            raise self.sound_refusal
        return self.playbacks.get(room, Playback())

    def _begin(self, room: RoomId) -> None:
        self.live.add(room)
        if self.in_call[room].is_recorded:
            self.recordings[room] = Recording(
                room, Path(f"/recordings/{room}/talk.ogg"), self.recording_length
            )
