"""A stranger with a bare socket: says to the voice server whatever a test wants said."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from aioice import stun

from tests.deadline import DEADLINE

PRINT = ":".join(["AB"] * 32)
OFFER = json.dumps({"ssrc": 7, "fingerprints": [{"hash": "sha-256", "fingerprint": PRINT}]})
"""An offer as good as any, by a client whose certificate nobody has."""


HANDSHAKE = 22
"""The first byte of a DTLS handshake's datagrams (RFC 9147)."""


class Stranger(asyncio.DatagramProtocol):
    """Sends what it is told to and keeps what comes."""

    def __init__(self) -> None:
        self.came: asyncio.Queue[bytes] = asyncio.Queue()
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:  # noqa: ARG002
        self.came.put_nowait(data)

    @property
    def port(self) -> int:
        assert self._transport is not None
        port: int = self._transport.get_extra_info("sockname")[1]
        return port

    def send(self, datagram: bytes) -> None:
        assert self._transport is not None
        self._transport.sendto(datagram)

    async def next(self) -> bytes:
        async with asyncio.timeout(DEADLINE):
            return await self.came.get()

    async def answer(self) -> stun.Message:
        """The next answer to a check; what else comes meanwhile is left out."""
        while (datagram := await self.next())[0] >= 4:
            pass
        return stun.parse_message(datagram)

    async def hello(self) -> bytes:
        """The server's ClientHello; what else comes meanwhile is left out."""
        while (datagram := await self.next())[0] != HANDSHAKE:
            pass
        return datagram


def check(ufrag: str, pwd: str, *, is_nominated: bool = False) -> bytes:
    """A connectivity check as a client makes it (RFC 8445 section 7.2.2)."""
    attributes: dict[str, object] = {"USERNAME": f"{ufrag}:theirs", "PRIORITY": 1}
    if is_nominated:
        attributes["USE-CANDIDATE"] = None
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, attributes=attributes)
    request.add_message_integrity(pwd.encode())
    return bytes(request)


def credentials(answer: str) -> tuple[str, str]:
    """The ufrag and password that the server gave."""
    transport = json.loads(answer)["transport"]
    return transport["ufrag"], transport["pwd"]


@asynccontextmanager
async def stranger(server: tuple[str, int]) -> AsyncIterator[Stranger]:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(Stranger, remote_addr=server)
    try:
        yield protocol
    finally:
        transport.close()
