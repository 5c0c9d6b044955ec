"""ICY: what SHOUTcast and Icecast add to HTTP, a greeting of their own and song titles between the sound.

There is no standard; the usual description is "SHOUTcast Metadata Protocol" (smackfu.com).
"""

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

ASK = {"Icy-MetaData": "1"}
"""The header by which a client says that it can take song titles out of the sound."""

INTERVALS = range(1, 1 << 20)
"""Bytes of sound between two titles, where a server can be believed."""

LONGEST_SONG = 120
"""Characters of a song's title that are kept."""

_STREAM_TITLE = re.compile(rb"StreamTitle='(.*?)';", re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


class Connector(aiohttp.TCPConnector):
    """Understands the status line `ICY 200 OK`, by which SHOUTcast 1 answers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._factory: Any = partial(_Greeted, loop=self._loop)


class _Greeted(ResponseHandler):
    """A connection whose first four bytes are looked at."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self._greeting: bytes | None = b""

    def data_received(self, data: bytes) -> None:
        if self._greeting is not None:
            data = self._greeting + data
            if len(data) < 4 and b"ICY ".startswith(data):
                self._greeting = data
                return
            self._greeting = None
            if data.startswith(b"ICY "):
                data = b"HTTP/1.0 " + data[4:]
        super().data_received(data)


class Splitter:
    """Takes the titles out of a stream that has one after every `interval` bytes of sound."""

    def __init__(self, interval: int, heard: Callable[[str], None]) -> None:
        self._interval = interval
        self._heard = heard
        self._sound_left = interval
        self._title: bytearray | None = None
        self._title_left = 0

    def feed(self, data: bytes) -> bytes:
        """The sound in these bytes."""
        sound = bytearray()
        at = 0
        while at < len(data):
            if self._sound_left:
                piece = data[at : at + self._sound_left]
                sound += piece
                self._sound_left -= len(piece)
            elif self._title is None:
                piece = data[at : at + 1]
                self._title, self._title_left = bytearray(), 16 * piece[0]
                self._end_title()
            else:
                piece = data[at : at + self._title_left]
                self._title += piece
                self._title_left -= len(piece)
                self._end_title()
            at += len(piece)
        return bytes(sound)

    def _end_title(self) -> None:
        if self._title_left:
            return
        found = _STREAM_TITLE.search(self._title or b"")
        self._title, self._sound_left = None, self._interval
        if found is not None:
            self._heard(_readable(found[1]))


def is_radio(headers: Any) -> bool:
    """Whether a response's headers are those of a radio station, whose stream has no end of its own."""
    names = {name.lower() for name in headers}
    server = headers.get("Server", "").lower()
    return (
        any(name.startswith(("icy-", "ice-")) for name in names)
        or "icecast" in server
        or "shoutcast" in server
    )


def interval(headers: Any) -> int | None:
    """Bytes of sound between two titles; None when there are none."""
    text = headers.get("icy-metaint", "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        return None
    return int(text) if int(text) in INTERVALS else None


def _readable(title: bytes) -> str:
    try:
        text = title.decode()
    except UnicodeDecodeError:
        text = title.decode("cp1252", "replace")
    return " ".join(_UNPRINTABLE.sub(" ", text).split())[:LONGEST_SONG]
