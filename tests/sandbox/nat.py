"""A network address translator: datagrams pass through it, from a port that it may change at any time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

Address = tuple[str, int]


class Nat:
    """Stands between a client and the server. With a twin, checks reach the server from two ports at once."""

    def __init__(self, server: Address) -> None:
        self.address: Address = ("127.0.0.1", 0)
        self.ports: list[int] = []
        self.came: Counter[int] = Counter()
        """Datagrams from the server, by the port of ours to which they came."""
        self._server = server
        self._client: Address | None = None
        self._inside: asyncio.DatagramTransport | None = None
        self._outside: list[asyncio.DatagramTransport] = []
        self._has_twin = False

    async def open(self) -> None:
        self._inside = await _listen(self._from_client)
        self.address = self._inside.get_extra_info("sockname")
        await self.rebind()

    async def rebind(self) -> None:
        """From now on, everything goes out from another port, and the old one is dead."""
        fresh = await self._bind()
        for old in self._outside:
            old.close()
        self._outside = [fresh]

    async def add_twin(self) -> None:
        """Let connectivity checks go out from a second port too, as from a second network interface."""
        self._outside.append(await self._bind())
        self._has_twin = True

    def close(self) -> None:
        for transport in (self._inside, *self._outside):
            if transport is not None:
                transport.close()

    async def _bind(self) -> asyncio.DatagramTransport:
        port = 0

        def received(datagram: bytes, _: Address) -> None:
            self.came[port] += 1
            self._from_server(datagram)

        transport = await _listen(received)
        port = transport.get_extra_info("sockname")[1]
        self.ports.append(port)
        return transport

    def _from_client(self, datagram: bytes, address: Address) -> None:
        self._client = address
        is_check = datagram[0] < 4
        for transport in self._outside if is_check else self._outside[:1]:
            transport.sendto(datagram, self._server)

    def _from_server(self, datagram: bytes) -> None:
        if self._inside is not None and self._client is not None:
            self._inside.sendto(datagram, self._client)


class _Port(asyncio.DatagramProtocol):
    def __init__(self, received: Callable[[bytes, Address], None]) -> None:
        self._received = received

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._received(data, addr)


async def _listen(received: Callable[[bytes, Address], None]) -> asyncio.DatagramTransport:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Port(received), ("127.0.0.1", 0))
    return transport


@asynccontextmanager
async def translating(server: Address) -> AsyncIterator[Nat]:
    nat = Nat(server)
    await nat.open()
    try:
        yield nat
    finally:
        nat.close()
