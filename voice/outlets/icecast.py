"""Icecast: the room's own packets, to a mount point, as a source client of Icecast 2.4 or newer."""

import asyncio
import base64
from collections.abc import Callable
from typing import NoReturn

from containers.ogg import VENDOR
from rooms.outlets import SOURCE, Address
from voice.outlets.backlog import Backlog
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.connection import Connection, Terms, connected, until_one_fails
from voice.outlets.pages import Pages

_TIMED_OUT = 408
"""Request Timeout: the one 4xx that says nothing against the request."""


class Icecast:
    """Ogg Opus by PUT (RFC 9110, section 9.3.4), as Icecast wants it: a body without a length, for hours.

    The server says by `100 Continue` that it takes the sound (section 10.1.1). Each connection is a new
    logical stream. The sound is encoded once for all, as Opus: mounts that promise MP3 or another format are
    turned down when the address is read.
    """

    def __init__(self, address: Address, title: str, terms: Terms) -> None:
        self._address = address
        self._title = " ".join(title.split()) or VENDOR
        self._terms = terms

    async def carry(self, backlog: Backlog, on_air: Callable[[], None]) -> None:
        """See `Carrier.carry`."""
        async with connected(self._address, self._terms) as connection:
            async with asyncio.timeout(self._terms.answering):
                await connection.send(self._request())
                await _hear(connection)
            backlog.clear()
            on_air()
            await until_one_fails(self._send(connection, backlog), _hear_on(connection))

    def _request(self) -> bytes:
        user = self._address.user or SOURCE
        login = base64.b64encode(f"{user}:{self._address.password}".encode()).decode()
        lines = (
            f"PUT {self._address.path} HTTP/1.1",
            f"Host: {self._address.authority}",
            f"Authorization: Basic {login}",
            f"User-Agent: {VENDOR}",
            "Content-Type: audio/ogg",
            "Ice-Public: 0",
            f"Ice-Name: {self._title}",
            "Ice-Audio-Info: ice-samplerate=48000;ice-channels=1",
            "Expect: 100-continue",
        )
        return "".join(f"{line}\r\n" for line in (*lines, "")).encode()

    async def _send(self, connection: Connection, backlog: Backlog) -> None:
        pages = Pages()
        await connection.send(pages.head(self._title))
        while True:
            page = pages.add(await backlog.take())
            if page:
                await connection.send(page)


async def _hear_on(connection: Connection) -> NoReturn:
    """Listen for a change of the server's mind."""
    while True:
        await _hear(connection)


async def _hear(connection: Connection) -> None:
    """Read an answer, which is well if it is no refusal."""
    answer = await connection.read_until(b"\r\n\r\n")
    protocol, _, rest = answer.partition(b" ")
    status = rest[:3]
    if not protocol.startswith(b"HTTP/") or not status.isdigit():
        raise ServerRefused("it does not speak HTTP")
    code = int(status)
    if code >= 500 or code == _TIMED_OUT:
        raise ServerLost(f"it answers {code}")
    if code >= 300:
        raise ServerRefused(f"it answers {code}")
