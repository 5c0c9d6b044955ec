"""Telegram's calls and the native library's lines, pretended: who is counted in, and what is refused."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from pyrogram import raw

from rooms.errors import CallRefused
from rooms.ids import ChatId, PersonId
from voice.calls import Attendance, GroupCalls, ListedCall
from voice.participants import read_participant
from voice.sound import Block
from voice.switchboard import Ear, Switchboard

ADA, BEN, RELAY = PersonId(1), PersonId(2), PersonId(9)
NAMES = {ADA: "Ada", BEN: "Ben", RELAY: "Relay"}
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Lists(GroupCalls):
    """One call for each chat at most; `people` are in all of them, and the relay where it is counted in."""

    def __init__(self) -> None:
        self.listed: dict[ChatId, ListedCall] = {}
        self.counted_in: set[ChatId] = set()
        self.ended: list[tuple[ChatId, int]] = []
        self.refusals: list[CallRefused] = []
        """Each is said once, to whatever is asked next."""
        self.asked = 0
        self.people = [in_call(ADA)]
        self.version = 1
        self.is_answering = asyncio.Event()
        self.is_answering.set()
        self.created = 0

    async def ensure(self, chat: ChatId, title: str) -> ListedCall:
        await self._hear_out()
        if chat not in self.listed:
            self.create(chat, title)
        return self.listed[chat]

    async def find(self, chat: ChatId) -> ListedCall | None:
        await self._hear_out()
        return self.listed.get(chat)

    async def attendance(self, call: ListedCall) -> Attendance:
        await self._hear_out()
        ours = [in_call(RELAY)] if call.chat in self.counted_in else []
        people = [read_participant(person, RELAY) for person in ours + self.people]
        return Attendance(tuple(people), NAMES, self.version)

    async def knows(self, call: ListedCall, source: int) -> bool:
        await self._hear_out()
        return call.chat in self.counted_in and source == source_of(RELAY)

    async def end(self, chat: ChatId, call_id: int) -> None:
        await self._hear_out()
        self.ended.append((chat, call_id))
        self.forget(chat)

    def create(self, chat: ChatId, title: str) -> None:
        """List another call for the chat."""
        self.created += 1
        handle = raw.types.InputGroupCall(id=self.created, access_hash=0)
        self.listed[chat] = ListedCall(chat, handle, title, is_scheduled=False, is_ours=True)

    def forget(self, chat: ChatId) -> None:
        """The chat's call is no more."""
        self.listed.pop(chat, None)
        self.counted_in.discard(chat)

    async def _hear_out(self) -> None:
        self.asked += 1
        await self.is_answering.wait()
        if self.refusals:
            raise self.refusals.pop(0)


class Board(Switchboard):
    """Whoever joins is counted in; `joined` and `left` say what happened, in order."""

    def __init__(self, lists: Lists) -> None:
        self.ears: dict[ChatId, Ear] = {}
        self.joined: list[ChatId] = []
        self.left: list[ChatId] = []
        self.sent: list[Block] = []
        self.refusals: list[CallRefused] = []
        self._lists = lists

    async def join(self, chat: ChatId, ear: Ear) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.joined.append(chat)
        self.ears[chat] = ear
        self._lists.counted_in.add(chat)

    async def leave(self, chat: ChatId) -> None:
        self.left.append(chat)
        self.ears.pop(chat, None)
        self._lists.counted_in.discard(chat)

    async def is_in(self, chat: ChatId) -> bool:
        return chat in self.ears

    async def send(self, chat: ChatId, block: Block) -> None:
        if chat in self.ears:
            self.sent.append(block)


def source_of(person: PersonId) -> int:
    """The SSRC of everybody's microphone."""
    return person * 100


def in_call(person: PersonId, **told: Any) -> Any:
    """A TL `groupCallParticipant`."""
    told = {"versioned": True, "date": int(NOON.timestamp()) + person} | told
    peer = raw.types.PeerUser(user_id=person)
    return raw.types.GroupCallParticipant(peer=peer, source=source_of(person), **told)


def news(call: int, version: int, *people: Any) -> Any:
    """A TL `updateGroupCallParticipants`."""
    handle = raw.types.InputGroupCall(id=call, access_hash=0)
    return raw.types.UpdateGroupCallParticipants(call=handle, participants=list(people), version=version)


def discarded(call: int) -> Any:
    """The TL `updateGroupCall` that says that a call has ended."""
    return raw.types.UpdateGroupCall(call=raw.types.GroupCallDiscarded(id=call, access_hash=0, duration=60))
