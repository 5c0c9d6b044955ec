"""What every Airwaves does, whether the sound stays in one process or crosses to another."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from rooms.airwaves import BACKLOG, MemoryAirwaves
from rooms.ids import RoomId
from rooms.ports import Airwaves, Packet
from voice.messages.commands import Command
from voice.messages.link import Link, join_link
from voice.messages.reports import Report, Sound

ROOM, OTHER = RoomId(7), RoomId(8)


@dataclass(frozen=True)
class Ends:
    """Where sound goes in, where it comes out, and how to wait until what went in has come through."""

    publish: Callable[[RoomId, Packet], None]
    airwaves: Airwaves
    settle: Callable[[], Awaitable[None]]


async def memory() -> AsyncIterator[Ends]:
    airwaves = MemoryAirwaves()

    async def settle() -> None:
        await asyncio.sleep(0)

    yield Ends(airwaves.publish, airwaves, settle)


async def socket_pair() -> AsyncIterator[Ends]:
    """As between the relay process, which publishes, and the main process, where people listen."""
    airwaves = MemoryAirwaves()
    arrived = asyncio.Event()

    def hear(report: Report) -> None:
        assert isinstance(report, Sound)
        if report.room == RoomId(0):
            arrived.set()
        airwaves.publish(report.room, Packet(report.at, report.opus, report.level))

    ours, theirs = socket.socketpair()
    parent: Link[Report] = await join_link(ours, Report, hear)
    child: Link[Command] = await join_link(theirs, Command, lambda _: None)

    def publish(room: RoomId, packet: Packet) -> None:
        child.send(Sound(room, packet.at, packet.opus, packet.level))

    async def settle() -> None:
        arrived.clear()
        publish(RoomId(0), packet(0))
        await arrived.wait()

    yield Ends(publish, airwaves, settle)
    for link in (child, parent):
        link.close()
        await link.lost.wait()


@pytest.fixture(params=[memory, socket_pair])
async def ends(request: pytest.FixtureRequest) -> AsyncIterator[Ends]:
    async for ends in request.param():
        yield ends


def packet(number: int) -> Packet:
    return Packet(number * 960, bytes([number % 256]) * 60, number % 128)


async def test_a_listener_hears_what_is_published_in_order(ends: Ends) -> None:
    async with ends.airwaves.listen(ROOM) as packets:
        for number in range(50):
            ends.publish(ROOM, packet(number))
        assert [await anext(packets) for _ in range(50)] == [packet(number) for number in range(50)]


async def test_all_listeners_hear_the_same(ends: Ends) -> None:
    async with ends.airwaves.listen(ROOM) as first, ends.airwaves.listen(ROOM) as second:
        ends.publish(ROOM, packet(1))
        assert await anext(first) == await anext(second) == packet(1)


async def test_a_listener_hears_one_room_only(ends: Ends) -> None:
    async with ends.airwaves.listen(ROOM) as packets:
        ends.publish(OTHER, packet(1))
        ends.publish(ROOM, packet(2))
        assert await anext(packets) == packet(2)


async def test_a_listener_hears_nothing_from_before(ends: Ends) -> None:
    ends.publish(ROOM, packet(1))
    await ends.settle()
    async with ends.airwaves.listen(ROOM) as packets:
        ends.publish(ROOM, packet(2))
        assert await anext(packets) == packet(2)


async def test_a_slow_listener_loses_the_oldest_and_delays_nobody(ends: Ends) -> None:
    async with ends.airwaves.listen(ROOM) as slow, ends.airwaves.listen(ROOM) as quick:
        heard = []
        for number in range(3 * BACKLOG):
            ends.publish(ROOM, packet(number))
            heard.append(await anext(quick))
        assert heard == [packet(number) for number in range(3 * BACKLOG)]
        assert await anext(slow) == packet(2 * BACKLOG)


async def test_publishing_to_nobody_is_no_error(ends: Ends) -> None:
    async with ends.airwaves.listen(ROOM):
        pass
    ends.publish(ROOM, packet(1))
    await ends.settle()


async def test_who_waits_is_woken_by_the_next_packet(ends: Ends) -> None:
    async with ends.airwaves.listen(ROOM) as packets, asyncio.TaskGroup() as tasks:

        async def wait() -> Packet:
            return await anext(packets)

        waiting = tasks.create_task(wait())
        await ends.settle()
        ends.publish(ROOM, packet(3))
        assert await waiting == packet(3)
