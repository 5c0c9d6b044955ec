"""The bridge: the calls of other chats in which a talk is carried too, each for itself."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress

from rooms.errors import CallRefused
from rooms.ids import ChatId, RoomId
from voice.disk import on_disk
from voice.equipment import Equipment
from voice.leg import Leg
from voice.notes import write_note
from voice.reports import Ended, Report
from voice.returning import Ending
from voice.studio import Studio
from voice.upkeep import Upkeep
from voice.watchdog import flood_wait, pauses

log = logging.getLogger(__name__)


class Bridge:
    """Keeps a leg in the call of every chat that is wanted, while `run` runs.

    One that cannot be joined, or is lost, is tried again, and does not matter to the others. One whose call
    somebody else ends is reported, and left alone until it is wanted again.
    """

    def __init__(
        self, room: RoomId, equipment: Equipment, studio: Studio, report: Callable[[Report], None]
    ) -> None:
        self.legs: dict[ChatId, Leg] = {}
        """All that are kept, also those whose call is not joined yet."""
        self.moved: Callable[[], None] = lambda: None
        """Called when somebody in one of them may have come, gone or changed."""
        self._room = room
        self._equipment = equipment
        self._studio = studio
        self._report = report
        self._title = ""
        self._joins_muted = False
        self._arranging: dict[ChatId, asyncio.Event] = {}
        self._upkeep = Upkeep(self._keep)

    def span(self, chats: Iterable[ChatId], title: str, *, joins_muted: bool) -> None:
        """Be in these chats' calls, under this title, with such newcomers; in others no more."""
        self._title, self._joins_muted = title, joins_muted
        self._upkeep.want(chats)
        for arranging in self._arranging.values():
            arranging.set()

    async def run(self) -> None:
        """Work, for ever; cancelled, be out of all calls."""
        await self._upkeep.run()

    async def _keep(self, chat: ChatId) -> None:
        leg = self.legs[chat] = Leg(self._equipment.presence(chat))
        leg.follow(self.moved)
        try:
            while leg.presence.ending is not Ending.CLOSED:
                await self._join(leg)
                self._studio.legs[chat] = leg
                await self._carry(leg)
                del self._studio.legs[chat]
            self._report(Ended(self._room, chat))
        finally:
            self._studio.legs.pop(chat, None)
            del self.legs[chat]
            self.moved()
            await leg.presence.leave()

    async def _join(self, leg: Leg) -> None:
        """Be in the call, after however many tries."""
        for pause in pauses():
            try:
                await self._arrange(leg)
            except CallRefused as refusal:
                log.warning("the talk is not carried in chat %s yet: %s", leg.chat, refusal.reason)
                await asyncio.sleep(max(pause, flood_wait(refusal.reason)))
            else:
                return

    async def _carry(self, leg: Leg) -> None:
        """Carry the talk there until the presence has come to its end."""
        async with asyncio.TaskGroup() as work:
            arranging = work.create_task(self._rearrange(leg))
            await leg.run(self._equipment.switchboard)
            arranging.cancel()

    async def _rearrange(self, leg: Leg) -> None:
        """Bring the call to what is wanted anew, for ever."""
        wanted = self._arranging[leg.chat] = asyncio.Event()
        try:
            while True:
                await wanted.wait()
                wanted.clear()
                with suppress(CallRefused):  # the presence looks after itself; the rest is wanted again
                    await self._arrange(leg)
        finally:
            del self._arranging[leg.chat]

    async def _arrange(self, leg: Leg) -> None:
        """Be in the call as it is wanted; if it is ours, it ends with the room, even if we are stopped."""
        try:
            await leg.presence.let_in_muted(self._joins_muted)
            await leg.presence.join(self._title)
        finally:
            call = leg.presence.call
            if call is not None and call.is_ours:
                folder = self._equipment.folder(self._room)
                await on_disk(self._equipment.disk, write_note, folder, call, is_bridged=True)
