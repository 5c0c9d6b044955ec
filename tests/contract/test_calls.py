"""What every Calls does: the fake that other tests use, and the real relay process on a real call."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
import pytest_asyncio

from app.machine import has_voice_interface
from rooms.errors import CallRefused, CallUnreachable, RelayLacksRights, RelayNotInChat
from rooms.ids import ChatId, PersonId, RoomId
from rooms.ports import CallEnded, CallEvent, Calls, Opening, RelayRestarted, StageChanged
from rooms.stage import OnStage, Stage
from sandbox.world.entities import Status
from tests.contract.telegram import GUEST, OWNER, Telegram, kill, listening, relaying, telegram
from tests.fakes.calls import FakeCalls
from voice.relay import Relay

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOMENT = 40
"""Slots of 20 ms."""

BRUNO = OnStage(PersonId(GUEST), "Bruno Neri", is_muted=False)


class Troupe(Protocol):
    """A Calls and the world around it, to be acted upon."""

    chat: ChatId
    room: RoomId

    @property
    def calls(self) -> Calls:
        """What is examined."""
        ...

    def enter(self) -> None:
        """Bruno comes in, with an open microphone."""

    def mute(self) -> None:
        """Bruno mutes himself."""

    def end(self) -> None:
        """The owner ends the call."""

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
        self.calls.move(self.room, Stage((OnStage(BRUNO.person, BRUNO.name),)))

    def end(self) -> None:
        self.calls.end(self.room)

    def refuse(self, kind: type[CallRefused]) -> None:
        self.calls.refuse(kind(self.chat, "because"))

    def relent(self) -> None:
        self.calls.relent(self.chat)

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

    def refuse(self, kind: type[CallRefused]) -> None:
        if kind is RelayLacksRights:
            self._scene.appoint(Status.MEMBER, frozenset())
        elif kind is RelayNotInChat:
            self._scene.appoint(Status.LEFT, frozenset())
        else:
            self._scene.door.floods["phone."] = 3600

    def relent(self) -> None:
        self._scene.appoint(Status.ADMINISTRATOR)
        self._scene.door.floods.clear()

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


needs_interface = pytest.mark.skipif(
    not has_voice_interface(),
    reason="the call library needs an interface besides loopback: run the tests by scripts/hermetic",
)


@pytest_asyncio.fixture(
    params=[fake, pytest.param(real, marks=needs_interface)], scope="module", loop_scope="module"
)
async def company(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Company]:
    async with request.param(tmp_path_factory.mktemp("calls")) as company:
        yield company


@pytest_asyncio.fixture(loop_scope="module")
async def troupe(company: Company) -> AsyncIterator[Troupe]:
    async with company() as troupe:
        yield troupe


def opening(troupe: Troupe, *, is_live: bool = False) -> Opening:
    return Opening(troupe.room, troupe.chat, "Careers after 40", is_live)


async def next_of(events: AsyncIterator[CallEvent], expected: CallEvent) -> None:
    """Wait for an event; others may come before."""
    async for event in events:
        if event == expected:
            return


async def test_a_call_that_is_opened_twice_stays_open(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    await troupe.calls.open(opening(troupe))
    await troupe.calls.go_live(troupe.room)


async def test_what_is_not_open_cannot_go_live(troupe: Troupe) -> None:
    with pytest.raises(CallUnreachable):
        await troupe.calls.go_live(troupe.room)


async def test_nothing_is_recorded_before_it_goes_live(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    assert await troupe.calls.close(troupe.room) is None


async def test_a_talk_that_is_not_to_be_recorded_leaves_no_recording(troupe: Troupe) -> None:
    await troupe.calls.open(replace(opening(troupe), is_recorded=False))
    await troupe.calls.go_live(troupe.room)
    await troupe.go_on()
    assert await troupe.calls.close(troupe.room) is None


async def test_closing_twice_gives_the_same_recording(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    await troupe.calls.go_live(troupe.room)
    await troupe.calls.go_live(troupe.room)
    await troupe.go_on()
    recording = await troupe.calls.close(troupe.room)
    assert recording is not None
    assert recording.room == troupe.room
    assert await troupe.calls.close(troupe.room) == recording


async def test_a_room_that_is_opened_while_it_is_closed_is_open_afterwards(troupe: Troupe) -> None:
    await troupe.calls.open(opening(troupe))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(troupe.calls.close(troupe.room))
        tasks.create_task(troupe.calls.open(opening(troupe)))
    await troupe.calls.go_live(troupe.room)


async def test_closing_what_never_was_open_is_no_error(troupe: Troupe) -> None:
    assert await troupe.calls.close(RoomId(99)) is None


async def test_who_comes_and_mutes_is_told(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.enter()
        await next_of(events, StageChanged(troupe.room, Stage((BRUNO,))))
        troupe.mute()
        await next_of(events, StageChanged(troupe.room, Stage((OnStage(BRUNO.person, BRUNO.name),))))


async def test_a_call_that_somebody_ends_is_told_and_can_be_opened_anew(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe))
        troupe.end()
        await next_of(events, CallEnded(troupe.room))
        await troupe.calls.open(opening(troupe))
        await troupe.calls.go_live(troupe.room)
        await troupe.go_on()
        assert await troupe.calls.close(troupe.room) is not None


async def test_the_recording_of_a_talk_that_somebody_ended_is_kept(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe, is_live=True))
        await troupe.go_on()
        troupe.end()
        await next_of(events, CallEnded(troupe.room))
    assert await troupe.calls.close(troupe.room) is not None


@pytest.mark.parametrize("kind", [RelayLacksRights, RelayNotInChat, CallUnreachable])
async def test_a_refusal_says_what_to_mend_and_mended_it_is_gone(
    troupe: Troupe, kind: type[CallRefused]
) -> None:
    troupe.refuse(kind)
    with pytest.raises(kind) as refused:
        await troupe.calls.open(opening(troupe))
    assert refused.value.chat == troupe.chat
    assert refused.value.reason
    troupe.relent()
    await troupe.calls.open(opening(troupe))


async def test_after_a_crash_the_talk_is_opened_again_and_keeps_its_recording(troupe: Troupe) -> None:
    async with troupe.calls.events() as events:
        await troupe.calls.open(opening(troupe, is_live=True))
        await troupe.go_on()
        troupe.crash()
        await next_of(events, RelayRestarted())
        await troupe.calls.open(opening(troupe, is_live=True))
    assert await troupe.calls.close(troupe.room) is not None
