"""The forms in which a room's sound is streamed: Ogg for players, WebM for the page."""

import random
from collections.abc import Mapping, Sequence
from typing import Protocol

from containers import webm
from containers.ogg import PageWriter
from containers.opus import PRE_SKIP

WRITER = "Loggione"


class Form(Protocol):
    """Makes the pieces of one stream, each once for all who listen to it."""

    content_type: str

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

    def head(self, title: str) -> bytes:  # noqa: ARG002  # the page shows the title itself
        """EBML header, open segment, track."""
        return webm.head(PRE_SKIP, WRITER)

    def chunk(self, packets: Sequence[bytes], at: int) -> bytes:
        """A cluster with the room's time."""
        return webm.cluster(packets, at)

    def farewell(self) -> bytes:
        """Nothing: a segment of unknown size ends where it ends."""
        return b""


FORMS: Mapping[str, type[Ogg] | type[WebM]] = {"ogg": Ogg, "webm": WebM}
"""The forms by the ending of a stream's address."""
