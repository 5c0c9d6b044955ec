"""The bridge: the calls of other chats in which a talk is carried too, each for itself."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress

from rooms.errors.calls import CallClosed, CallRefused, RelayLacksRights, RelayNotInChat
from rooms.ids import ChatId, RoomId
from voice.call.returning import Ending
from voice.call.watchdog import pauses
from voice.house.disk import on_disk
from voice.house.equipment import Equipment
from voice.house.notes import Note, read_bridged_notes, tear_up, write_note
from voice.house.upkeep import Upkeep
from voice.messages.reports import Ended, Enlarged, Report, Spanned
from voice.studio.leg import Leg
from voice.studio.studio import Studio
from voice.telegram.floods import flood_wait

log = logging.getLogger(__name__)

PATIENCE = 3
"""Tries after which a call counts as one that cannot be joined; what people must mend does at once."""

AGAIN = 30.0
"""Seconds after which it is tried again to end a call that could not be ended."""


class Bridge:
    """Keeps a leg in the call of every chat that is wanted, while `run` runs.

    One that cannot be joined, or is lost, is tried again, and does not matter to the others; it is reported
    as long as it does not come about. One whose call somebody else ends is reported, and left alone until it
    is wanted again. A call that we made ends when it is wanted no more.
    """

    def __init__(
        self, room: RoomId, equipment: Equipment, studio: Studio, report: Callable[[Report], None]
    ) -> None:
        self.legs: dict[ChatId, Leg] = {}
        """All that are kept, also those whose call is not joined yet."""
        self.moved: Callable[[], None] = lambda: None
        """Called when somebody in one of them may have come, gone or changed."""
        self.lost: Callable[[], None] = lambda: None
        """Called when the relay fell out of one of them."""
        self._room = room
        self._equipment = equipment
        self._studio = studio
        self._report = report
        self._title = ""
        self._joins_muted = False
        self._wanted: frozenset[ChatId] = frozenset()
        self._arranging: dict[ChatId, asyncio.Event] = {}
        self._places: defaultdict[ChatId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._upkeep = Upkeep(self._keep)
        self._has_leftovers = asyncio.Event()

    def span(self, chats: Iterable[ChatId], title: str, *, joins_muted: bool) -> None:
        """Be in these chats' calls, under this title, with such newcomers; in others no more."""
        self._title, self._joins_muted = title, joins_muted
        self._wanted = frozenset(chats)
        self._upkeep.want(self._wanted)
        self._has_leftovers.set()
        for arranging in self._arranging.values():
            arranging.set()

    async def run(self) -> None:
        """Work, for ever; cancelled, be out of all calls."""
        async with asyncio.TaskGroup() as work:
            work.create_task(self._upkeep.run())
            work.create_task(self._clear_up())

    async def _keep(self, chat: ChatId) -> None:
        try:
            async with self._places[chat]:
                await self._keep_leg(chat)
        finally:
            self._has_leftovers.set()

    async def _keep_leg(self, chat: ChatId) -> None:
        leg = self.legs[chat] = Leg(self._equipment.presence(chat))
        self._arranging[chat] = asyncio.Event()
        leg.lost = self.lost
        leg.enlarged = lambda: self._report(Enlarged(self._room, chat))
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
            del self.legs[chat], self._arranging[chat]
            self.moved()
            await leg.presence.leave()

    async def _join(self, leg: Leg) -> None:
        """Be in the call, after however many tries, unless somebody closes it meanwhile."""
        for number, pause in enumerate(pauses(), 1):
            try:
                await self._arrange(leg)
            except CallClosed:
                return
            except CallRefused as refusal:
                log.warning("the talk is not carried in chat %s yet: %s", leg.chat, refusal.reason)
                if number >= PATIENCE or isinstance(refusal, RelayLacksRights | RelayNotInChat):
                    self._report(Spanned(self._room, leg.chat, type(refusal).__name__))
                await asyncio.sleep(max(pause, flood_wait(refusal.reason)))
            else:
                self._report(Spanned(self._room, leg.chat))
                return

    async def _carry(self, leg: Leg) -> None:
        """Carry the talk there until the presence has come to its end."""
        async with asyncio.TaskGroup() as work:
            arranging = work.create_task(self._rearrange(leg))
            await leg.run(self._equipment.switchboard)
            arranging.cancel()

    async def _rearrange(self, leg: Leg) -> None:
        """Bring the call to what is wanted anew, for ever."""
        wanted = self._arranging[leg.chat]
        while True:
            await wanted.wait()
            wanted.clear()
            with suppress(CallRefused):  # the presence looks after itself; the rest is wanted again
                await self._arrange(leg)

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

    async def _clear_up(self) -> None:
        """End the calls that we made where the talk is carried no more, for ever."""
        folder, disk, pause = self._equipment.folder(self._room), self._equipment.disk, None
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._has_leftovers.wait()
            self._has_leftovers.clear()
            try:
                for note in await on_disk(disk, read_bridged_notes, folder):
                    if not self._places[note.chat].locked():
                        await self._end(note)
                pause = None
            except CallRefused as refusal:
                log.warning("a call is not ended yet in which nothing is carried: %s", refusal.reason)
                pause = AGAIN

    async def _end(self, note: Note) -> None:
        """End a call, unless the talk is to be carried in it again; meanwhile nobody goes into it."""
        async with self._places[note.chat]:
            if note.chat not in self._wanted:
                await self._equipment.group_calls.end(note.chat, note.call)
                folder = self._equipment.folder(self._room)
                await on_disk(self._equipment.disk, tear_up, folder, note)
