"""The takeover: a request for a stream leaves the HTTP library, and its connection becomes a listener's."""

from collections.abc import Mapping
from email.utils import formatdate

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter

from web.connection import Connection
from web.fanout import Listener


class TakenOver(web.StreamResponse):
    """In place of an answer: what is written comes from elsewhere, and aiohttp forgets the connection."""

    async def prepare(
        self,
        request: web.BaseRequest,  # noqa: ARG002
    ) -> AbstractStreamWriter | None:
        """Raise `ConnectionResetError`: for aiohttp the connection is gone."""
        raise ConnectionResetError


def taken_over(request: web.BaseRequest, headers: Mapping[str, str]) -> Listener:
    """The listener whom this request makes, with the answer's head before everything else.

    Whoever calls this answers with `TakenOver`.

    Raises:
        ConnectionResetError: the connection is lost.
    """
    connection = request.transport
    if not isinstance(connection, Connection) or connection.is_closing():
        raise ConnectionResetError
    is_framed = request.version >= HttpVersion11
    line, unsent = connection.release()
    return Listener(line, unsent + _head(headers, is_framed=is_framed), is_framed=is_framed)


def _head(headers: Mapping[str, str], *, is_framed: bool) -> bytes:
    """The head of an answer that ends with its connection (RFC 9112, section 6.3)."""
    more = {"Transfer-Encoding": "chunked"} if is_framed else {}
    lines = {**headers, **more, "Connection": "close", "Date": formatdate(usegmt=True)}
    told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 200 OK\r\n{told}\r\n".encode("latin-1")
