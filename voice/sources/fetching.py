"""Fetching: bytes from http and https addresses, and from no machine that is not meant to be reached.

The address of every connection is judged at the last moment, when it is a number, so that neither a redirect
nor a name that resolves otherwise the next time nor a strange spelling leads into a private network.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import aiohttp
import yarl

from rooms.errors.sounds import AddressForbidden, SoundRefused, SoundUnreachable
from voice.addresses import is_public
from voice.sources import icy
from voice.sources.patience import Patience

REDIRECTS = 5
LONGEST_URL = 4096

LARGEST = 4 << 30
"""Bytes of a file that says how large it is."""

_MOVED = frozenset({301, 302, 303, 307, 308})
_WELL = frozenset({200, 206})


class _Private(OSError):
    """A connection would lead into a private network."""

    def __init__(self) -> None:
        super().__init__("not a public address")  # the same for each of a host's addresses


class Fetcher:
    """Fetches for one sound; `title` is what people know it by."""

    def __init__(self, session: aiohttp.ClientSession, title: str, patience: Patience) -> None:
        self._session = session
        self._title = title
        self._patience = patience

    @asynccontextmanager
    async def get(
        self, url: str, headers: Mapping[str, str] | None = None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """A response that went well, its body unread.

        Raises, also from within, when the body breaks off:
            AddressForbidden: neither http nor https, malformed, or not a public address.
            SoundUnreachable: no answer, or none that helps.
        """
        try:
            for _ in range(REDIRECTS + 1):
                async with self._session.get(
                    self._checked(url), headers=headers, allow_redirects=False
                ) as response:
                    if response.status not in _MOVED:
                        self._look_at(response)
                        yield response
                        return
                    url = str(response.url.join(yarl.URL(response.headers.get("Location", ""))))
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, _Private):
                raise AddressForbidden(self._title, "not a public address") from error
            raise SoundUnreachable(self._title, "no connection") from error
        except ValueError as error:  # also aiohttp's, which reads no numbers but dotted decimal ones
            raise AddressForbidden(self._title, "no address that is fetched") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SoundUnreachable(self._title, type(error).__name__) from error
        raise SoundUnreachable(self._title, "moved too often")

    async def read(self, url: str, limit: int, headers: Mapping[str, str] | None = None) -> bytes:
        """A whole body; more than `limit` bytes are `SoundUnreachable`, and so is what takes too long."""
        try:
            async with asyncio.timeout(self._patience.opening), self.get(url, headers) as response:
                return await self.rest(response, limit)
        except TimeoutError as error:
            raise SoundUnreachable(self._title, "too slow") from error

    async def rest(self, response: aiohttp.ClientResponse, limit: int) -> bytes:
        """What of a body is unread."""
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > limit:
                raise SoundUnreachable(self._title, "too large")
        return bytes(body)

    def _checked(self, url: str) -> yarl.URL:
        if len(url) > LONGEST_URL:
            raise AddressForbidden(self._title, "too long")
        parsed = yarl.URL(url)
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise AddressForbidden(self._title, "neither http nor https")
        return parsed

    def _look_at(self, response: aiohttp.ClientResponse) -> None:
        if response.status not in _WELL:
            raise SoundUnreachable(self._title, f"status {response.status}")
        if (response.content_length or 0) > LARGEST:
            raise SoundRefused(self._title, "too large")


@asynccontextmanager
async def open_fetcher(title: str, patience: Patience, *, allows_private: bool) -> AsyncIterator[Fetcher]:
    """What fetches for one sound; its connections are closed at the end."""

    def open_socket(found: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = found
        if not allows_private and not is_public(str(address[0])):
            raise _Private
        return socket.socket(family, kind, protocol)

    timeout = aiohttp.ClientTimeout(
        total=None, connect=patience.connecting, sock_connect=patience.connecting, sock_read=patience.reading
    )
    async with aiohttp.ClientSession(
        connector=icy.Connector(
            resolver=aiohttp.ThreadedResolver(), socket_factory=open_socket, use_dns_cache=False, limit=8
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": "Loggione", "Accept-Encoding": "identity"},
        timeout=timeout,
        auto_decompress=False,
    ) as session:
        yield Fetcher(session, title, patience)
