"""A house of ours in a process of its own: the gallery as the program serves it, one talk on air.

Packets come over standard input, each as the program's relay sends them on; it prints its port.
"""

import asyncio
import gc
import gettext
import socket
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import uvloop

from app.clock import SystemClock
from app.machine import descriptors_for, raise_descriptor_limit
from app.mint import TicketMint
from benchmarks.gallery.payload import PACKET
from containers.opus import PACKET as SAMPLES
from rooms.airwaves import MemoryAirwaves
from rooms.errors.tickets import NotVouchedFor
from rooms.group import Group
from rooms.ids import ChatId, PersonId, RoomId
from rooms.listening import Gallery, Stages
from rooms.murmuring import Murmuring
from rooms.plan import Plan
from rooms.ports import Packet
from rooms.questioning import Questioning
from rooms.receipts import Receipts
from rooms.roles import Asker
from rooms.ticketing import Ticketing
from storage.database import Database, open_database
from web.server import Backstage, WebServer, WebSettings
from web.tls import Certificate

KEY = "the-gallery"
LIMIT = 5000


class _Nobody:
    """Vouches for nobody: the talk is open."""

    async def vouch(self, proof: str, chat: ChatId) -> Asker:  # noqa: ARG002
        """Raise `NotVouchedFor`."""
        raise NotVouchedFor(proof)


async def serve(certificate: Certificate | None, *, has_ring: bool) -> None:
    """Serve until the packets end."""
    raise_descriptor_limit(descriptors_for(LIMIT))
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "loggione.db") as store, asyncio.TaskGroup() as group:
            room, airwaves = await _talk(store), MemoryAirwaves()
            settings = WebSettings(
                "127.0.0.1", 0, "http://127.0.0.1", LIMIT, certificate=certificate, has_ring=has_ring
            )
            backstage = _backstage(store, airwaves)
            server = WebServer(settings, backstage, SystemClock(), {"en": gettext.NullTranslations()})
            activities = (server.run, backstage.questioning.run, backstage.murmuring.run)
            gc.freeze()  # as the program does
            running = [group.create_task(activity()) for activity in activities]
            await server.is_up.wait()
            print(server.address[1], flush=True)
            await _pass_on(airwaves, room)
            for activity in running:
                activity.cancel()


def _backstage(store: Database, airwaves: MemoryAirwaves) -> Backstage:
    clock, stages = SystemClock(), Stages()
    desk = Ticketing(store, clock, TicketMint(), _Nobody())
    gallery, receipts = Gallery(store, airwaves, stages), Receipts(store, clock)
    return Backstage(gallery, desk, Questioning(store, clock), Murmuring(stages, clock), receipts)


async def _talk(store: Database) -> RoomId:
    now = SystemClock().now()
    group = Group(ChatId(-1), "Group", ZoneInfo("UTC"), "en", "programme")
    plan = Plan(group.chat, None, "Talk", None, PersonId(1), "Ada", now, timedelta(hours=4))
    async with store.writing() as records:
        await records.groups.save(group)
        room = await records.rooms.add(plan, KEY, now)
        await records.rooms.save(room.scheduled().opening().live())
    return room.id


class _Relay(asyncio.Protocol):
    """Publishes packets as they come, as the program does with those of its relay."""

    def __init__(self, publish: Callable[[Packet], None]) -> None:
        self.ended = asyncio.Event()
        self._publish = publish
        self._pending = b""
        self._at = 0

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._pending += data
        while len(self._pending) >= PACKET:
            self._publish(Packet(self._at, self._pending[:PACKET], 30))
            self._pending = self._pending[PACKET:]
            self._at += SAMPLES

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # of the interface
        """Called by the loop."""
        self.ended.set()


async def _pass_on(airwaves: MemoryAirwaves, room: RoomId) -> None:
    relay = _Relay(partial(airwaves.publish, room))
    await asyncio.get_running_loop().create_connection(lambda: relay, sock=socket.socket(fileno=0))
    await relay.ended.wait()


if __name__ == "__main__":
    files = sys.argv[2:]
    pair = Certificate(Path(files[0]), Path(files[1])) if files else None
    uvloop.run(serve(pair, has_ring=sys.argv[1] == "ring"))
