"""The house: all rooms in which the relay is engaged, and the commands about them."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from rooms.errors import CallRefused, CallUnreachable, RelayDiskRefused
from rooms.ids import NO_CHAT, ChatId, PersonId, RoomId
from voice.calls import GroupCalls, ListedCall
from voice.engagement import Engagement
from voice.presence import Presence
from voice.recorder import Recorder
from voice.sources import Player, Sounds
from voice.splicing import Splice, splice
from voice.studio import Studio
from voice.switchboard import Switchboard
from voice.wire import Open, Report

log = logging.getLogger(__name__)

NOTE = "call.json"
"""The file beside a room's recording that names its call, for a process that must end it after a crash."""


class Note(msgspec.Struct, frozen=True):
    """Which call belongs to a room; both numbers are Telegram's."""

    chat: ChatId
    call: int


@dataclass(frozen=True, slots=True)
class Equipment:
    """What all rooms share. `disk` has one thread; `recordings` holds one folder for each room."""

    recordings: Path
    disk: Executor
    sounds: Sounds
    own_id: PersonId
    group_calls: GroupCalls
    switchboard: Switchboard


@dataclass(slots=True)
class _Guest:
    """A room in the house; one command at a time acts on it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    engagement: Engagement | None = None
    running: asyncio.Task[None] | None = None

    @property
    def is_served(self) -> bool:
        return self.running is not None and not self.running.done()


class House:
    """Opens, starts and closes rooms. They run as tasks of `tasks`, whose end is theirs."""

    def __init__(
        self, equipment: Equipment, report: Callable[[Report], None], tasks: asyncio.TaskGroup
    ) -> None:
        self._equipment = equipment
        self._report = report
        self._tasks = tasks
        self._guests: dict[RoomId, _Guest] = {}

    async def open(self, order: Open) -> None:
        """Be in the room's call; raises `CallRefused`."""
        guest = self._guests.setdefault(order.room, _Guest())
        async with guest.lock:
            if guest.engagement is None or not guest.is_served:
                guest.engagement = self._engage(order)
            engagement = guest.engagement
            await self._join(order, engagement.presence)
            if order.is_live:
                engagement.studio.begin(with_jingle=False)
            else:
                engagement.studio.wait_for_start()
            if not guest.is_served:
                running = engagement.run(order.began, self._equipment.switchboard)
                guest.running = self._tasks.create_task(running)

    async def go_live(self, room: RoomId) -> None:
        """Let the talk begin; raises `CallUnreachable` when the room is not open."""
        guest = self._guests.get(room)
        if guest is None or guest.engagement is None or not guest.is_served:
            raise CallUnreachable(NO_CHAT, f"room {room} is not open")
        guest.engagement.studio.begin(with_jingle=True)

    async def close(self, room: RoomId) -> Splice | None:
        """End the room's call and finish its recording, also what an earlier process left of it.

        Raises:
            CallRefused: the recording is safe, but Telegram or the disk must be tried again.
        """
        guest = self._guests.setdefault(room, _Guest())
        async with guest.lock:
            if guest.running is not None:
                guest.running.cancel()
                await asyncio.wait([guest.running])
            if guest.engagement is not None:
                guest.engagement.studio.finish()
                await guest.engagement.presence.leave()
            await self._end_noted_call(room)
            recording: Splice | None = await self._on_disk(splice, self._folder(room))
            guest.engagement = guest.running = None  # the lock stays: a command may wait for it
        return recording

    def hear(self, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
        """Pass a raw update on to the rooms; each knows whether it is meant."""
        for guest in self._guests.values():
            if guest.engagement is not None:
                guest.engagement.presence.hear(update, users, chats)

    def stop(self) -> None:
        """Put on disk what was recorded until now; nothing is ended."""
        for guest in self._guests.values():
            if guest.engagement is not None:
                guest.engagement.studio.finish()

    def _engage(self, order: Open) -> Engagement:
        equipment = self._equipment
        presence = Presence(order.chat, equipment.own_id, equipment.group_calls, equipment.switchboard)
        recorder = None
        if order.is_recorded:
            recorder = Recorder(self._folder(order.room), equipment.disk, lambda: datetime.now(UTC))
        studio = Studio(presence.intake, Player(equipment.sounds), recorder)
        return Engagement(order.room, presence, studio, self._report)

    def _folder(self, room: RoomId) -> Path:
        return self._equipment.recordings / str(room)

    async def _join(self, order: Open, presence: Presence) -> None:
        """Be in the call, and note that it is to be ended with the room: in any case if we created it."""
        try:
            await presence.join(order.title)
        except CallRefused:
            if presence.call is not None and presence.call.is_ours:
                await self._leave_note(order.room, presence.call)
            raise
        if presence.call is not None:
            await self._leave_note(order.room, presence.call)

    async def _leave_note(self, room: RoomId, call: ListedCall) -> None:
        await self._on_disk(_write_note, self._folder(room), Note(call.chat, call.id))

    async def _end_noted_call(self, room: RoomId) -> None:
        folder = self._folder(room)
        note = await self._on_disk(_read_note, folder)
        if note is not None:
            await self._equipment.group_calls.end(note.chat, note.call)
            await self._on_disk(_tear_up_note, folder)

    async def _on_disk(self, work: Callable[..., Any], *args: object) -> Any:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._equipment.disk, work, *args)
        except OSError as error:
            log.warning("the disk refuses: %s", error)
            raise RelayDiskRefused(NO_CHAT, str(error)) from error


def _write_note(folder: Path, note: Note) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{NOTE}.part"
    unfinished.write_bytes(msgspec.json.encode(note))
    unfinished.rename(folder / NOTE)


def _read_note(folder: Path) -> Note | None:
    try:
        return msgspec.json.decode((folder / NOTE).read_bytes(), type=Note)
    except FileNotFoundError:
        return None


def _tear_up_note(folder: Path) -> None:
    (folder / NOTE).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
