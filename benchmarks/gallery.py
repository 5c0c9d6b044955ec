"""What a listener costs: a chunk handed to many real connections, against bare writes to the same ones."""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import cast

from benchmarks.measuring import ROUNDS, Row
from web.fanout import Channel, Listener, framed

CHUNK = b"\x55" * 600
"""100 ms of a stream at 48 kbit/s."""

CHUNKS = 20
"""Chunks a round."""

PAUSE = 0.02
"""Seconds between two chunks, in which the other side reads."""

FEW, MANY = 100, 1000

DRAIN = """
import selectors, socket, sys
port, count = map(int, sys.argv[1:])
lines = selectors.DefaultSelector()
for _ in range(count):
    line = socket.create_connection(("127.0.0.1", port))
    line.setblocking(False)
    lines.register(line, selectors.EVENT_READ)
while lines.get_map():
    for key, _ in lines.select():
        if not key.fileobj.recv(1 << 16):
            lines.unregister(key.fileobj)
"""
"""A crowd in a process of its own that takes everything at once."""


async def rows() -> AsyncIterator[Row]:
    """The fan-out against bare writes, and its cost for each of many against each of few."""
    costs = {}
    for count in (FEW, MANY):
        async with _crowd(count) as transports:
            costs[count] = await _costs(transports)
    ratio = statistics.median(ours / bare for ours, bare in costs[MANY])
    yield Row("fanout-bare", ratio, 2.0, f"a chunk to {MANY} listeners against as many bare writes")
    few, many = (statistics.median(ours for ours, _ in costs[count]) / count for count in (FEW, MANY))
    yield Row("fanout-linear", many / few, 1.2, f"cost of each of {MANY} listeners against each of {FEW}")


async def _costs(transports: list[asyncio.Transport]) -> list[tuple[float, float]]:
    """For each round the processor time of the channel's sends and of bare ones, in seconds."""
    channel = Channel()
    for transport in transports:
        listener = Listener(transport, is_framed=True)
        channel.join(listener)
    sockets = [transport.get_extra_info("socket").fileno() for transport in transports]
    chunk = framed(CHUNK)

    def bare() -> None:
        for number in sockets:
            os.write(number, chunk)

    return [(await _cost(lambda: channel.send(CHUNK)), await _cost(bare)) for _ in range(ROUNDS)]


async def _cost(send: Callable[[], None]) -> float:
    spent = 0.0
    for _ in range(CHUNKS):
        began = time.thread_time()
        with suppress(BlockingIOError):
            send()
        spent += time.thread_time() - began
        await asyncio.sleep(PAUSE)
    return spent


@asynccontextmanager
async def _crowd(count: int) -> AsyncIterator[list[asyncio.Transport]]:
    """Connections from a process that reads everything, as the server holds them."""
    transports: list[asyncio.Transport] = []
    is_full = asyncio.Event()

    class Door(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            transports.append(cast(asyncio.Transport, transport))
            if len(transports) == count:
                is_full.set()

    server = await asyncio.get_running_loop().create_server(Door, "127.0.0.1", 0, backlog=count)
    port = server.sockets[0].getsockname()[1]
    readers = await asyncio.create_subprocess_exec(sys.executable, "-c", DRAIN, str(port), str(count))
    try:
        async with asyncio.timeout(30):
            await is_full.wait()
        yield transports
    finally:
        for transport in transports:
            transport.close()
        server.close()
        await readers.wait()
