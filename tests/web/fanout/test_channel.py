"""The channel: the same bytes for all, the slow delay nobody, and streams are cut at chunks only."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count, pairwise

import pytest

from tests.deadline import DEADLINE
from tests.web.fanout.conftest import AWire
from tests.web.fanout.streams import SIZE, chunk, joined, numbers
from tests.web.wires import a_wire
from web.fanout import Channel, HandOver, NoRing, Ring, line
from web.fanout.channel import BACKLOG, PATIENCE

STALLED = 100
"""Chunks sent to one who takes none: more than the kernel and the backlog hold."""

LOOK = PATIENCE // 30
"""Chunks between two looks at what the kernel holds."""


@pytest.fixture(params=["writes", "ring"])
def hand_over(request: pytest.FixtureRequest) -> Iterator[HandOver | None]:
    if request.param == "writes":
        yield None
        return
    try:
        ring = Ring()
    except NoRing as error:
        pytest.skip(f"no io_uring here: {error}")
    yield ring
    ring.close()


@pytest.fixture
def channel(hand_over: HandOver | None) -> Channel:
    return Channel(hand_over=hand_over)


async def test_all_get_the_same_chunks(channel: Channel, any_wire: AWire) -> None:
    async with any_wire() as one, any_wire() as other:
        joined(channel, one)
        joined(channel, other)
        for number in range(3):
            channel.send(chunk(number))
        assert numbers(await one.read(3 * SIZE)) == numbers(await other.read(3 * SIZE)) == [0, 1, 2]


async def test_a_joiner_gets_the_head_a_little_of_the_past_and_all_that_comes(any_wire: AWire) -> None:
    channel = Channel(rewind=2)
    channel.begin_with(b"HEAD")
    for number in range(9):
        channel.send(chunk(number))
    async with any_wire() as wire:
        joined(channel, wire, b"answer:")
        channel.send(chunk(9))
        assert numbers(await wire.read(11 + 3 * SIZE), b"answer:HEAD") == [7, 8, 9]


async def test_http_1_1_gets_chunked_coding_beside_one_who_gets_none(channel: Channel) -> None:
    async with a_wire() as framed, a_wire() as bare:
        joined(channel, framed, is_framed=True)
        joined(channel, bare)
        channel.send(b"x" * 20)
        assert await framed.read(26) == b"14\r\n" + b"x" * 20 + b"\r\n"
        assert await bare.read(20) == b"x" * 20


async def test_a_stalled_listener_is_moved_to_the_live_edge_at_whole_chunks(
    channel: Channel, any_wire: AWire
) -> None:
    async with any_wire() as slow:
        joined(channel, slow)
        for number in range(STALLED):
            channel.send(chunk(number))
        stream = b""
        async with asyncio.timeout(DEADLINE):
            for number in count(STALLED):
                stream += slow.read_what_is_there()
                if b"%06d" % (number - 1) in stream[-SIZE:]:
                    break
                channel.send(chunk(number))
                await asyncio.sleep(0.02)  # the network's own pauses
            stream += await slow.read(-len(stream) % SIZE)
        found = numbers(stream)
    jumps = [(earlier, later) for earlier, later in pairwise(found) if later - earlier != 1]
    assert found[0] == 0
    assert jumps[0][0] < STALLED - BACKLOG
    assert jumps[-1][1] >= STALLED


async def test_a_chunk_taken_in_part_is_finished_before_the_live_edge_is_sought(
    channel: Channel, any_wire: AWire
) -> None:
    long = bytes(range(256)) * 60
    async with any_wire() as slow:
        joined(channel, slow)
        for _ in range(4):
            channel.send(long)  # more than the kernel takes whole
        for number in range(3 * BACKLOG):
            channel.send(chunk(number))
        stream = b""
        async with asyncio.timeout(DEADLINE):
            for number in count(3 * BACKLOG):
                stream += slow.read_what_is_there()
                if b"%06d" % (number - 1) in stream[-SIZE:]:
                    break
                channel.send(chunk(number))
                await asyncio.sleep(0.02)  # the network's own pauses
            stream += await slow.read(-(len(stream) - len(long) * stream.count(long)) % SIZE)
        whole = stream.count(long)
        assert 0 < whole < 4
        assert stream.startswith(long * whole)
        assert numbers(stream[whole * len(long) :])[-1] >= 3 * BACKLOG


async def test_a_stalled_listener_delays_nobody(channel: Channel, any_wire: AWire) -> None:
    async with any_wire() as slow, any_wire() as quick:
        joined(channel, slow)
        joined(channel, quick)
        for number in range(250):
            channel.send(chunk(number))
            assert numbers(await quick.read(SIZE)) == [number]


async def test_who_takes_nothing_for_long_is_dropped_and_nobody_else(
    channel: Channel, any_wire: AWire
) -> None:
    async with any_wire() as slow, any_wire() as quick:
        stalled, listener = joined(channel, slow), joined(channel, quick)
        number = 0
        while not stalled.is_gone:
            channel.send(chunk(number))
            await quick.read(SIZE)
            number += 1
            assert number < 20 * PATIENCE  # the network fills its own stores first
        assert number > PATIENCE
        assert not listener.is_gone


async def test_what_the_kernel_holds_for_a_stalled_listener_stays_small(channel: Channel) -> None:
    async with a_wire() as slow:
        joined(channel, slow)
        for number in range(200):
            channel.send(chunk(number))
        assert slow.line.queued < 200 * SIZE / 4


async def test_who_has_much_on_the_way_gets_nothing_more_until_it_arrived(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_way = 0  # over a network that is slow to acknowledge
    monkeypatch.setattr(line, "ioctl", lambda *_: on_the_way.to_bytes(4, sys.byteorder))
    async with a_wire() as wire:
        listener = joined(channel, wire)
        channel.send(chunk(0))
        on_the_way = 10_000
        for number in range(1, LOOK + 2 * BACKLOG):
            channel.send(chunk(number))
        assert numbers(await wire.read(LOOK * SIZE)) == list(range(LOOK))
        assert wire.read_what_is_there() == b""
        on_the_way = 0
        channel.send(chunk(99))
        assert numbers(await wire.read(SIZE)) == [99]
        assert not listener.is_gone


async def test_a_lost_connection_is_let_go_as_soon_as_it_is_lost(channel: Channel, any_wire: AWire) -> None:
    deserted = asyncio.Event()
    channel.when_deserted = deserted.set
    async with any_wire() as wire:
        listener = joined(channel, wire)
        wire.far.close()
        async with asyncio.timeout(DEADLINE):
            await deserted.wait()
        assert listener.is_gone
        assert channel.is_deserted


async def test_a_connection_found_lost_in_sending_is_let_go(hand_over: HandOver | None) -> None:
    channel = Channel(hand_over=hand_over)
    async with a_wire() as wire, a_wire() as other:
        listener, stays = joined(channel, wire), joined(channel, other)
        channel.send(chunk(0))
        wire.far.close()
        while not listener.is_gone:
            channel.send(chunk(1))
            await asyncio.sleep(0)
        assert not stays.is_gone
        assert not channel.is_deserted


async def test_what_a_listener_says_is_thrown_away(channel: Channel, any_wire: AWire) -> None:
    async with any_wire() as wire:
        listener = joined(channel, wire)
        loop, said = asyncio.get_running_loop(), 0
        async with asyncio.timeout(DEADLINE):
            while said < 300_000:
                try:
                    said += wire.far.send(bytes(10_000))
                except OSError:
                    await asyncio.sleep(0)
        assert loop.is_running()
        channel.send(chunk(0))
        assert numbers(await wire.read(SIZE)) == [0]
        assert not listener.is_gone


async def test_at_the_end_everybody_has_everything_and_is_told_so(channel: Channel, any_wire: AWire) -> None:
    async with any_wire() as wire, any_wire() as bare:
        listener = joined(channel, wire, is_framed=True)
        joined(channel, bare)
        channel.send(b"bye")
        await channel.finish()
        assert listener.is_gone
        assert await wire.read_to_the_end() == b"3\r\nbye\r\n0\r\n\r\n"
        assert await bare.read_to_the_end() == b"bye"


async def test_who_lags_at_the_end_is_waited_for(channel: Channel, any_wire: AWire) -> None:
    async with any_wire() as slow:
        joined(channel, slow, is_framed=True)
        for number in range(250):
            channel.send(chunk(number))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(channel.finish())
            assert (await slow.read_to_the_end()).endswith(b"000249\r\n0\r\n\r\n")


async def test_who_never_takes_the_rest_is_let_go_in_the_end(channel: Channel, any_wire: AWire) -> None:
    async with any_wire() as slow:
        listener = joined(channel, slow)
        for number in range(250):
            channel.send(chunk(number))
        await channel.finish()
        assert listener.is_gone


async def test_hanging_up_lets_everybody_go_at_once(channel: Channel, any_wire: AWire) -> None:
    async with any_wire() as wire, any_wire() as slow:
        listeners = [joined(channel, wire)]
        channel.send(chunk(0))
        listeners.append(joined(channel, slow))
        channel.hang_up()
        assert all(listener.is_gone for listener in listeners)


async def test_who_ended_gets_nothing_more_and_may_end_twice(channel: Channel) -> None:
    said: list[str] = []
    async with a_wire() as wire:
        listener = joined(channel, wire)
        listener.at_the_end(lambda: said.append("farewell"))
        listener.end(has_all=False)
        listener.end(has_all=False)
        channel.send(chunk(0))
        assert said == ["farewell"]
        assert channel.is_deserted


async def test_the_last_one_who_goes_leaves_the_channel_deserted(channel: Channel) -> None:
    said: list[str] = []
    channel.when_deserted = lambda: said.append("deserted")
    async with AsyncExitStack() as wires:
        listeners = [joined(channel, await wires.enter_async_context(a_wire())) for _ in range(3)]
        for listener in listeners:
            assert said == []
            listener.end(has_all=False)
        assert said == ["deserted"]


async def test_more_than_a_ring_takes_goes_over_too(channel: Channel) -> None:
    content = bytes(range(256)) * 200
    async with a_wire() as wire:
        joined(channel, wire)
        channel.send(chunk(0))
        channel.send(content)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(channel.finish())
            assert await wire.read_to_the_end() == chunk(0) + content
