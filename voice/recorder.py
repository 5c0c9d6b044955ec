"""The recorder: a talk's packets go to disk as they are heard, in segments that no crash can spoil."""

import errno
import logging
import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from containers.ogg import PageWriter
from containers.opus import PRE_SKIP
from rooms.ports import Packet
from voice.sound import RATE, SLOT

log = logging.getLogger(__name__)

PAGE_PACKETS = 25
"""Packets (0.5 s) a page: what a crash may cost."""

STARTED_AT = "LOGGIONE_STARTED_AT"
"""The tag with the instant (ISO 8601, UTC) of a segment's first sample."""


class Recorder:
    """Writes packets into numbered segments; wherever packets are missing, a new segment begins.

    All writing is done by `disk`, an executor with one thread, so that a slow disk never delays the sound.
    After a fault of the disk a new segment is tried with every page.
    """

    def __init__(self, folder: Path, disk: Executor, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._disk = disk
        self._now = now
        self._clock_began: datetime | None = None
        self._segment: _Segment | None = None
        self._due = 0
        self._page: list[bytes] = []

    def take(self, packet: Packet) -> None:
        """Record the packet; never blocks and never fails."""
        if self._segment is None or packet.at != self._due:
            self._turn_over(packet.at)
        self._page.append(packet.opus)
        self._due = packet.at + SLOT
        if len(self._page) >= PAGE_PACKETS:
            self._flush(is_last=False)

    def stop(self) -> None:
        """Put the rest on disk; what `take` gets later is a new segment."""
        self._flush(is_last=True)
        self._segment = None

    def _turn_over(self, at: int) -> None:
        self.stop()
        if self._clock_began is None:
            self._clock_began = self._now() - timedelta(seconds=at / RATE)
        started_at = self._clock_began + timedelta(seconds=at / RATE)
        self._segment = _Segment(self._folder, started_at)
        self._submit(self._segment.begin)

    def _flush(self, *, is_last: bool) -> None:
        if self._segment is None:
            return
        packets, self._page = self._page, []
        if self._segment.is_torn:
            self._segment = None
        else:
            self._submit(self._segment.write, packets, is_last)

    def _submit(self, work: Callable[..., None], *args: object) -> None:
        self._disk.submit(work, *args).add_done_callback(_report)


class _Segment:
    """One file, touched by the disk's thread only. A fault ends it, for nobody reads past a torn page."""

    def __init__(self, folder: Path, started_at: datetime) -> None:
        self.is_torn = False
        """Whether a fault has ended it."""
        self._folder = folder
        self._started_at = started_at
        self._pages = PageWriter(random.getrandbits(32), PRE_SKIP)
        self._file: int | None = None

    def begin(self) -> None:
        """Make the file, numbered after the last one of an earlier process."""
        with self._ended_by_faults():
            self._folder.mkdir(parents=True, exist_ok=True)
            number = max((int(path.stem) for path in segments(self._folder)), default=0) + 1
            path = self._folder / f"{number:03d}.ogg"
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o640)
            self._append(self._pages.head({STARTED_AT: self._started_at.isoformat()}))

    def write(self, packets: list[bytes], is_last: bool) -> None:
        """Append a page; the last one closes the file."""
        if self._file is None:
            return
        with self._ended_by_faults():
            if packets or is_last:
                self._append(self._pages.page(packets, is_last=is_last))
            if is_last:
                os.fsync(self._file)
                self._close()

    def _append(self, page: bytes) -> None:
        if self._file is not None and os.write(self._file, page) < len(page):
            raise OSError(errno.ENOSPC, "a page did not fit on the disk")

    @contextmanager
    def _ended_by_faults(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            self.is_torn = True
            self._close()
            raise

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def segments(folder: Path) -> list[Path]:
    """The folder's segments, in the order in which they were recorded."""
    return sorted(
        (path for path in folder.glob("*.ogg") if path.stem.isdigit()), key=lambda path: int(path.stem)
    )


def _report(done: Future[None]) -> None:
    if error := done.exception():
        log.error("the recording has a hole: %s", error)
