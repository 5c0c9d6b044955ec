"""The relay's presence in one call: joined, joined again when it was lost, and aware of who is there."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

from pyrogram import raw

from rooms.errors import CallRefused, CallUnreachable
from rooms.ids import ChatId, PersonId
from rooms.stage import Stage
from voice.calls import GroupCalls, ListedCall
from voice.intake import Intake
from voice.participants import Participants, read_names, read_participant
from voice.switchboard import Switchboard
from voice.watchdog import LOOK_EVERY, Watchdog, flood_wait, pauses

log = logging.getLogger(__name__)


class Presence:
    """In the chat's call from `join` to `leave`. `run` watches over it and ends when the call has ended.

    `moved` is called whenever the stage may be another one.
    """

    def __init__(
        self, chat: ChatId, own_id: PersonId, group_calls: GroupCalls, switchboard: Switchboard
    ) -> None:
        self.chat = chat
        self.intake = Intake()
        self.call: ListedCall | None = None
        self.moved: Callable[[], None] = lambda: None
        self._own_id = own_id
        self._group_calls = group_calls
        self._switchboard = switchboard
        self._participants = Participants()
        self._watchdog = Watchdog(time.monotonic())
        self._alarm = asyncio.Event()
        self._has_ended = False
        self._quiet_until = 0.0
        self._entering = asyncio.Lock()

    async def join(self, title: str) -> None:
        """Make sure that the call is under way with this title and we are in it; raises `CallRefused`."""
        async with self._entering:
            if self.call is not None and not self._has_ended and await self._is_counted_in():
                return
            self.call = await self._group_calls.ensure(self.chat, title)
            self._participants = Participants()
            self._has_ended = False
            await self._enter()

    async def leave(self) -> None:
        """Be out of the call."""
        await self._switchboard.leave(self.chat)

    async def run(self) -> None:
        """Watch over the presence until the call is ended by somebody else."""
        while not self._has_ended:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._alarm.wait(), LOOK_EVERY)
            try:
                await self._look()
            except CallRefused as refusal:
                log.warning("chat %s cannot be looked after: %s", self.chat, refusal)
                self._quiet_until = time.monotonic() + flood_wait(refusal.reason)

    def stage(self, speaking: Collection[int]) -> Stage:
        """Everybody else in the call; `speaking` are the sources that are heard now."""
        return self._participants.stage(speaking)

    def hear(self, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
        """Take note of a raw update, if it is about our call."""
        if self.call is None:
            return
        self._participants.name(read_names(users.values(), chats.values()))
        if isinstance(update, raw.types.UpdateGroupCallParticipants) and _is(update.call, self.call):
            people = [read_participant(person, self._own_id) for person in update.participants]
            self._participants.update(people, update.version, time.monotonic())
            if any(person.is_self and person.has_left for person in people):
                self._alarm.set()
            self.moved()
        if isinstance(update, raw.types.UpdateGroupCall) and update.call.id == self.call.id:
            self._has_ended = isinstance(update.call, raw.types.GroupCallDiscarded)
            self._alarm.set()

    async def _look(self) -> None:
        now = time.monotonic()
        is_alarmed = self._alarm.is_set()
        self._alarm.clear()
        if now < self._quiet_until:
            return
        if self._participants.is_out_of_step(now) or self._watchdog.should_attend(now):
            await self._attend()
        is_lost = not await self._switchboard.is_in(self.chat)
        if not is_lost and (self._watchdog.should_ask(now) or is_alarmed):
            is_lost = not await self._is_counted_in()
        if not is_lost and self._is_hushed(now):
            await self._attend()  # of those who seemed unmuted, we may have missed the last news
            is_lost = self._participants.has_unmuted
        if is_lost:
            await self._return()

    def _is_hushed(self, now: float) -> bool:
        unmuted = self._participants.has_unmuted
        return self._watchdog.is_hushed(self.intake.last_frame_at, unmuted, now)

    async def _return(self) -> None:
        """Join again, with pauses, until we are in or the call is no more."""
        log.warning("the relay fell out of the call of chat %s", self.chat)
        for pause in pauses():
            try:
                async with self._entering:
                    call = await self._group_calls.find(self.chat)
                    if call is None or self.call is None or call.id != self.call.id:
                        self._has_ended = True
                        return
                    await self._enter()
            except CallRefused as refusal:
                log.warning("chat %s: %s", self.chat, refusal)
                await asyncio.sleep(max(pause, flood_wait(refusal.reason)))
            else:
                log.info("the relay is back in the call of chat %s", self.chat)
                return

    async def _enter(self) -> None:
        await self._switchboard.join(self.chat, self.intake.put)
        await self._attend()
        self._watchdog.joined(time.monotonic())

    async def _attend(self) -> None:
        if self.call is None:
            raise CallUnreachable(self.chat, "no call is known")
        attendance = await self._group_calls.attendance(self.call)
        self._participants.name(attendance.names)
        self._participants.replace(attendance.people, attendance.version)
        self.moved()

    async def _is_counted_in(self) -> bool:
        if self.call is None or not await self._switchboard.is_in(self.chat):
            return False
        if self._participants.own_source is None:
            await self._attend()
        source = self._participants.own_source
        return source is not None and await self._group_calls.knows(self.call, source)


def _is(handle: Any, call: ListedCall) -> bool:
    """Whether a TL handle of a call means this one; some kinds of handle have no number."""
    return getattr(handle, "id", None) == call.id
