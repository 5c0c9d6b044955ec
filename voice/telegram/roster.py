"""The roster: a call's participants kept in step with Telegram, by its news and by asking."""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

from pyrogram import raw

from rooms.errors.calls import CallUnreachable
from rooms.ids import ChatId, PersonId
from voice.telegram.calls import GroupCalls, ListedCall
from voice.telegram.participants import Participants, read_known, read_participant

ATTEND_PAUSE = 1.0
"""Seconds between two times that the list is fetched because it is out of step, at least."""


class Roster:
    """Who is in `call`, the relay included; `moved` is called whenever that may have changed."""

    def __init__(self, chat: ChatId, own_id: PersonId, group_calls: GroupCalls) -> None:
        self.call: ListedCall | None = None
        self.participants = Participants()
        self.moved: Callable[[], None] = lambda: None
        self._chat = chat
        self._own_id = own_id
        self._group_calls = group_calls
        self._attended_at: float | None = None
        self._attending = asyncio.Lock()

    def begin(self, call: ListedCall) -> None:
        """Be about this call from now on; of another one nothing is known yet."""
        if self.call is None or self.call.id != call.id:
            self.participants = Participants()
        self.call = call

    def hear(self, update: Any, users: Iterable[Any], chats: Iterable[Any]) -> bool:
        """Take note of a TL update, if it is about who is in our call; whether we have left it by that."""
        if not isinstance(update, raw.types.UpdateGroupCallParticipants) or not self._is_ours(update.call):
            return False
        people = [read_participant(person, self._own_id) for person in update.participants]
        self.participants.meet(read_known(users, chats))
        self.participants.update(people, update.version, time.monotonic())
        self.moved()
        return any(person.is_self and person.has_left for person in people)

    def take(self, answer: Any) -> None:
        """Take note of the TL `Updates` that answer a request of ours, which come by no other way."""
        for update in answer.updates:
            self.hear(update, answer.users, answer.chats)

    async def attend(self) -> None:
        """Fetch the list; raises `CallRefused`."""
        if self.call is None:
            raise CallUnreachable(self._chat, "no call is known")
        self._attended_at = time.monotonic()
        self.participants.await_list()
        attendance = await self._group_calls.attendance(self.call)
        self.participants.meet(attendance.known)
        self.participants.replace(attendance.people, attendance.version, time.monotonic())
        self.moved()

    async def is_current(self) -> bool:
        """Whether Telegram's list is as far as ours; raises `CallRefused`."""
        if self.call is None:
            return True
        before = self.participants.version
        latest = await self._group_calls.latest_version(self.call)
        return latest is None or latest in (before, self.participants.version)

    def may_attend(self, now: float) -> bool:
        """Whether the list was not fetched just now; `now` on the monotonic clock."""
        return self._attended_at is None or now - self._attended_at >= ATTEND_PAUSE

    async def catch_up(self) -> None:
        """Fetch the list as soon as it may be, if it is known to be behind; raises `CallRefused`."""
        async with self._attending:
            if self._attended_at is not None and self.participants.is_behind:
                await asyncio.sleep(self._attended_at + ATTEND_PAUSE - time.monotonic())
            if self.participants.is_behind:
                await self.attend()

    def _is_ours(self, handle: Any) -> bool:
        """Whether a TL handle of a call means this one; some kinds of handle have no number."""
        return self.call is not None and getattr(handle, "id", None) == self.call.id
