"""A small Telegram in the test's own process, and the real relay process at work on it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import av
import numpy as np

from rooms.ids import ChatId, RoomId
from rooms.ports import Airwaves, Opening, Packet
from sandbox.exchange import Exchange
from sandbox.mtproto import MtprotoDoor
from sandbox.sfu import VoiceServer
from sandbox.world.entities import Chat, GroupCall, Membership, Person, Status
from sandbox.world.world import World
from tests.sandbox.callers import Caller, Voice, calling
from tests.sandbox.sounds import RATE, Sound, likeness, strength
from tests.sandbox.waiting import until
from voice.pool.child import Patience
from voice.pool.relay import Relay

OWNER, GUEST, RELAY, SPARE = 101, 102, 900, 901
SLOT = RATE // 50

PATIENCE = 40.0
"""Seconds within which whatever is waited for must come true, on a machine that has much else to do."""

AUDIBLE = 1000.0
"""The amplitude of a tone that was spoken with 8000 and is clearly there."""

INAUDIBLE = 100.0
"""Nobody hears it beside a tone of 8000, whose beginning alone may measure 20 at another pitch."""

SILENT = 30.0
"""The root mean square of what nobody hears."""

ALIKE = 0.8
"""The likeness of a sound that came through two voice codecs whole."""

MANAGE = frozenset({"can_manage_video_chats"})


@dataclass
class Telegram:
    """One group with its owner, a guest and the relay account, who may manage calls."""

    world: World
    voice: VoiceServer
    exchange: Exchange
    door: MtprotoDoor
    socket: Path
    chat: Chat

    @property
    def call(self) -> GroupCall:
        assert self.chat.call is not None
        return self.chat.call

    @property
    def room(self) -> RoomId:
        """The number of the group's room."""
        return RoomId(-self.chat.id)

    def in_another_group(self) -> "Telegram":
        """The same Telegram, seen from one more group with the same people."""
        return replace(self, chat=make_group(self.world))

    def appoint(self, status: Status, rights: frozenset[str] = MANAGE) -> None:
        """What the relay account is in the group from now on."""
        self.world.society.set_member(self.chat, Membership(RELAY, status, rights), OWNER)

    @asynccontextmanager
    async def speaking(self, person: int, sound: Sound, *, loops: bool = False) -> AsyncIterator[Caller]:
        """Somebody comes into the call by a browser and speaks; goes when the block ends."""
        async with calling(Voice(sound, loops=loops)) as caller:
            call = self.call
            await caller.accept(self.exchange.join_browser(call, person, await caller.offer(), muted=False))
            await until(lambda: caller.is_connected)
            yield caller
            self.world.calls.leave(call, person)


def make_group(world: World) -> Chat:
    chat = world.society.create_group("Careers", OWNER)
    for member in (Membership(GUEST), Membership(RELAY, Status.ADMINISTRATOR, MANAGE)):
        world.society.set_member(chat, member, OWNER)
    return chat


@asynccontextmanager
async def telegram(folder: Path) -> AsyncIterator[Telegram]:
    world = World()
    people = (Person(OWNER, "Ada"), Person(GUEST, "Bruno", "Neri"), Person(RELAY, "Relay"))
    for person in (*people, Person(SPARE, "Spare relay")):
        world.society.add(person)
    async with VoiceServer() as voice:
        exchange = Exchange(world, voice)
        door = MtprotoDoor(world, exchange, RELAY, spare=SPARE)
        scene = Telegram(world, voice, exchange, door, folder / "mtproto.sock", make_group(world))
        async with door.serve(scene.socket):
            yield scene


@asynccontextmanager
async def relaying(scene: Telegram, folder: Path) -> AsyncIterator[Relay]:
    command = [sys.executable, "-m", "app.relay_process"]
    relay = Relay(command, environment(scene, folder), Patience(calm=0.0))
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(relay.run())
        async with asyncio.timeout(60):
            await relay.is_up.wait()
        try:
            yield relay
        finally:
            running.cancel()


def opening(scene: Telegram, *, is_live: bool = True, **more: Any) -> Opening:
    """The group's room, and what else shall be true of it."""
    return Opening(scene.room, ChatId(scene.chat.id), "Careers after 40", is_live, **more)


def environment(scene: Telegram, folder: Path) -> dict[str, str]:
    ours = {"LOGGIONE_SANDBOX_MTPROTO": str(scene.socket), "LOGGIONE_DATA": str(folder)}
    return {**os.environ, **ours}


def kill(relay: Relay, number: signal.Signals) -> None:
    assert relay.pid is not None
    os.kill(relay.pid, number)


@dataclass
class Ear:
    """Everything that went out on the air since the block began."""

    packets: list[Packet] = field(default_factory=list)

    async def hear(self, slots: int) -> Sound:
        """The sound of the next slots, 20 ms each."""
        begin = len(self.packets)
        await until(lambda: len(self.packets) >= begin + slots, PATIENCE)
        return decode([packet.opus for packet in self.packets[begin:]])

    async def until_hears(self, hertz: float) -> Sound:
        """Half a second in which a tone is clearly there."""
        async with asyncio.timeout(PATIENCE):
            while strength(sound := await self.hear(25), hertz) < AUDIBLE:
                pass
        return sound

    async def until_silent(self) -> None:
        """Return when half a second went by in which nothing was heard."""
        async with asyncio.timeout(PATIENCE):
            while loudness(await self.hear(25)) > SILENT:
                pass

    async def until_recognises(self, speech: Sound) -> None:
        """Return when a sound that is repeated for ever was heard once as it is."""
        slots = 2 * len(speech) // SLOT + 25
        async with asyncio.timeout(PATIENCE):
            while likeness(speech, await self.hear(slots)) < ALIKE:
                pass


@asynccontextmanager
async def listening(airwaves: Airwaves, room: RoomId) -> AsyncIterator[Ear]:
    ear = Ear()

    async def listen() -> None:
        async with airwaves.listen(room) as packets:
            async for packet in packets:
                ear.packets.append(packet)

    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(listen())
        yield ear
        task.cancel()


def decode(packets: list[bytes]) -> Sound:
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = RATE, "mono"
    return _samples(frame for packet in packets for frame in decoder.decode(av.Packet(packet)))


def play(path: Path) -> Sound:
    """What a player makes of a file."""
    with av.open(str(path)) as container:
        return _samples(container.decode(audio=0))


def loudness(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound.astype(float) ** 2))) if len(sound) else 0.0


def _samples(frames: Iterable[av.AudioFrame]) -> Sound:
    resampler = av.AudioResampler("s16", "mono", RATE)
    blocks = [block.to_ndarray()[0] for frame in frames for block in resampler.resample(frame)]
    return np.concatenate([np.zeros(0, np.int16), *blocks])
