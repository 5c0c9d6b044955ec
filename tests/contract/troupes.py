"""Companies of actors: each has a Calls that is also a Floor, pretended or real, and a world around it."""

import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest

from rooms.errors.calls import CallRefused, RelayLacksRights, RelayNotInChat
from rooms.ids import ChatId, PersonId, RoomId
from rooms.ports import CallEvent, Calls, Fault, Floor, Opening, StageChanged
from rooms.stage import OnStage, Stage
from sandbox.world.entities import Status
from tests.contract.telegram import GUEST, OWNER, Telegram, kill, listening, relaying, telegram
from tests.fakes.calls import FakeCalls
from tests.interface import needs_interface
from voice.pool.relay import Relay

MOMENT = 40
"""Slots of 20 ms."""

BRUNO = OnStage(PersonId(GUEST), "Bruno Neri", is_muted=False, may_speak=True)
FAULTS = {RelayLacksRights: Fault.LACKS_RIGHTS, RelayNotInChat: Fault.NOT_IN_CHAT}


class CallsAndFloor(Calls, Floor, Protocol):
    """What is examined."""


class Troupe(Protocol):
    """A Calls that is also a Floor, and the world around it, to be acted upon."""

    chat: ChatId
    room: RoomId

    @property
    def calls(self) -> CallsAndFloor:
        """What is examined."""
        ...

    def enter(self) -> None:
        """Bruno comes in, with an open microphone."""

    def mute(self) -> None:
        """Bruno mutes himself."""

    def end(self) -> None:
        """The owner ends the call."""

    def raise_hand(self) -> None:
        """Bruno raises his hand."""

    def refuse(self, kind: type[CallRefused]) -> None:
        """From now on there is this reason not to open a call."""

    def relent(self) -> None:
        """The reason is gone."""

    def crash(self) -> None:
        """The relay dies at once."""

    async def go_on(self) -> None:
        """The talk goes on for a moment, so that there is something of it to record."""


class FakeTroupe:
    chat = ChatId(-1001000000001)
    room = RoomId(7)

    def __init__(self) -> None:
        self.calls = FakeCalls()

    def enter(self) -> None:
        self.calls.move(self.room, Stage((BRUNO,)))

    def mute(self) -> None:
        self.calls.change(self.room, BRUNO.person, is_muted=True)

    def end(self) -> None:
        self.calls.end(self.room)

    def raise_hand(self) -> None:
        self.calls.change(self.room, BRUNO.person, hand=1)

    def refuse(self, kind: type[CallRefused]) -> None:
        self.calls.refuse(kind(self.chat, "because"))
        self.calls.faults[self.chat] = (FAULTS.get(kind, Fault.RELAY_DOWN),)

    def relent(self) -> None:
        self.calls.relent(self.chat)
        self.calls.faults.clear()

    def crash(self) -> None:
        self.calls.crash()

    async def go_on(self) -> None:
        pass


class RealTroupe:
    """Each has a group and a room of its own; they share the relay, whose start takes seconds."""

    def __init__(self, scene: Telegram, relay: Relay) -> None:
        self.calls = relay
        self.chat = ChatId(scene.chat.id)
        self.room = RoomId(len(scene.world.society.chats))
        self._scene = scene
        self._world = scene.world

    def enter(self) -> None:
        self._world.calls.join(self._scene.call, GUEST, 4_000_000_001, muted=False)

    def mute(self) -> None:
        self._world.calls.set_muted(self._scene.call, GUEST, GUEST, muted=True)

    def end(self) -> None:
        self._world.calls.discard(self._scene.call, OWNER)

    def raise_hand(self) -> None:
        self._world.calls.raise_hand(self._scene.call, GUEST, GUEST, is_up=True)

    def refuse(self, kind: type[CallRefused]) -> None:
        if kind is RelayLacksRights:
            self._scene.appoint(Status.MEMBER, frozenset())
        elif kind is RelayNotInChat:
            self._scene.appoint(Status.LEFT, frozenset())
        else:
            self._scene.voice.faults.black_hole = True

    def relent(self) -> None:
        self._scene.appoint(Status.ADMINISTRATOR)
        self._scene.voice.faults.black_hole = False

    def crash(self) -> None:
        kill(self.calls, signal.SIGKILL)

    async def go_on(self) -> None:
        async with listening(self.calls, self.room) as ear:
            await ear.hear(MOMENT)


Company = Callable[[], AbstractAsyncContextManager[Troupe]]


@asynccontextmanager
async def fake(_: Path) -> AsyncIterator[Company]:
    @asynccontextmanager
    async def perform() -> AsyncIterator[Troupe]:
        yield FakeTroupe()

    yield perform


@asynccontextmanager
async def real(folder: Path) -> AsyncIterator[Company]:
    async with telegram(folder) as scene, relaying(scene, folder) as relay:

        @asynccontextmanager
        async def perform() -> AsyncIterator[Troupe]:
            troupe = RealTroupe(scene.in_another_group(), relay)
            yield troupe
            troupe.relent()
            await relay.close(troupe.room)

        yield perform


COMPANIES = [fake, pytest.param(real, marks=needs_interface)]
"""Who performs, for a fixture's `params`."""


def opening(troupe: Troupe, *, is_live: bool = False) -> Opening:
    return Opening(troupe.room, troupe.chat, "Careers after 40", is_live)


async def next_state(
    events: AsyncIterator[CallEvent], room: RoomId, holds: Callable[[OnStage], object]
) -> OnStage:
    """Wait until something is true of the only one on the room's stage; others may come before."""
    async for event in events:
        if isinstance(event, StageChanged) and event.room == room:
            for one in event.stage.people:
                if holds(one):
                    return one
    raise EOFError


async def next_of(events: AsyncIterator[CallEvent], expected: CallEvent) -> None:
    """Wait for an event; others may come before."""
    async for event in events:
        if event == expected:
            return


async def next_stage(events: AsyncIterator[CallEvent], room: RoomId, *expected: tuple[str, bool]) -> None:
    """Wait until these people, by name, are on the room's stage, muted or not; others may come before."""
    async for event in events:
        if not isinstance(event, StageChanged) or event.room != room:
            continue
        if tuple((one.name, one.is_muted) for one in event.stage.people) == expected:
            return
