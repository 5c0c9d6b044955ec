"""The Tapes port in memory: what was asked of it, and recordings that become what a test says."""

import asyncio
from datetime import timedelta
from pathlib import Path

from rooms.errors.calls import CallRefused
from rooms.errors.recording import NotRecorded
from rooms.ids import NO_CHAT, PersonId, RoomId
from rooms.ports import Mastered, Mastering
from rooms.recordings import Excerpt, Part, Recording, Track, Turn
from tests.fakes.calls import LENGTH


class FakeTapes:
    """Masters at once unless its `gate` is shut; `turns` are who spoke in a room's recording."""

    def __init__(self) -> None:
        self.orders: list[Mastering] = []
        self.clips: list[tuple[RoomId, timedelta, timedelta | None]] = []
        self.erased: list[RoomId] = []
        self.turns: dict[RoomId, tuple[Turn, ...]] = {}
        self.folder = Path("/recordings")
        self.parts = 1
        self.is_broken = False
        """Whether nothing can be mastered."""
        self.recorded = LENGTH
        """How much there is to cut of each talk."""
        self.gate = asyncio.Event()
        self.gate.set()

    async def clip(self, room: RoomId, length: timedelta, at: timedelta | None = None) -> Excerpt:
        left = self.recorded if at is None else self.recorded - at
        if left <= timedelta():
            raise NotRecorded
        self.clips.append((room, length, at))
        path = self.folder / str(room) / "clips" / f"{len(self.clips)}.ogg"
        return Excerpt(path, min(length, left))

    async def master(self, order: Mastering) -> Mastered:
        self.orders.append(order)
        await self.gate.wait()
        if self.is_broken:
            raise CallRefused(NO_CHAT, "the disk refuses")
        folder = self.folder / str(order.room)
        turns = tuple(turn for turn in self.turns.get(order.room, ()) if turn.person not in order.unrecorded)
        each = LENGTH / self.parts
        parts = tuple(
            Part(folder / f"replay-{number + 1}.ogg", number * each, each) for number in range(self.parts)
        )
        recording = Recording(
            order.room, folder / "talk.ogg", LENGTH, parts=parts, waveform=folder / "waveform.png"
        )
        tracks = {turn.person: turn.name for turn in turns if turn.person in order.consenting}
        return Mastered(recording, tuple(_track(order.room, *one, folder) for one in tracks.items()), turns)

    async def erase(self, room: RoomId) -> None:
        self.erased.append(room)


def _track(room: RoomId, person: PersonId, name: str, folder: Path) -> Track:
    return Track(room, person, name, folder / "voices" / f"{person}.ogg")
