"""The house: all rooms in which the relay is engaged, opened, started and closed."""

import asyncio
import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rooms.errors.calls import CallRefused, CallUnreachable
from rooms.ids import NO_CHAT, RoomId
from rooms.ports import Opening
from voice.call.presence import Presence
from voice.call.returning import GIVEN_UP
from voice.house.disk import on_disk
from voice.house.engagement import Engagement
from voice.house.equipment import Equipment
from voice.house.notes import read_notes, tear_up, write_note
from voice.messages.commands import Open
from voice.messages.reports import Report
from voice.recording.spliced import Splice
from voice.recording.splicing import splice
from voice.studio.leg import Leg

log = logging.getLogger(__name__)


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
        self.equipment = equipment
        self._report = report
        self._tasks = tasks
        self._guests: dict[RoomId, _Guest] = {}

    async def open(self, order: Open) -> None:
        """Be in the room's call, and let all be as the opening says; raises `CallRefused`."""
        opening = order.opening
        guest = self._guests.setdefault(opening.room, _Guest())
        async with guest.lock:
            if guest.engagement is not None and guest.engagement.home.chat != opening.chat:
                await self._dismiss(guest)
            if guest.engagement is None or not guest.is_served:
                guest.engagement = self._engage(opening, guest.engagement)
            engagement = guest.engagement
            await self._join(opening, engagement.home.presence)
            engagement.arrange(opening, order.began)
            if opening.is_live:
                engagement.studio.begin(with_jingle=False)
            else:
                engagement.studio.wait_for_start()
            if not guest.is_served:
                guest.running = self._tasks.create_task(engagement.run(order.began))

    async def go_live(self, room: RoomId) -> None:
        """Let the talk begin; raises `CallUnreachable` when the room is not open."""
        self.engagement(room).studio.begin(with_jingle=True)

    async def close(self, room: RoomId) -> Splice | None:
        """End the room's call and finish its recording, also what an earlier process left of it.

        Raises:
            CallRefused: the recording is safe, but Telegram or the disk must be tried again.
        """
        guest = self._guests.setdefault(room, _Guest())
        async with guest.lock:
            await self._dismiss(guest)
            await self._end_noted_calls(room)
            return await on_disk(self.equipment.disk, splice, self.equipment.folder(room))

    def engagement(self, room: RoomId) -> Engagement:
        """What runs for an open room; raises `CallUnreachable` when it is not open."""
        guest = self._guests.get(room)
        if guest is None or guest.engagement is None or not guest.is_served:
            raise CallUnreachable(NO_CHAT, f"room {room} is not open")
        return guest.engagement

    def hear(self, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
        """Pass a raw update on to the rooms; each knows whether it is meant."""
        for guest in self._guests.values():
            if guest.engagement is not None:
                guest.engagement.hear(update, users, chats)

    def stop(self) -> None:
        """Put on disk what was recorded until now; nothing is ended."""
        for guest in self._guests.values():
            if guest.engagement is not None:
                guest.engagement.studio.finish()

    def _engage(self, opening: Opening, last: Engagement | None) -> Engagement:
        """Begin anew; a presence that gave its call up goes on knowing which it was, and how often it did."""
        presence = None if last is None else last.home.presence
        if presence is None or presence.ending not in GIVEN_UP:
            presence = self.equipment.presence(opening.chat)
        return Engagement(opening.room, Leg(presence), self.equipment, self._report)

    async def _dismiss(self, guest: _Guest) -> None:
        """Be out of the room's call. The guest's lock stays: a command may wait for it."""
        if guest.running is not None:
            guest.running.cancel()
            await asyncio.wait([guest.running])
        if guest.engagement is not None:
            guest.engagement.studio.finish()
            await guest.engagement.home.presence.leave()
        guest.engagement = guest.running = None
        gc.collect()  # its codecs have threads, and by itself that may wait for hours; takes 1 ms

    async def _join(self, opening: Opening, presence: Presence) -> None:
        """Be in the call, and note that it is to be ended with the room: in any case if we created it."""
        try:
            await presence.let_in_muted(opening.joins_muted)
            await presence.join(opening.title)
        except CallRefused:
            if presence.call is not None and presence.call.is_ours:
                await self._leave_note(opening.room, presence)
            raise
        await self._leave_note(opening.room, presence)

    async def _leave_note(self, room: RoomId, presence: Presence) -> None:
        if presence.call is not None:
            folder = self.equipment.folder(room)
            await on_disk(self.equipment.disk, write_note, folder, presence.call, is_bridged=False)

    async def _end_noted_calls(self, room: RoomId) -> None:
        disk, folder = self.equipment.disk, self.equipment.folder(room)
        for note in await on_disk(disk, read_notes, folder):
            await self.equipment.group_calls.end(note.chat, note.call)
            await on_disk(disk, tear_up, folder, note)
