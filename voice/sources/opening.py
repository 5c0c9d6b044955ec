"""Opening: finds out what is behind a cue, a file, an address, a radio station, and makes bytes of it."""

import asyncio
import os
import stat
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

import aiohttp

from rooms.errors.sounds import SoundRefused, SoundUnreachable
from rooms.playing import Cue
from voice.sources import hls, icy, playlists
from voice.sources.fetching import Fetcher, open_fetcher
from voice.sources.patience import Patience

HOPS = 4
"""Playlists that may lead to each other."""

HEAD = 1024
"""Bytes by which it is decided what something is."""

LARGEST_SPOOLED = 256 << 20
"""Bytes of an MP4 file whose index comes last, and which must be whole before it can be read."""

_LISTS = ("mpegurl", "scpls")
_LIST_SUFFIXES = (".m3u", ".m3u8", ".pls")
_NO_SOUND = ("text/html", "image/", "application/json", "application/xhtml")


@dataclass(frozen=True, slots=True)
class Material:
    """Bytes to be decoded: a file, or pieces as they come. A live one has no end of its own."""

    file: IO[bytes] | None = None
    chunks: AsyncIterator[bytes] | None = None
    is_live: bool = False
    length: timedelta | None = None


class Opener:
    """Opens what cues lead to. `allows_private` lets addresses lead into private networks."""

    def __init__(self, patience: Patience, *, allows_private: bool) -> None:
        self._patience = patience
        self._allows_private = allows_private

    @asynccontextmanager
    async def open(self, cue: Cue, heard: Callable[[str], None]) -> AsyncIterator[Material]:
        """What is behind a cue, open as long as it is wanted; `heard` is told a radio station's song titles.

        Raises:
            SoundRefused: there is nothing that could be decoded; see its kinds.
        """
        if cue.path is not None:
            with await _opened_file(cue.path, cue.title) as file:
                yield Material(file)
        elif cue.url is not None:
            fetching = open_fetcher(cue.title, self._patience, allows_private=self._allows_private)
            async with fetching as fetcher:
                visit = _Visit(fetcher, cue.title, self._patience, heard)
                async with visit.open(cue.url) as material:
                    yield material
        else:
            raise SoundRefused(cue.title, "neither a file nor an address")


class _Visit:
    """The way from an address to its sound."""

    def __init__(
        self, fetcher: Fetcher, title: str, patience: Patience, heard: Callable[[str], None]
    ) -> None:
        self._fetcher = fetcher
        self._title = title
        self._patience = patience
        self._heard = heard

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[Material]:
        for _ in range(HOPS):
            async with self._fetcher.get(url, icy.ASK) as response:
                head = await _head(response)
                if not _is_list(response, head):
                    async with self._sound(response, head) as material:
                        yield material
                    return
                body = head + await self._fetcher.rest(response, hls.LARGEST_PLAYLIST)
                base = str(response.url)
            try:
                following = _next_address(body.decode("utf-8", "replace"), base)
                if isinstance(following, playlists.MediaPlaylist):
                    yield self._hls(following, base)
                    return
            except playlists.PlaylistMalformed as error:
                raise SoundUnreachable(self._title, "a malformed playlist") from error
            url = following
        raise SoundUnreachable(self._title, "playlists without end")

    def _hls(self, playlist: playlists.MediaPlaylist, base: str) -> Material:
        chunks = hls.Following(self._fetcher, self._title, self._patience).chunks(base, playlist)
        if not playlist.is_over:
            return Material(chunks=chunks, is_live=True)
        length = timedelta(seconds=sum(segment.seconds for segment in playlist.segments))
        return Material(chunks=chunks, length=length)

    @asynccontextmanager
    async def _sound(self, response: aiohttp.ClientResponse, head: bytes) -> AsyncIterator[Material]:
        if response.content_type.startswith(_NO_SOUND):
            raise SoundUnreachable(self._title, "no sound there")
        if _has_index_last(head) and response.content_length is not None:
            with tempfile.TemporaryFile() as file:
                await self._spool(response, head, file)
                yield Material(file)
        else:
            is_endless = response.content_length is None and icy.is_radio(response.headers)
            is_live = is_endless or response.content_length is None
            yield Material(chunks=self._chunks(response, head, is_endless=is_endless), is_live=is_live)

    async def _spool(self, response: aiohttp.ClientResponse, head: bytes, file: IO[bytes]) -> None:
        if (response.content_length or 0) > LARGEST_SPOOLED:
            raise SoundRefused(self._title, "too large")
        await asyncio.to_thread(file.write, head)
        async for chunk in response.content.iter_chunked(1 << 20):
            await asyncio.to_thread(file.write, chunk)
        await asyncio.to_thread(file.seek, 0)

    async def _chunks(
        self, response: aiohttp.ClientResponse, head: bytes, *, is_endless: bool
    ) -> AsyncIterator[bytes]:
        """A body without song titles; raises `SoundUnreachable` when what has no end ends nevertheless."""
        interval = icy.interval(response.headers)
        splitter = None if interval is None else icy.Splitter(interval, self._heard)
        try:
            yield splitter.feed(head) if splitter else head
            async for chunk in response.content.iter_any():
                yield splitter.feed(chunk) if splitter else chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SoundUnreachable(self._title, type(error).__name__) from error
        if is_endless:
            raise SoundUnreachable(self._title, "the station went off")


def _next_address(text: str, base: str) -> str | playlists.MediaPlaylist:
    """Where a playlist leads, or the playlist itself when its segments are what is to be heard."""
    if not playlists.is_hls(text):
        return playlists.first_address(text, base)
    return playlists.choose_variant(text, base) or playlists.read_media(text, base)


async def _opened_file(path: Path, title: str) -> IO[bytes]:
    """A file, opened in a thread, and closed there when nobody waits for it any more."""
    opening = asyncio.get_running_loop().run_in_executor(None, _open_file, path, title)
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_unwanted)
        raise


def _close_unwanted(opening: asyncio.Future[IO[bytes]]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def _open_file(path: Path, title: str) -> IO[bytes]:
    """A regular file, and nothing that could make us wait."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise SoundRefused(title, "no such file") from error
    file = os.fdopen(descriptor, "rb", buffering=0) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None
    if file is None:
        os.close(descriptor)
        raise SoundRefused(title, "no file")
    return file


async def _head(response: aiohttp.ClientResponse) -> bytes:
    head = b""
    while len(head) < HEAD and (chunk := await response.content.read(HEAD - len(head))):
        head += chunk
    return head


def _is_list(response: aiohttp.ClientResponse, head: bytes) -> bool:
    """By what it says it is, by what it is called, or by what it begins with."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n")[:10].lower()
    if start.startswith((b"#extm3u", b"[playlist]")):
        return True
    is_text = b"\0" not in head
    is_called = response.url.path.lower().endswith(_LIST_SUFFIXES)
    return is_text and (is_called or any(kind in response.content_type for kind in _LISTS))


def _has_index_last(head: bytes) -> bool:
    """Whether this begins an MP4 file of which nothing can be decoded before its end (ISO 14496-12, 4.2)."""
    at = 0
    kinds: list[bytes] = []
    while at + 8 <= len(head) and len(kinds) < 8:
        kinds.append(head[at + 4 : at + 8])
        size = int.from_bytes(head[at : at + 4], "big")
        if kinds[-1] in {b"moov", b"mdat", b"moof"} or size < 8:
            break
        at += size
    return kinds[:1] == [b"ftyp"] and kinds[-1] == b"mdat"
