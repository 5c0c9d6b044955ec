"""The gap log: what was recorded as silence and turned out to be a gap is written down beside it."""

import logging
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path

import msgspec

from voice.recording.spliced import Stretch
from voice.recording.timeline import Timeline

log = logging.getLogger(__name__)

GAP_LOG = "gaps.jsonl"
"""The file beside a room's segments: a `GapLine` of JSON for each gap."""


class GapLine(msgspec.Struct, frozen=True):
    """Nothing could be heard, in slots of the clock that began at this instant (ISO 8601, UTC)."""

    clock: datetime
    begin: int
    length: int


class GapLog:
    """Writes gaps down, by `disk`, an executor with one thread. A slow or full disk delays nobody."""

    def __init__(self, folder: Path, disk: Executor, clock: datetime) -> None:
        self._path = folder / GAP_LOG
        self._disk = disk
        self._clock = clock

    def write(self, gap: Stretch) -> None:
        """Write a gap down; never blocks and never fails."""
        line = msgspec.json.encode(GapLine(self._clock, *gap))
        self._disk.submit(_append, self._path, line).add_done_callback(_report)


def marked_gaps(folder: Path, timeline: Timeline) -> list[Stretch]:
    """What was written down, in slots of the talk; a line that a crash has torn is passed over."""
    path, gaps = folder / GAP_LOG, []
    for text in path.read_bytes().split(b"\n") if path.exists() else ():
        try:
            line = msgspec.json.decode(text, type=GapLine)
        except msgspec.MsgspecError:
            continue
        begin = line.begin + timeline.shift(line.clock)
        first, last = max(0, begin), min(begin + line.length, timeline.slots)
        if first < last:
            gaps.append((first, last - first))
    return gaps


def _append(path: Path, line: bytes) -> None:
    """Begin a new line in any case: what stands before may have been torn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(b"\n" + line + b"\n")


def _report(done: Future[None]) -> None:
    if error := done.exception():
        log.error("a gap was not written down: %s", error)
