"""The archive: recordings in their folders, mastered, cut and deleted by processes that slow nobody down."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bot.erasing import unheard_in, unmark_unheard
from bot.replays import UPLOAD_LIMIT
from containers.ogg import NotOggOpus
from rooms.chapters import chapters_of
from rooms.errors.calls import CallRefused, RelayDiskRefused
from rooms.errors.recording import NothingOnTape, NotRecorded
from rooms.ids import NO_CHAT, PersonId, RoomId
from rooms.ports import Mastered, Mastering
from rooms.recordings import Excerpt, Recording, Track, Turn
from voice.mastering.deletion import delete_sound
from voice.mastering.orders import Chapter, Order, Replay
from voice.mastering.workshop import MasteringFailed, Workshop
from voice.recording.cutting import cut
from voice.recording.turns import forget_turns, read_turns

LIMIT = UPLOAD_LIMIT * 98 // 100
"""Bytes of a replay's part at most: an upload is a little more than its file."""

NAMELESS = "…"
"""The chapter of somebody who was forgotten."""


class Cuts(Protocol):
    """Whoever has what is being recorded."""

    async def clip(self, room: RoomId, length: timedelta) -> Excerpt:
        """The last so much of a talk that is being recorded; raises `CallRefused`."""
        ...


class Archive:
    """Fulfils the `Tapes` port over the folder that holds a folder for each talk."""

    def __init__(self, recordings: Path, relay: Cuts) -> None:
        self._recordings = recordings
        self._relay = relay
        self._workshop = Workshop()

    async def clip(self, room: RoomId, length: timedelta, at: timedelta | None = None) -> Excerpt:
        """See `rooms.ports.Tapes`."""
        try:
            if at is None:
                return await self._relay.clip(room, length)
            return await cut(self._folder(room), length, at)
        except NothingOnTape as nothing:
            raise NotRecorded from nothing

    async def master(self, order: Mastering) -> Mastered:
        """See `rooms.ports.Tapes`; who was forgotten since the talk is left out as well.

        Killed, it is to be done again, and gives the same.
        """
        folder = self._folder(order.room)
        try:
            forgotten = await asyncio.to_thread(unheard_in, folder)
            turns = await asyncio.to_thread(read_turns, folder)
        except (OSError, NotOggOpus) as error:
            raise RelayDiskRefused(NO_CHAT, str(error)) from error
        excluded = order.unrecorded | forgotten
        try:
            replay = await self._workshop.master(_order(order, folder, turns, excluded))
            await asyncio.to_thread(forget_turns, folder, excluded)
            await asyncio.to_thread(unmark_unheard, folder, forgotten)
        except MasteringFailed as failure:
            raise CallRefused(NO_CHAT, str(failure)) from failure
        except OSError as error:
            raise RelayDiskRefused(NO_CHAT, str(error)) from error
        return _mastered(order.room, replay)

    async def erase(self, room: RoomId) -> None:
        """See `rooms.ports.Tapes`."""
        try:
            await asyncio.to_thread(delete_sound, self._folder(room))
        except OSError as error:
            raise RelayDiskRefused(NO_CHAT, str(error)) from error

    def _folder(self, room: RoomId) -> Path:
        return self._recordings / str(room)


def _order(order: Mastering, folder: Path, turns: Sequence[Turn], excluded: frozenset[PersonId]) -> Order:
    heard = [turn for turn in turns if turn.person not in excluded]
    return Order(
        folder=folder,
        title=order.title,
        artist=order.artist,
        theme=order.theme or order.title,
        limit=LIMIT,
        chapters=tuple(Chapter(one.at, one.name or NAMELESS) for one in chapters_of(heard)),
        turns=tuple(turns),
        consented=tuple(sorted(order.consenting - excluded)),
        excluded=tuple(sorted(excluded)),
    )


def _mastered(room: RoomId, replay: Replay) -> Mastered:
    if replay.talk is None:
        raise CallRefused(NO_CHAT, "nothing is left of the recording")
    names = {turn.person: turn.name for turn in replay.turns}
    recording = Recording(room, replay.talk, replay.duration, replay.gaps, replay.parts, replay.waveform)
    tracks = tuple(
        Track(room, voice.person, names.get(voice.person, NAMELESS), voice.path) for voice in replay.tracks
    )
    return Mastered(recording, tracks, replay.turns)
