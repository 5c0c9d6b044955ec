"""A network that delays what it carries, now more and now less, but keeps its order."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_PIECE = 64 * 1024


class JitteryNetwork:
    """Lies between a browser and a server; `jitter` is the longest delay in seconds, the shortest is none."""

    def __init__(self, server: tuple[str, int], jitter: float) -> None:
        self.jitter = jitter
        self.is_down = False
        """Whether whoever connects is turned away."""
        self._server = server
        self._random = random.Random(7)  # noqa: S311  # the same delays in each run
        self._wires: list[asyncio.WriteTransport] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def tear(self) -> None:
        """Cut all connections that are under way."""
        for wire in self._wires:
            wire.abort()
        self._wires.clear()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry what passes between two ends until either is gone."""
        if self.is_down:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(*self._server)
        self._wires += [writer.transport, back.transport]
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(_carry(reader, back))
                ways.create_task(self._delay(there, writer))
        except* OSError:
            pass
        finally:
            writer.transport.abort()
            back.transport.abort()

    async def _delay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop, under_way = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]]()
        async with asyncio.TaskGroup() as ways:
            ways.create_task(_deliver(under_way, writer))
            while piece := await reader.read(_PIECE):
                under_way.put_nowait((loop.time() + self._random.uniform(0, self.jitter), piece))
            under_way.put_nowait((loop.time(), b""))


@asynccontextmanager
async def a_jittery_network(server: tuple[str, int], jitter: float) -> AsyncIterator[JitteryNetwork]:
    """A network to this server, on a port of its own."""
    network = JitteryNetwork(server, jitter)
    async with asyncio.TaskGroup() as connections:
        carried: set[asyncio.Task[None]] = set()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            carried.add(connections.create_task(network.carry(reader, writer)))

        listening = await asyncio.start_server(accept, "127.0.0.1", 0)
        network.port = listening.sockets[0].getsockname()[1]
        try:
            yield network
        finally:
            listening.close()
            network.tear()
            for task in carried:
                task.cancel()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(_PIECE):
        if writer.is_closing():
            return
        writer.write(piece)
        await writer.drain()
    if not writer.is_closing():
        writer.write_eof()


async def _deliver(under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    """Nothing overtakes anything; what comes for an end that has gone is lost."""
    loop = asyncio.get_running_loop()
    while True:
        due, piece = await under_way.get()
        await asyncio.sleep(due - loop.time())
        if writer.is_closing():
            return
        if not piece:
            writer.write_eof()
            return
        writer.write(piece)
