"""Sounding: who minds a talk that is on brings sounds into it, and has notices read aloud."""

from rooms.authority import require
from rooms.errors.floor import NoTalkOn
from rooms.errors.sounds import NothingPlays, NothingToSay, SaidTooLong, VolumeOutOfRange
from rooms.ids import ChatId, RoomId
from rooms.listening import Stages
from rooms.playing import LOUDEST, Cue
from rooms.ports import Clock, Turntable
from rooms.programme import on_in
from rooms.records import Store
from rooms.roles import Action, Asker
from rooms.room import ON_STAGE, Room

LONGEST_SAID = 300
"""Characters of a notice that is read aloud at most."""


class Sounding:
    """Plays for who may; what plays is seen on the stages.

    Whatever is asked raises `NoTalkOn` when the talk is not on, `NotAllowed`, `Banned` or `NotAMember` when
    the asker may not, and `CallRefused` when the relay is not in the call.
    """

    def __init__(self, store: Store, turntable: Turntable, stages: Stages, clock: Clock) -> None:
        self._store = store
        self._turntable = turntable
        self._stages = stages
        self._clock = clock

    async def on_in(self, chat: ChatId) -> Room:
        """The talk that is on in a chat's call; raises `NoTalkOn`."""
        async with self._store.reading() as records:
            return await on_in(records, chat)

    async def on(self, limit: int) -> list[Room]:
        """The talks that are on, wherever they are, the earliest first."""
        async with self._store.reading() as records:
            return list(await records.rooms.in_states(ON_STAGE, limit=limit))

    async def admit(self, room_id: RoomId, asker: Asker) -> Room:
        """Refuse who may not play anything there, before anything is fetched."""
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
            if room is None or room.state not in ON_STAGE:
                raise NoTalkOn
            await require(records, Action.PLAY, room, asker, self._clock.now())
        return room

    async def play(self, room_id: RoomId, asker: Asker, cue: Cue) -> Room:
        """Put a sound behind those that wait; hold music gives way to it.

        Raises:
            SoundRefused: it cannot be played; its subclass says why.
        """
        room = await self.admit(room_id, asker)
        await self._turntable.play(room_id, cue)
        return room

    async def say(self, room_id: RoomId, asker: Asker, text: str) -> Room:
        """Have a notice read aloud, in the group's language, before everything else.

        Raises:
            NothingToSay, SaidTooLong.
            SoundRefused: nobody can read it; `VoiceMissing` says that no voice is installed.
        """
        room = await self.admit(room_id, asker)
        words = " ".join(text.split())
        if not words:
            raise NothingToSay
        if len(words) > LONGEST_SAID:
            raise SaidTooLong(len(words), LONGEST_SAID)
        async with self._store.reading() as records:
            group = await records.groups.find(room.plan.chat)
        await self._turntable.say(room_id, words, group.language if group is not None else "en")
        return room

    async def pause(self, room_id: RoomId, asker: Asker, *, is_paused: bool) -> Room:
        """Let what plays rest, or go on; raises `NothingPlays`."""
        room = await self._playing(room_id, asker)
        await self._turntable.pause(room_id, is_paused)
        return room

    async def skip(self, room_id: RoomId, asker: Asker) -> Room:
        """Go on with the next sound; raises `NothingPlays`."""
        room = await self._playing(room_id, asker)
        await self._turntable.skip(room_id)
        return room

    async def stop(self, room_id: RoomId, asker: Asker) -> Room:
        """Play nothing any more, and forget what waits; no error when that is so."""
        room = await self.admit(room_id, asker)
        await self._turntable.stop(room_id)
        return room

    async def set_volume(self, room_id: RoomId, asker: Asker, volume: int) -> Room:
        """How loud sounds are, in per cent of their own loudness; raises `VolumeOutOfRange`."""
        room = await self.admit(room_id, asker)
        if not 0 <= volume <= LOUDEST:
            raise VolumeOutOfRange(volume, LOUDEST)
        await self._turntable.set_volume(room_id, volume)
        return room

    async def _playing(self, room_id: RoomId, asker: Asker) -> Room:
        room = await self.admit(room_id, asker)
        if self._stages.playback(room_id).now is None:
            raise NothingPlays
        return room
