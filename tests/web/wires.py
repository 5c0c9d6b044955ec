"""Real connections for tests of the fan-out: a line at one end, a plain socket at the other."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.deadline import DEADLINE
from web.fanout import Line
from web.lookout import Lookout
from web.tls import Certificate

RECEIVE_BUFFER = 8 * 1024


@dataclass
class Wire:
    """`line` is what the server holds; `read` is the listener."""

    line: Line
    far: socket.socket

    async def read(self, length: int) -> bytes:
        """Exactly so many bytes, or all there are until the end."""
        got = b""
        async with asyncio.timeout(DEADLINE):
            while len(got) < length:
                piece = await self._piece(length - len(got))
                if not piece:
                    break
                got += piece
        return got

    async def read_to_the_end(self) -> bytes:
        """All there is until the other end closes."""
        return await self.read(1 << 40)

    def read_what_is_there(self) -> bytes:
        """What has come until now."""
        got = b""
        try:
            while piece := self.far.recv(65536):
                got += piece
        except (BlockingIOError, ssl.SSLWantReadError):
            pass
        return got

    async def _piece(self, most: int) -> bytes:
        while True:
            try:
                return self.far.recv(min(most, 65536))
            except (BlockingIOError, ssl.SSLWantReadError):
                await readable(self.far)


@asynccontextmanager
async def a_wire(sort: type[Line] = Line, certificate: Certificate | None = None) -> AsyncIterator[Wire]:
    """A TCP connection over loopback, by TLS with a certificate; its far end takes little if nobody reads."""
    near, far = _connected()
    if certificate is not None:
        near, far = await _shaken(near, far, certificate)
    async with a_lookout() as lookout:
        line = sort(near, lookout)
        try:
            yield Wire(line, far)
        finally:
            far.close()
            if near.fileno() >= 0:
                line.abort()


def _connected() -> tuple[socket.socket, socket.socket]:
    far = socket.socket()
    far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    with socket.create_server(("127.0.0.1", 0)) as server:
        far.connect(server.getsockname())
        near, _ = server.accept()
    for end in (near, far):
        end.setblocking(False)
    return near, far


@asynccontextmanager
async def a_lookout() -> AsyncIterator[Lookout]:
    lookout = Lookout()
    lookout.open()
    try:
        yield lookout
    finally:
        lookout.close()


async def readable(sock: socket.socket) -> None:
    """Wait until something has come."""
    loop, news = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sock.fileno(), news.set)
    try:
        await news.wait()
    finally:
        loop.remove_reader(sock.fileno())


def trusting() -> ssl.SSLContext:
    """A client's context that believes everything."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def _shaken(
    near: socket.socket, far: socket.socket, certificate: Certificate
) -> tuple[socket.socket, socket.socket]:
    server = certificate.context().wrap_socket(near, server_side=True, do_handshake_on_connect=False)
    client = trusting().wrap_socket(far, do_handshake_on_connect=False)
    waiting = [client, server]
    async with asyncio.timeout(DEADLINE):
        while waiting:
            for end in tuple(waiting):
                try:
                    end.do_handshake()
                    waiting.remove(end)
                except ssl.SSLWantReadError:
                    await asyncio.sleep(0)
    return server, client
