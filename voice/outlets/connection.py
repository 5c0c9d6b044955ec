"""The connection to an outlet's server, on which no wait is without an end."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rooms.outlets import Address
from voice.addresses import AddressPrivate, resolve
from voice.outlets.carrier import ServerLost, ServerRefused

_SEND_BUFFER = 16 * 1024
"""Bytes that the kernel keeps for us; with its own choice a stalled server goes unnoticed for minutes."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms we deal with servers; times in seconds."""

    allows_private: bool
    """Whether a server may be on this machine or in a private network."""
    connecting: float = 10.0
    """Within this time a connection stands, TLS and all, or is given up."""
    answering: float = 10.0
    """Within this time the server has agreed to take the sound, or is given up."""
    proving: float = 1.0
    """A server that hangs up within this time of saying yes did not mean it."""
    stalling: float = 10.0
    """For so long a server may take nothing in. Then it is given up: its listeners hear nothing anyway."""


class Connection:
    """Bytes to and from the server; what goes wrong leaves the block of `connected` as a `ServerLost`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stalling: float) -> None:
        self._reader = reader
        self._writer = writer
        self._stalling = stalling

    async def send(self, data: bytes) -> None:
        """Send, and wait until there is room for more."""
        self._writer.write(data)
        async with asyncio.timeout(self._stalling):
            await self._writer.drain()

    async def read(self, length: int) -> bytes:
        """So many bytes."""
        return await self._reader.readexactly(length)

    async def read_until(self, end: bytes) -> bytes:
        """Everything up to this mark, and the mark; 64 KiB at most."""
        return await self._reader.readuntil(end)


@asynccontextmanager
async def connected(address: Address, terms: Terms) -> AsyncIterator[Connection]:
    """A connection to the server, cut at once at the end of the block, whatever is on its way then.

    Raises:
        ServerRefused: it is in a private network and that is not allowed, or its certificate does not hold.
        ServerLost: it cannot be reached, or broke off within the block.
    """
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(terms.connecting):
            reader, writer = await _open(address, terms)
        _hold_little_back(writer, terms.stalling)
        yield Connection(reader, writer, terms.stalling)
    except AddressPrivate as error:
        raise ServerRefused("its address is private") from error
    except ssl.SSLCertVerificationError as error:
        raise ServerRefused("its certificate does not hold") from error
    except (OSError, EOFError, asyncio.LimitOverrunError) as error:
        raise ServerLost(type(error).__name__) from error
    finally:
        if writer is not None:
            writer.transport.abort()


async def until_one_fails(*works: Coroutine[None, None, None]) -> None:
    """Work side by side; the first failure ends all, and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures


async def _open(address: Address, terms: Terms) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    places = await resolve(address.host, address.port, allows_private=terms.allows_private)
    return await _open_one(places, address, terms)


async def _open_one(
    places: Sequence[str], address: Address, terms: Terms
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first of the host's addresses that answers."""
    proof = await asyncio.to_thread(ssl.create_default_context) if address.is_secure else None
    name = address.host if address.is_secure else None
    for later, place in enumerate(places, 1):
        try:
            async with asyncio.timeout(terms.connecting / len(places)):
                return await asyncio.open_connection(place, address.port, ssl=proof, server_hostname=name)
        except OSError:
            if later == len(places):
                raise
    raise OSError("a name without addresses")


def _hold_little_back(writer: asyncio.StreamWriter, stalling: float) -> None:
    """Notice soon when the server does not take the sound, or is not there any more (RFC 5482)."""
    writer.transport.set_write_buffer_limits(0)
    wire: socket.socket = writer.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(stalling * 1000))
