"""Splicing: the segments of a talk become one recording whose time is true, gaps included."""

import itertools
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from containers.ogg import NotOggOpus, PageWriter, read_head, read_packets
from containers.opus import PRE_SKIP, SILENT_PACKET
from rooms.records import Gap
from voice.recorder import STARTED_AT, segments
from voice.sound import RATE, SLOT, SLOT_SECONDS

TALK = "talk.ogg"
GAPS = "LOGGIONE_GAPS"
"""The tag with the recording's gaps: `start+length` in 20 ms slots, separated by blanks."""

PACKETS = "LOGGIONE_SLOTS"
"""The tag with the number of the recording's 20 ms slots."""

PAGE_PACKETS = 50
LONGEST_GAP = timedelta(hours=12)
"""A longer gap would be a clock that was set, not a talk that went on unheard."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A finished recording: its file, how long it plays and where nothing could be heard."""

    path: Path
    duration: timedelta
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    path: Path
    silence: int
    packets: int


def splice(folder: Path) -> Splice | None:
    """Join what was recorded in the folder into one file, without encoding again; None when there is nothing.

    Done again it gives the same answer, and what a crash interrupted is done anew. Raises `OSError`.
    """
    talk = folder / TALK
    if not talk.exists():
        pieces = list(_pieces(segments(folder)))
        if not pieces:
            return None
        _write(talk, pieces)
    for segment in segments(folder):
        segment.unlink()
    return _read(talk)


def _pieces(paths: Iterable[Path]) -> Iterator[_Piece]:
    heard_until: datetime | None = None
    for path in paths:
        try:
            started_at = datetime.fromisoformat(read_head(path).tags[STARTED_AT])
        except (NotOggOpus, KeyError, ValueError):
            continue  # killed before its first page was written: it holds no sound
        packets = sum(1 for _ in read_packets(path))
        if not packets:
            continue
        silence = timedelta() if heard_until is None else started_at - heard_until
        slots = round(min(max(silence, timedelta()), LONGEST_GAP).total_seconds() / SLOT_SECONDS)
        yield _Piece(path, slots, packets)
        heard_until = started_at + timedelta(seconds=packets * SLOT_SECONDS)


def _write(talk: Path, pieces: Sequence[_Piece]) -> None:
    gaps, slots = [], 0
    for piece in pieces:
        if piece.silence:
            gaps.append(f"{slots}+{piece.silence}")
        slots += piece.silence + piece.packets
    pages = PageWriter(random.getrandbits(32), PRE_SKIP)
    unfinished = talk.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(pages.head({PACKETS: str(slots), GAPS: " ".join(gaps)}))
        packets = _packets(pieces)
        while page := list(itertools.islice(packets, PAGE_PACKETS)):
            slots -= len(page)
            file.write(pages.page(page, is_last=not slots))
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(talk)
    _sync_folder(talk.parent)


def _packets(pieces: Iterable[_Piece]) -> Iterator[bytes]:
    for piece in pieces:
        yield from itertools.repeat(SILENT_PACKET, piece.silence)
        yield from read_packets(piece.path)


def _read(talk: Path) -> Splice:
    head = read_head(talk)
    duration = timedelta(seconds=(int(head.tags[PACKETS]) * SLOT - head.pre_skip) / RATE)
    gaps = []
    for gap in head.tags[GAPS].split():
        start, _, length = gap.partition("+")
        at = timedelta(seconds=int(start) * SLOT_SECONDS)
        gaps.append(Gap(at, timedelta(seconds=int(length) * SLOT_SECONDS)))
    return Splice(talk, duration, tuple(gaps))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
