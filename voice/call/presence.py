"""The relay's presence in one call: joined, joined again when it was lost, and aware of who is there."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pyrogram import raw

from rooms.errors.calls import CallClosed, CallRefused, RelayElsewhere
from rooms.ids import ChatId, PersonId
from rooms.ports import Links
from rooms.stage import Stage
from voice.call.intake import Intake
from voice.call.returning import GIVEN_UP, Ending, Returning
from voice.call.switchboard import Switchboard
from voice.call.watchdog import LOOK_EVERY, Watchdog, pauses
from voice.telegram.calls import GroupCalls, ListedCall
from voice.telegram.floods import flood_wait
from voice.telegram.floor import Floor
from voice.telegram.roster import Roster

log = logging.getLogger(__name__)

UNHEARD = "nothing is heard of who is unmuted"
"""The one sign of a loss that may deceive: perhaps it is their line that is dead."""

ELSEWHERE = "in the call from another place"

FRAME_TIME = 0.01
"""Seconds of sound in a frame."""

HEARD_AGAIN = 3.0
"""Seconds after joining again within which whoever is unmuted is heard, if we had been lost."""


class Presence:
    """In the chat's call from `join` to `leave`. `run` watches over it until it comes to an `ending`.

    `moved` is called whenever the stage may be another one; `lost` once when the relay fell out of the call,
    and `back` when it is in again, with the seconds since the line stood; `enlarged` when the call became so
    large that Telegram sends only its whole mix, in which nobody can be told apart.
    """

    def __init__(
        self, chat: ChatId, own_id: PersonId, group_calls: GroupCalls, switchboard: Switchboard
    ) -> None:
        self.chat = chat
        self.intake = Intake()
        self.ending: Ending | None = None
        self.lost: Callable[[], None] = lambda: None
        self.back: Callable[[float], None] = lambda _: None
        self.enlarged: Callable[[], None] = lambda: None
        self._group_calls = group_calls
        self._switchboard = switchboard
        self._roster = Roster(chat, own_id, group_calls)
        self.floor = Floor(chat, group_calls, self._roster)
        self._watchdog = Watchdog(time.monotonic())
        self._returning = Returning()
        self._alarm = asyncio.Event()
        self._quiet_until = 0.0
        self._vouched_at = 0.0
        self._entering = asyncio.Lock()
        self._source: int | None = None
        self._joins_muted: bool | None = None
        self._is_broadcast = False
        self._is_lost = False

    @property
    def call(self) -> ListedCall | None:
        """The call that we are in, or were in last."""
        return self._roster.call

    @property
    def stood_at(self) -> float:
        """When the line stood for certain, in seconds of the monotonic clock.

        A frame came; or we had just joined; or Telegram counted us in, and there was nobody to be heard.
        """
        return max(self._vouched_at, self.intake.last_frame_at or 0.0)

    @property
    def moved(self) -> Callable[[], None]:
        """Called whenever the stage may be another one."""
        return self._roster.moved

    @moved.setter
    def moved(self, moved: Callable[[], None]) -> None:
        self._roster.moved = moved

    async def join(self, title: str) -> None:
        """Make sure that the call is under way with this title and we are in it.

        Raises:
            CallClosed: somebody closed it meanwhile; asked again, there will be another one.
            CallRefused: it must be tried again.
        """
        async with self._entering:
            if self.ending in GIVEN_UP:
                await self._require_call()
            if self.ending is not None or not await self._is_counted_in():
                self._roster.begin(await self._group_calls.ensure(self.chat, title))
                self.ending = None
                await self._enter_or_say_why()
                self._vouched_at = time.monotonic()
            await self._apply_settings()

    async def leave(self) -> None:
        """Be out of the call."""
        await self._switchboard.leave(self.chat)

    async def run(self) -> None:
        """Watch over the presence until it comes to an ending."""
        while self.ending is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._alarm.wait()
            try:
                await self._look()
            except CallRefused as refusal:
                log.warning("chat %s cannot be looked after: %s", self.chat, refusal)
                self._quiet_until = time.monotonic() + flood_wait(refusal.reason)

    def stage(self, speaking: Collection[int]) -> Stage:
        """Everybody else in the call; `speaking` are the sources that are heard now."""
        return self._roster.participants.stage(speaking)

    def person_of(self, source: int) -> PersonId | None:
        """Whose microphone an unsigned SSRC is; None for one that is nobody's yet, or no more."""
        return self._roster.participants.person_of(source)

    def is_unmuted(self, source: int) -> bool:
        """Whether whose microphone it is can be heard, as far as Telegram has told."""
        person = self.person_of(source)
        participant = None if person is None else self._roster.participants.get(person)
        return participant is not None and not participant.is_muted

    def source_of(self, person: PersonId) -> int | None:
        """The unsigned SSRC of somebody's microphone, another one each time that they come."""
        participant = self._roster.participants.get(person)
        return None if participant is None else participant.source

    def hear(self, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
        """Take note of a raw update, if it is about our call."""
        if self._roster.hear(update, users.values(), chats.values()):
            self._alarm.set()
        call = self.call
        if call is None or not isinstance(update, raw.types.UpdateGroupCall) or update.call.id != call.id:
            return
        if isinstance(update.call, raw.types.GroupCallDiscarded):
            self.ending = self.ending or Ending.CLOSED
            self._alarm.set()
        else:
            self._roster.call = replace(call, joins_muted=bool(update.call.join_muted))

    async def let_in_muted(self, is_muted: bool) -> None:
        """From now on newcomers only listen, or may unmute themselves; before joining, from then on."""
        self._joins_muted = is_muted
        if self.call is not None and self.ending is None:
            await self._apply_settings()

    async def links(self) -> Links | None:
        """The ways into the call for others; None where the chat is not public, or we are in no call."""
        return None if self.call is None else await self._group_calls.links(self.call)

    async def is_carrying(self) -> bool:
        """Whether the call library takes our sound, and Telegram counts us in; raises `CallRefused`."""
        return self._switchboard.is_taking(self.chat) and await self._is_counted_in()

    async def _look(self) -> None:
        now = time.monotonic()
        is_alarmed = self._alarm.is_set()
        self._alarm.clear()
        if now < self._quiet_until or self.ending is not None:
            return
        if why := await self._why_lost(now, is_alarmed):
            log.warning("the relay may have fallen out of the call of chat %s: %s", self.chat, why)
            if why != UNHEARD:
                self._lose()
            await self._return()

    async def _why_lost(self, now: float, is_alarmed: bool) -> str | None:
        """What shows that we are not in the call any more; None while nothing does."""
        if not await self._switchboard.is_in(self.chat):
            return "the call library has dropped it"
        participants = self._roster.participants
        if participants.is_out_of_step(now) and self._roster.may_attend(now):
            await self._roster.attend()
        if self._watchdog.should_attend(now) and not await self._roster.is_current():
            await self._roster.attend()
        if self._watchdog.should_ask(now) or is_alarmed:
            await self._see_how_large()
            if not await self._is_counted_in():
                return "Telegram does not count us in"
            if not participants.has_unmuted:
                self._vouched_at = now
        if not self._watchdog.is_hushed(self.intake.last_frame_at, participants.has_unmuted, now):
            return None
        await self._roster.attend()  # of those who seemed unmuted, we may have missed the last news
        return UNHEARD if participants.has_unmuted else None

    async def _return(self) -> None:
        """Join again, with pauses, until we are in or there is no point in it any more."""
        stood_at = self.stood_at
        self._returning.began()
        await self._give_way()
        for pause in pauses():
            try:
                if self.ending is None:
                    await self._reenter()
            except CallRefused as refusal:
                log.warning("chat %s: %s", self.chat, refusal)
                self._lose()
                if self._returning.is_hopeless(refusal):
                    self.ending = Ending.SHUT_OUT
                    break
                await asyncio.sleep(max(pause, flood_wait(refusal.reason)))
            else:
                break
        if self.ending is None:
            await self._be_back(stood_at)
        else:
            self._lose()
            log.warning("the relay's presence in chat %s is over: %s", self.chat, self.ending)
        self._is_lost = False

    def _lose(self) -> None:
        if not self._is_lost:
            self._is_lost = True
            self.lost()

    async def _be_back(self, stood_at: float) -> None:
        """We are in again; but whether we had been out of it, a silence shows only when it ends by that."""
        joined_at = time.monotonic()
        while not self._is_lost and time.monotonic() < joined_at + HEARD_AGAIN:
            if (self.intake.last_frame_at or 0.0) > joined_at:
                self._lose()
            await asyncio.sleep(FRAME_TIME)
        self._vouched_at = time.monotonic()
        if self._is_lost:
            log.info("the relay is back in the call of chat %s", self.chat)
            self.back(time.monotonic() - stood_at)
        else:
            log.info("the call of chat %s is quiet, though somebody's microphone is on", self.chat)

    async def _give_way(self) -> None:
        """Wait if the account is in the call from another place; end when that happens again and again."""
        with suppress(CallRefused):
            await self._roster.attend()
        if not self._is_elsewhere:
            return
        pause = self._returning.displaced(time.monotonic())
        if pause is None:
            self.ending = Ending.DISPLACED
            return
        log.warning("the account is in the call of chat %s from another place too", self.chat)
        await asyncio.sleep(pause)

    @property
    def _is_elsewhere(self) -> bool:
        """Whether Telegram, by its latest list, counts the account in with another microphone than ours."""
        source = self._roster.participants.own_source
        return source is not None and self._source is not None and source != self._source

    async def _require_call(self) -> None:
        """See whether a call that we gave up may be ours again; raises `CallRefused`."""
        now = time.monotonic()
        if self.ending is Ending.DISPLACED and self._returning.is_too_soon(now):
            raise RelayElsewhere(self.chat, ELSEWHERE)
        if await self._group_calls.find(self.chat) is None:
            self.ending = Ending.CLOSED
            raise CallClosed(self.chat, "closed while we were not in it")
        if self.ending is Ending.DISPLACED and self._returning.is_left_to_other(now):
            await self._roster.attend()
            if self._is_elsewhere:
                raise RelayElsewhere(self.chat, ELSEWHERE)

    async def _reenter(self) -> None:
        async with self._entering:
            call = await self._group_calls.find(self.chat)
            if call is None or self.call is None or call.id != self.call.id:
                self.ending = Ending.CLOSED
            else:
                await self._enter()

    async def _enter_or_say_why(self) -> None:
        """Enter; the library and Telegram have many words for a call that is no more, and none is certain."""
        try:
            await self._enter()
        except CallRefused as refusal:
            with suppress(CallRefused):
                if await self._group_calls.find(self.chat) is None:
                    self.ending = Ending.CLOSED
            if self.ending is Ending.CLOSED:
                raise CallClosed(self.chat, refusal.reason) from refusal
            raise

    async def _enter(self) -> None:
        await self._switchboard.join(self.chat, self.intake.put)
        self._source = None
        await self._attend_as_ourselves()
        self._watchdog.joined(time.monotonic())
        await self._see_how_large()

    async def _attend_as_ourselves(self) -> None:
        """Fetch the list soon after joining: it has the SSRC with which we did."""
        await self._roster.attend()
        self._source = self._roster.participants.own_source

    async def _is_counted_in(self) -> bool:
        if self.call is None or not await self._switchboard.is_in(self.chat):
            return False
        if self._source is None:
            await self._attend_as_ourselves()
        return self._source is not None and await self._group_calls.knows(self.call, self._source)

    async def _apply_settings(self) -> None:
        call, joins_muted = self.call, self._joins_muted
        if call is not None and joins_muted is not None and call.joins_muted != joins_muted:
            await self._group_calls.let_in_muted(call, joins_muted)
            self._roster.call = replace(call, joins_muted=joins_muted)

    async def _see_how_large(self) -> None:
        is_broadcast = await self._switchboard.is_broadcast(self.chat)
        if is_broadcast and not self._is_broadcast:
            log.warning("the call of chat %s is too large to hear its speakers one by one", self.chat)
            self.enlarged()
        self._is_broadcast = is_broadcast
