"""Little servers on loopback, for all that real ones seldom do; and what tests want to know of a restream."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from rooms.outlets import OutletState
from rooms.ports import Packet
from tests.voice.sounds import cut, tone
from voice.mixing.encoder import Encoder
from voice.mixing.units import SLOT, SLOT_SECONDS
from voice.outlets.connection import Terms
from voice.outlets.restream import Restream

HERE = Terms(allows_private=True)
TRUSTING = Terms(allows_private=True, proving=0)
HASTY = Terms(allows_private=True, connecting=0.3, answering=0.3, proving=0, stalling=0.3)

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def little_server(serve: Serve) -> AsyncIterator[int]:
    """The port of a server that deals with each connection so, and hangs up after."""
    visits: set[asyncio.Task[None] | None] = set()

    async def serve_and_hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.add(asyncio.current_task())
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return  # the other side's end, or the server's own
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve_and_hang_up, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for visit in visits:
            if visit is not None:
                visit.cancel()
        await asyncio.gather(*filter(None, visits), return_exceptions=True)


class Watch:
    """Writes down how an outlet does, and waits for it to do so."""

    def __init__(self) -> None:
        self.states: list[OutletState] = []
        self._has_changed = asyncio.Event()

    def __call__(self, state: OutletState) -> None:
        self.states.append(state)
        self._has_changed.set()

    async def until(self, *states: OutletState) -> None:
        """Wait until the last states were these."""
        async with asyncio.timeout(60):
            while tuple(self.states[-len(states) :]) != states:
                self._has_changed.clear()
                await self._has_changed.wait()


@asynccontextmanager
async def broadcasting(restream: Restream, hertz: float = 440, since: int = 0) -> AsyncIterator[None]:
    """Within the block the restream runs and is fed with a tone in real time, from this slot on."""
    async with asyncio.TaskGroup() as group:
        works = [group.create_task(restream.run()), group.create_task(_feed(restream, hertz, since))]
        yield
        for work in works:
            work.cancel()


async def _feed(restream: Restream, hertz: float, since: int) -> None:
    encoder, blocks = Encoder(), cut(tone(hertz, 1))
    loop = asyncio.get_running_loop()
    began = loop.time()
    slot = 0
    while True:
        block = blocks[slot % len(blocks)]
        at = 0 if slot == 0 else (since + slot) * SLOT
        restream.feed(Packet(at, encoder.encode(block), 20), block)
        slot += 1
        await asyncio.sleep(began + slot * SLOT_SECONDS - loop.time())
