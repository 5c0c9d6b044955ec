"""Telegram's calls and the native library's lines, pretended: who is counted in, and what is refused."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pyrogram import raw

from rooms.errors.calls import CallRefused
from rooms.ids import ChatId, PersonId
from rooms.ports import Links
from voice.call.switchboard import Ear, Switchboard
from voice.mixing.sound import Block
from voice.telegram.calls import Attendance, GroupCalls, ListedCall
from voice.telegram.participants import Known, read_participant

ADA, BEN, CARLA, RELAY = PersonId(1), PersonId(2), PersonId(3), PersonId(9)
NAMES = {ADA: "Ada", BEN: "Ben", CARLA: "Carla", RELAY: "Relay"}
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
        self.relay_source = source_of(RELAY)
        """With which Telegram knows the relay."""
        self.settings: list[bool] = []
        self.edits: list[tuple[int, dict[str, Any]]] = []
        self.answers: list[list[Any]] = []
        """What the next edits cause, in updates."""

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
        ours = [in_call(RELAY, source=_signed(self.relay_source))] if call.chat in self.counted_in else []
        people = [read_participant(person, RELAY) for person in ours + self.people]
        known = {person: Known(name, peer_of(person)) for person, name in NAMES.items()}
        return Attendance(tuple(people), known, self.version)

    async def latest_version(self, call: ListedCall) -> int | None:
        await self._hear_out()
        return self.version if call.chat in self.listed else None

    async def knows(self, call: ListedCall, source: int) -> bool:
        await self._hear_out()
        return call.chat in self.counted_in and source == self.relay_source

    async def let_in_muted(self, call: ListedCall, is_muted: bool) -> None:  # noqa: ARG002
        await self._hear_out()
        self.settings.append(is_muted)

    async def links(self, call: ListedCall) -> Links | None:
        await self._hear_out()
        return Links(f"speak-{call.id}", f"listen-{call.id}")

    async def edit(self, call: ListedCall, peer: Any, **change: Any) -> Any:  # noqa: ARG002
        await self._hear_out()
        self.edits.append((peer.user_id, change))
        updates = self.answers.pop(0) if self.answers else []
        return raw.types.Updates(updates=updates, users=[], chats=[], date=0, seq=0)

    async def end(self, chat: ChatId, call_id: int) -> None:
        await self._hear_out()
        self.ended.append((chat, call_id))
        self.forget(chat)

    def create(self, chat: ChatId, title: str) -> None:
        """List another call for the chat."""
        self.created += 1
        handle = raw.types.InputGroupCall(id=self.created, access_hash=0)
        self.listed[chat] = ListedCall(chat, handle, title, is_ours=True)

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
        self.sent_into: dict[ChatId, list[Block]] = {}
        self.refusals: list[CallRefused] = []
        self.refused: Callable[[], object] = lambda: None
        """What happens meanwhile when joining is refused."""
        self.is_large = False
        self._lists = lists

    async def join(self, chat: ChatId, ear: Ear) -> None:
        if self.refusals:
            self.refused()
            raise self.refusals.pop(0)
        self.joined.append(chat)
        self._lists.relay_source = source_of(RELAY)
        self.ears[chat] = ear
        self._lists.counted_in.add(chat)

    async def leave(self, chat: ChatId) -> None:
        self.left.append(chat)
        self.ears.pop(chat, None)
        self._lists.counted_in.discard(chat)

    async def is_in(self, chat: ChatId) -> bool:
        return chat in self.ears

    async def is_broadcast(self, chat: ChatId) -> bool:  # noqa: ARG002
        return self.is_large

    def is_taking(self, chat: ChatId) -> bool:
        return chat in self.ears

    async def send(self, chat: ChatId, block: Block) -> None:
        if chat in self.ears:
            self.sent.append(block)
            self.sent_into.setdefault(chat, []).append(block)


def source_of(person: PersonId) -> int:
    """The SSRC of everybody's microphone."""
    return person * 100


def peer_of(person: PersonId) -> Any:
    """How somebody is meant."""
    return raw.types.InputPeerUser(user_id=person, access_hash=person)


def in_call(person: PersonId, **told: Any) -> Any:
    """A TL `groupCallParticipant`."""
    date = int(NOON.timestamp()) + person
    told = {"versioned": True, "date": date, "source": source_of(person)} | told
    return raw.types.GroupCallParticipant(peer=raw.types.PeerUser(user_id=person), **told)


def _signed(source: int) -> int:
    return source - (1 << 32) if source >= 1 << 31 else source


def news(call: int, version: int, *people: Any) -> Any:
    """A TL `updateGroupCallParticipants`."""
    handle = raw.types.InputGroupCall(id=call, access_hash=0)
    return raw.types.UpdateGroupCallParticipants(call=handle, participants=list(people), version=version)


def discarded(call: int) -> Any:
    """The TL `updateGroupCall` that says that a call has ended."""
    return raw.types.UpdateGroupCall(call=raw.types.GroupCallDiscarded(id=call, access_hash=0, duration=60))
