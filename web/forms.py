"""The forms in which a room's sound is streamed: Ogg and MP3 for players, WebM of two kinds for the page."""

import random
from collections.abc import Mapping, Sequence
from typing import Protocol

from containers import mp3, webm
from containers.mp3 import MP3_FRAME
from containers.ogg import PageWriter
from containers.opus import PACKET, PRE_SKIP
from web.copyist.messages import Codec

WRITER = "Loggione"

CHUNK = 5
"""Packets (100 ms) in a chunk: what one send a listener carries, and what it adds to the delay."""

LIVE_CHUNK = 2
"""Packets (40 ms) in a chunk for those who hear everything at once: two and a half times the sends."""

MP3_CHUNK = 8
"""Frames (192 ms) in a chunk of MP3: radios hear it later all the same."""


class Form(Protocol):
    """Makes the pieces of one stream, each once for all who listen to it."""

    content_type: str
    length: int
    """Packets in a chunk; of MP3, frames."""
    packet: int
    """Samples in each."""
    codec: Codec | None
    """Into what the room's packets are copied before they become chunks; None where they stay as they are."""

    def head(self, title: str) -> bytes:
        """What every joiner gets first."""
        ...

    def chunk(self, packets: Sequence[bytes], at: int) -> bytes:
        """A piece that anybody can join at; `at` is the sample of the room's clock at which it begins."""
        ...

    def farewell(self) -> bytes:
        """What the stream ends with; may be empty."""
        ...


class Ogg:
    """Ogg Opus, one page a chunk: for VLC, ffmpeg, radios, and pages without JavaScript."""

    content_type = "audio/ogg; codecs=opus"
    length = CHUNK
    packet = PACKET
    codec: Codec | None = None

    def __init__(self) -> None:
        self._pages = PageWriter(random.getrandbits(32), PRE_SKIP)

    def head(self, title: str) -> bytes:
        """The two header pages."""
        return self._pages.head({"TITLE": title})

    def chunk(self, packets: Sequence[bytes], at: int) -> bytes:
        """A page whose position says where the room's clock is."""
        return self._pages.page(packets, at=at)

    def farewell(self) -> bytes:
        """An empty page that ends the stream."""
        return self._pages.page((), is_last=True)


class WebM:
    """WebM, one cluster a chunk: for MediaSource."""

    content_type = "audio/webm; codecs=opus"
    length = CHUNK
    packet = PACKET
    codec: Codec | None = None

    def head(self, title: str) -> bytes:  # noqa: ARG002  # the page shows the title itself
        """EBML header, open segment, track."""
        return webm.head(PRE_SKIP, WRITER)

    def chunk(self, packets: Sequence[bytes], at: int) -> bytes:
        """A cluster with the room's time."""
        return webm.cluster(packets, at)

    def farewell(self) -> bytes:
        """Nothing: a segment of unknown size ends where it ends."""
        return b""


class Live(WebM):
    """The same in shorter pieces: for WebCodecs, which need not wait for more."""

    length = LIVE_CHUNK


class Mp3:
    """MP3, frame after frame: for radios, and for players that know no Opus."""

    content_type = "audio/mpeg"
    length = MP3_CHUNK
    packet = MP3_FRAME
    codec: Codec | None = Codec.MP3

    def head(self, title: str) -> bytes:
        """A tag with the title."""
        return mp3.head(title)

    def chunk(self, packets: Sequence[bytes], at: int) -> bytes:  # noqa: ARG002  # MP3 knows no time
        """The frames as they are."""
        return b"".join(packets)

    def farewell(self) -> bytes:
        """Nothing: the stream ends with a frame."""
        return b""


FORMS: Mapping[str, type[Ogg] | type[WebM] | type[Mp3]] = {
    "ogg": Ogg,
    "mp3": Mp3,
    "webm": WebM,
    "live": Live,
}
"""The forms by the ending of a stream's address."""
