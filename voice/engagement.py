"""An engagement: what the relay does for one room while it is in its call."""

import asyncio
from collections.abc import Callable

from rooms.ids import RoomId
from rooms.ports import Packet
from rooms.stage import Stage
from voice.presence import Presence
from voice.studio import Studio
from voice.switchboard import Switchboard
from voice.wire import Ended, Report, Sound, StageMoved

STAGE_PAUSE = 0.2
"""Seconds between two reports of a room's stage, at least."""


class Engagement:
    """Runs a room's presence and its studio side by side, and reports what happens to both.

    When somebody else ends the call, the recording stops, this is reported, and `run` returns.
    """

    def __init__(
        self, room: RoomId, presence: Presence, studio: Studio, report: Callable[[Report], None]
    ) -> None:
        self.presence = presence
        self.studio = studio
        self._room = room
        self._report = report
        self._moved = asyncio.Event()
        presence.moved = self._moved.set

    async def run(self, began: float, switchboard: Switchboard) -> None:
        """Work until the call has ended; `began` is when the room's clock did, on the monotonic clock."""
        async with asyncio.TaskGroup() as work:
            tasks = [
                work.create_task(self.studio.run(began, self._publish, self._moved.set)),
                work.create_task(self._speak(switchboard)),
                work.create_task(self._tell_stage()),
            ]
            await self.presence.run()
            for task in tasks:
                task.cancel()
        self.studio.finish()
        await self.presence.leave()
        self._report(Ended(self._room))

    def _publish(self, packet: Packet) -> None:
        self._report(Sound(self._room, packet.at, packet.opus, packet.level))

    async def _speak(self, switchboard: Switchboard) -> None:
        while True:
            await switchboard.send(self.presence.chat, await self.studio.outgoing.get())

    async def _tell_stage(self) -> None:
        told: Stage | None = None
        while True:
            await self._moved.wait()
            self._moved.clear()
            stage = self.presence.stage(self.studio.speaking.sources)
            if stage != told:
                told = stage
                self._report(StageMoved(self._room, stage))
            await asyncio.sleep(STAGE_PAUSE)
