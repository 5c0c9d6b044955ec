"""HLS: follows a media playlist and hands out its segments one after the other (RFC 8216)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from rooms.errors.sounds import SoundUnreachable
from voice.sources.fetching import Fetcher
from voice.sources.patience import Patience
from voice.sources.playlists import Key, MediaPlaylist, Piece, PlaylistMalformed, Segment, read_media

LARGEST_PLAYLIST = 4 << 20
LARGEST_SEGMENT = 64 << 20
KEY_BYTES = 16

FROM_END = 3
"""Target durations from the end of a live stream, where one begins to listen (RFC 8216, 6.3.3)."""

MISSES = 3
"""Segments in a row that may be missing."""

STALE = 6
"""Target durations after which a live playlist that does not grow counts as dead."""


class Following:
    """The way through a media playlist. `title` is what people know the sound by."""

    def __init__(self, fetcher: Fetcher, title: str, patience: Patience) -> None:
        self._fetcher = fetcher
        self._title = title
        self._patience = patience
        self._key: tuple[str, bytes] | None = None
        self._head: Piece | None = None
        self._misses = 0

    async def chunks(self, url: str, playlist: MediaPlaylist) -> AsyncIterator[bytes]:
        """The bytes of all segments, each in one piece; of a live stream from near its end on, and then on.

        Raises:
            SoundUnreachable: playlist or segments are not to be had.
            AddressForbidden: one of the addresses is.
        """
        number = _first_number(playlist)
        while True:
            for segment in playlist.segments:
                if segment.number >= number:
                    number = segment.number + 1
                    async for chunk in self._segment(segment):
                        yield chunk
            if playlist.is_over:
                return
            playlist = await self._grown(url, playlist.target, number)
            if playlist.segments and playlist.segments[-1].number < number - 1:
                number = _first_number(playlist)  # the station began to count anew

    async def _segment(self, segment: Segment) -> AsyncIterator[bytes]:
        """A segment and what must go before it; nothing when it is missing, as some of live streams are."""
        try:
            if segment.head is not None and segment.head != self._head:
                yield await self._piece(segment.head)
                self._head = segment.head
            body = await self._piece(segment.piece)
            if segment.key is not None:
                body = _decrypted(body, await self._key_of(segment.key), segment)
        except (SoundUnreachable, ValueError) as error:
            self._misses += 1
            if self._misses > MISSES:
                raise SoundUnreachable(self._title, "segments are missing") from error
            return
        self._misses = 0
        yield body

    async def _piece(self, piece: Piece) -> bytes:
        part = piece.range
        if part is None:
            return await self._fetcher.read(piece.url, LARGEST_SEGMENT)
        span = {"Range": f"bytes={part.offset}-{part.offset + part.length - 1}"}
        body = await self._fetcher.read(piece.url, LARGEST_SEGMENT, span)
        # a server that knows no ranges sends the whole
        return body if len(body) <= part.length else body[part.offset : part.offset + part.length]

    async def _key_of(self, key: Key) -> bytes:
        if self._key is None or self._key[0] != key.url:
            self._key = key.url, await self._fetcher.read(key.url, KEY_BYTES)
        return self._key[1]

    async def _grown(self, url: str, target: float, number: int) -> MediaPlaylist:
        """The playlist, when it has segments from this number on, is over or began anew."""
        pause = max(self._patience.refreshing, target / 2)

        async def look() -> MediaPlaylist:
            while True:
                await asyncio.sleep(pause)
                playlist = await load(self._fetcher, self._title, url)
                last = playlist.segments[-1].number if playlist.segments else number - 1
                if playlist.is_over or last != number - 1:
                    return playlist

        return await self._in_time(look, STALE * max(target, pause))

    async def _in_time(self, look: Callable[[], Awaitable[MediaPlaylist]], seconds: float) -> MediaPlaylist:
        try:
            async with asyncio.timeout(seconds):
                return await look()
        except TimeoutError as error:
            raise SoundUnreachable(self._title, "the stream stands still") from error


async def load(fetcher: Fetcher, title: str, url: str) -> MediaPlaylist:
    """The media playlist at an address; raises `SoundUnreachable`."""
    try:
        return read_media((await fetcher.read(url, LARGEST_PLAYLIST)).decode("utf-8", "replace"), url)
    except PlaylistMalformed as error:
        raise SoundUnreachable(title, "a malformed playlist") from error


def _first_number(playlist: MediaPlaylist) -> int:
    if not playlist.segments:
        return 0
    if playlist.is_over:
        return playlist.segments[0].number
    left, number = FROM_END * playlist.target, playlist.segments[-1].number
    for segment in reversed(playlist.segments):
        left -= segment.seconds
        if left < 0:
            break
        number = segment.number
    return number


def _decrypted(body: bytes, key: bytes, segment: Segment) -> bytes:
    """Raises `ValueError` for what was not encrypted by this key."""
    vector = (
        segment.key.iv
        if segment.key and segment.key.iv
        else (segment.number % (1 << 128)).to_bytes(16, "big")
    )
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    unpadder = PKCS7(128).unpadder()
    padded = decryptor.update(body) + decryptor.finalize()
    return unpadder.update(padded) + unpadder.finalize()
