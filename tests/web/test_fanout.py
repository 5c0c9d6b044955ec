"""The fan-out: the same bytes for all, the slow delay nobody, and streams are cut at chunks only."""

import asyncio
import socket
from itertools import pairwise

import pytest

from tests.web.wires import Wire, a_wire
from web.fanout import BACKLOG, PATIENCE, Backlog, Channel, Listener, framed, unframed

CHUNK = 400


def chunk(number: int) -> bytes:
    return b"%06d" % number * (CHUNK // 6)


def numbers(stream: bytes, lead: bytes = b"") -> list[int]:
    """The numbers of the chunks in a stream, which must be whole."""
    assert stream.startswith(lead)
    stream = stream[len(lead) :]
    size = len(chunk(0))
    found = [int(stream[at : at + 6]) for at in range(0, len(stream), size)]
    assert stream == b"".join(chunk(number) for number in found)
    return found


def joined(channel: Channel, wire: Wire, *, is_framed: bool = False) -> Listener:
    listener = Listener(wire.near, is_framed=is_framed)
    channel.join(listener)
    return listener


async def test_all_get_the_same_chunks() -> None:
    channel = Channel()
    async with a_wire() as one, a_wire() as other:
        joined(channel, one)
        joined(channel, other)
        for number in range(3):
            channel.send(chunk(number))
        size = 3 * len(chunk(0))
        assert numbers(await one.read(size)) == numbers(await other.read(size)) == [0, 1, 2]


async def test_a_joiner_gets_the_head_a_little_of_the_past_and_all_that_comes() -> None:
    channel = Channel(rewind=2)
    channel.begin_with(b"HEAD")
    for number in range(9):
        channel.send(chunk(number))
    async with a_wire() as wire:
        joined(channel, wire)
        channel.send(chunk(9))
        assert numbers(await wire.read(4 + 3 * len(chunk(0))), b"HEAD") == [7, 8, 9]


async def test_http_1_1_gets_chunked_coding() -> None:
    channel = Channel()
    async with a_wire() as wire:
        joined(channel, wire, is_framed=True)
        channel.send(b"x" * 20)
        assert await wire.read(26) == b"14\r\n" + b"x" * 20 + b"\r\n"


@pytest.mark.parametrize("content", [b"x", b"\r\n" * 50])
def test_the_coding_can_be_taken_off(content: bytes) -> None:
    assert bytes(unframed(framed(content))) == content


async def test_a_stalled_listener_is_moved_to_the_live_edge_at_whole_chunks() -> None:
    channel = Channel()
    async with a_wire() as slow:
        joined(channel, slow)
        for number in range(250):
            channel.send(chunk(number))
        stream = b""
        for number in range(250, 300):
            stream += slow.read_what_is_there()
            channel.send(chunk(number))
        stream += await slow.read(-len(stream) % len(chunk(0)))
        found = numbers(stream)
    jumps = [(earlier, later) for earlier, later in pairwise(found) if later - earlier != 1]
    assert found[0] == 0
    ((before, after),) = jumps
    assert before < 250 - BACKLOG
    assert after >= 250


async def test_a_stalled_listener_delays_nobody() -> None:
    channel = Channel()
    async with a_wire() as slow, a_wire() as quick:
        joined(channel, slow)
        joined(channel, quick)
        for number in range(250):
            channel.send(chunk(number))
            assert numbers(await quick.read(len(chunk(0)))) == [number]


async def test_who_takes_nothing_for_long_is_dropped_and_nobody_else() -> None:
    channel = Channel()
    async with a_wire() as slow, a_wire() as quick:
        stalled, listener = joined(channel, slow), joined(channel, quick)
        number = 0
        while not stalled.gone.is_set():
            channel.send(chunk(number))
            await quick.read(len(chunk(0)))
            number += 1
            assert number < 3 * PATIENCE
        assert number > PATIENCE
        assert not stalled.has_all
        assert not listener.gone.is_set()


async def test_the_kernel_holds_little_for_a_listener() -> None:
    async with a_wire() as wire:
        Listener(wire.near, is_framed=True)
        held = wire.near.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        assert held <= 32 * 1024


async def test_a_lost_connection_is_let_go_at_the_next_chunk() -> None:
    channel = Channel()
    async with a_wire() as wire:
        listener = joined(channel, wire)
        wire.near.abort()
        channel.send(chunk(0))
        assert listener.gone.is_set()
        assert channel.is_deserted


async def test_what_the_transport_still_holds_goes_first() -> None:
    channel = Channel()
    async with a_wire() as wire:
        header = b"h" * 8_000_000
        wire.near.write(header)
        joined(channel, wire)
        came = wire.read_what_is_there()
        channel.send(chunk(0))
        came += await wire.read(len(header) - len(came))
        assert came == header
        channel.send(chunk(1))
        assert numbers(await wire.read(2 * len(chunk(0)))) == [0, 1]


async def test_at_the_end_everybody_has_everything() -> None:
    channel = Channel()
    async with a_wire() as wire:
        listener = joined(channel, wire)
        channel.send(chunk(0))
        channel.send(b"bye")
        await channel.finish()
        assert listener.has_all
        assert await wire.read(len(chunk(0)) + 3) == chunk(0) + b"bye"


async def test_hanging_up_lets_everybody_go_at_once() -> None:
    channel = Channel()
    async with a_wire() as wire:
        listener = joined(channel, wire)
        channel.hang_up()
        assert listener.gone.is_set()
        assert not listener.has_all


async def test_who_left_gets_nothing_more_and_may_leave_twice() -> None:
    channel = Channel()
    async with a_wire() as wire:
        listener = joined(channel, wire)
        channel.leave(listener)
        channel.leave(listener)
        channel.send(chunk(0))
        await asyncio.sleep(0)
        assert wire.read_what_is_there() == b""


def test_a_backlog_keeps_the_newest() -> None:
    backlog = Backlog(3)
    for number in range(5):
        backlog.append(chunk(number))
    assert (backlog.start, backlog.end) == (2, 5)
    assert backlog[4] == chunk(4)
