"""Real connections for tests of the fan-out: a transport at one end, a plain socket at the other."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

RECEIVE_BUFFER = 8 * 1024


class _Waiting(asyncio.Protocol):
    def __init__(self, connected: asyncio.Future[asyncio.Transport]) -> None:
        self._connected = connected

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._connected.set_result(cast(asyncio.Transport, transport))


@dataclass
class Wire:
    """`near` is what the server holds; `read` is the listener."""

    near: asyncio.Transport
    far: socket.socket

    async def read(self, length: int) -> bytes:
        """Exactly so many bytes."""
        loop, got = asyncio.get_running_loop(), b""
        async with asyncio.timeout(10):
            while len(got) < length:
                piece = await loop.sock_recv(self.far, length - len(got))
                if not piece:
                    break
                got += piece
        return got

    def read_what_is_there(self) -> bytes:
        """What has come until now."""
        got = b""
        try:
            while piece := self.far.recv(65536):
                got += piece
        except BlockingIOError:
            pass
        return got


@asynccontextmanager
async def a_wire() -> AsyncIterator[Wire]:
    """A TCP connection over loopback whose far end takes little while nobody reads."""
    loop = asyncio.get_running_loop()
    connected: asyncio.Future[asyncio.Transport] = loop.create_future()
    server = await loop.create_server(lambda: _Waiting(connected), "127.0.0.1", 0)
    with socket.socket() as far:
        far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        far.setblocking(False)
        await loop.sock_connect(far, server.sockets[0].getsockname())
        near = await connected
        try:
            yield Wire(near, far)
        finally:
            near.abort()
            server.close()
            await server.wait_closed()
