"""The recorder: packets go to disk as they are heard, in segments that no crash can spoil."""

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
from voice.mixing.units import RATE, SLOT

log = logging.getLogger(__name__)

PAGE_PACKETS = 25
"""Packets (0.5 s) a page: what a crash may cost."""

STARTED_AT = "LOGGIONE_STARTED_AT"
"""The tag with the instant (ISO 8601, UTC) of a segment's first sample."""

CLOCK = "LOGGIONE_CLOCK_BEGAN_AT"
"""The tag with the instant of sample 0 of the room's clock, which names the clock too."""


class Recorder:
    """Writes packets into a segment; where packets are missing, the positions of its pages jump.

    Recorders of one room that were given the same `began_at`, the instant of sample 0, are aligned to the
    sample, however seldom each of them is given a packet.

    All writing is done by `disk`, an executor with one thread, so that a slow disk never delays the sound.
    After a fault of the disk a new segment is tried with every page.
    """

    def __init__(self, folder: Path, disk: Executor, began_at: datetime) -> None:
        self._folder = folder
        self._disk = disk
        self._began_at = began_at
        self._segment: _Segment | None = None
        self._due = 0
        self._page: list[bytes] = []

    def take(self, packet: Packet) -> None:
        """Record the packet; never blocks and never fails."""
        if self._segment is None or packet.at < self._due:
            self.stop()
            self._segment = _Segment(self._folder, self._began_at, packet.at)
            self._submit(self._segment.begin)
        elif packet.at > self._due:
            self._flush()
        self._page.append(packet.opus)
        self._due = packet.at + SLOT
        if len(self._page) >= PAGE_PACKETS:
            self._flush()

    def stop(self) -> None:
        """Put the rest on disk; what `take` gets later is a new segment."""
        self._flush()
        if self._segment is not None:
            self._submit(self._segment.end)
        self._segment = None

    def _flush(self) -> None:
        packets, self._page = self._page, []
        if self._segment is None:
            return
        if self._segment.is_torn:
            self._segment = None
        elif packets:
            self._submit(self._segment.write, packets, self._due - len(packets) * SLOT)

    def _submit(self, work: Callable[..., None], *args: object) -> None:
        self._disk.submit(work, *args).add_done_callback(_report)


class _Segment:
    """One file, touched by the disk's thread only. A fault ends it, for a torn page is followed by none."""

    def __init__(self, folder: Path, began_at: datetime, at: int) -> None:
        self.is_torn = False
        """Whether a fault has ended it."""
        self._folder = folder
        self._began_at = began_at
        self._at = at
        self._pages = PageWriter(random.getrandbits(32), PRE_SKIP)
        self._file: int | None = None

    def begin(self) -> None:
        """Make the file, numbered after the last one of an earlier process."""
        with self._ended_by_faults():
            self._folder.mkdir(parents=True, exist_ok=True)
            number = max((int(path.stem) for path in segments(self._folder)), default=0) + 1
            path = self._folder / f"{number:03d}.ogg"
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o640)
            started_at = self._began_at + timedelta(microseconds=self._at * 1_000_000 // RATE)
            tags = {STARTED_AT: started_at.isoformat(), CLOCK: self._began_at.isoformat()}
            try:
                self._append(self._pages.head(tags))
            except OSError:
                path.unlink()
                raise

    def write(self, packets: list[bytes], at: int) -> None:
        """Append a page, which begins at this sample of the room's clock."""
        if self._file is not None:
            with self._ended_by_faults():
                self._append(self._pages.page(packets, at=at - self._at))

    def end(self) -> None:
        """Append the mark of the end and close the file."""
        if self._file is not None:
            with self._ended_by_faults():
                self._append(self._pages.page((), is_last=True))
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
