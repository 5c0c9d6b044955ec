"""A gallery for tests: rooms in memory, a real server on a free port, and real Opus on the air."""

import asyncio
import gettext
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import aiohttp

from app.mint import TicketMint
from containers.opus import PACKET
from rooms.listening import Gallery, Stages
from rooms.moderation import Ban
from rooms.ports import Packet
from rooms.questioning import Questioning
from rooms.receipts import Receipts
from rooms.roles import Asker
from rooms.room import Room, RoomState
from rooms.ticketing import Ticketing
from tests.deadline import DEADLINE
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.covers import FakeCovers
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import ADA, a_plan
from tests.fakes.tickets import FakeVouching
from tests.rooms.hall import DARIO, ELENA, STRANGER
from tests.voice.sounds import cut, tone
from tests.web.airwaves import WatchedAirwaves
from tests.web.murmuring import WatchedMurmuring
from voice.mixing.encoder import Encoder
from web.server import Backstage, WebServer, WebSettings

KEY = "k3y-k3y-k3y-k3y-k3y-k3"
UNTRANSLATED = {"en": gettext.NullTranslations(), "it": gettext.NullTranslations()}


@cache
def opus(hertz: float, seconds: float) -> tuple[bytes, ...]:
    encoder = Encoder()
    return tuple(encoder.encode(block) for block in cut(tone(hertz, seconds)))


class House:
    """One room of one group, and the gallery over it."""

    def __init__(
        self, limit: int, catalogues: Mapping[str, gettext.NullTranslations], public_url: str, **more: Any
    ) -> None:
        self.store = MemoryStore()
        self.clock = FakeClock()
        self.airwaves = WatchedAirwaves(backlog=100_000)
        self.stages = Stages()
        self.gallery = Gallery(self.store, self.airwaves, self.stages, FakeCovers())
        more.setdefault("has_copies", False)  # it takes a process for each house
        settings = WebSettings("127.0.0.1", 0, public_url, limit, **more)
        self.vouching = FakeVouching(ADA, DARIO, ELENA, STRANGER)
        self.desk = Ticketing(self.store, self.clock, TicketMint(), self.vouching)
        self.questioning = Questioning(self.store, self.clock)
        self.murmuring = WatchedMurmuring(self.stages, self.clock, draw=lambda _below: 0)
        receipts = Receipts(self.store, self.clock)
        backstage = Backstage(self.gallery, self.desk, self.questioning, self.murmuring, receipts)
        self.server = WebServer(settings, backstage, self.clock, catalogues)
        self.room: Room = None  # type: ignore[assignment]  # set before anybody sees the house
        self.at = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.address[1]}"

    @property
    def page(self) -> str:
        return f"{self.url}/l/{KEY}"

    async def furnish(self, title: str = "Careers after 40") -> None:
        async with self.store.writing() as records:
            await records.groups.save(CAREERS)
            self.room = (await records.rooms.add(a_plan(title), KEY, NOON)).scheduled()
            await records.rooms.save(self.room)

    async def become(self, state: RoomState) -> None:
        async with self.store.writing() as records:
            self.room = replace(self.room, state=state)
            await records.rooms.save(self.room)

    async def plan(self, key: str, state: RoomState = RoomState.SCHEDULED, **more: Any) -> Room:
        """Another room, planned as the first one but for what is said."""
        async with self.store.writing() as records:
            draft = await records.rooms.add(replace(self.room.plan, **more), key, NOON)
            room = replace(draft, state=state)
            await records.rooms.save(room)
        return room

    async def change(self, **more: Any) -> None:
        """Another plan for the room."""
        async with self.store.writing() as records:
            plan = replace(self.room.plan, **more)
            self.room = replace(self.room, plan=plan, revision=self.room.revision + 1)
            await records.rooms.save(self.room)

    async def room_behind(self, key: str, state: RoomState) -> Room:
        """The room of this key, which is in this state from now on."""
        async with self.store.writing() as records:
            room = replace(await records.rooms.by_listen_key(key), state=state)
            await records.rooms.save(room)
        return room

    async def ban(self, asker: Asker) -> None:
        async with self.store.writing() as records:
            await records.bans.save(Ban(self.room.plan.chat, asker.person, asker.name, "noise", None))

    async def revoke(self) -> None:
        async with self.store.writing() as records:
            await records.rooms.remove(self.room.id)

    async def play(self, packets: Sequence[bytes]) -> None:
        """Put packets on the air, as fast as everybody takes them."""
        for packet in packets:
            self.airwaves.publish(self.room.id, Packet(self.at, packet, 30))
            self.at += PACKET
            await asyncio.sleep(0)
        await settled()


async def settled() -> None:
    """Let the loop hand over what it holds."""
    for _ in range(20):
        await asyncio.sleep(0)


@asynccontextmanager
async def open_house(
    limit: int = 100,
    catalogues: Mapping[str, gettext.NullTranslations] = UNTRANSLATED,
    public_url: str = "http://127.0.0.1",
    **more: Any,
) -> AsyncIterator[House]:
    house = House(limit, catalogues, public_url, **more)
    await house.furnish()
    async with asyncio.TaskGroup() as group:
        activities = (house.server.run, house.questioning.run, house.murmuring.run)
        running = [group.create_task(activity()) for activity in activities]
        async with asyncio.timeout(DEADLINE):
            await house.server.is_up.wait()
        yield house
        for activity in running:
            activity.cancel()


class Ear:
    """A listener that keeps what it hears."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self.answer = answer
        self.heard = bytearray()

    async def listen(self, length: int) -> bytes:
        """Until this many bytes were heard in all."""
        async with asyncio.timeout(DEADLINE):
            while len(self.heard) < length:
                piece = await self.answer.content.readany()
                if not piece:
                    raise EOFError(f"ended after {len(self.heard)} bytes")
                self.heard += piece
        return bytes(self.heard)

    async def listen_to_the_end(self) -> bytes:
        async with asyncio.timeout(DEADLINE):
            self.heard += await self.answer.content.read()
        return bytes(self.heard)


@asynccontextmanager
async def an_ear(session: aiohttp.ClientSession, url: str, **headers: str) -> AsyncIterator[Ear]:
    async with session.get(url, headers=headers) as answer:
        answer.raise_for_status()
        yield Ear(answer)


async def asked(house: House, request: bytes) -> bytes:
    """All that the server answers to these bytes."""
    reader, writer = await asyncio.open_connection(*house.server.address)
    writer.write(request)
    async with asyncio.timeout(DEADLINE):
        answer = await reader.read()
    writer.close()
    return answer
