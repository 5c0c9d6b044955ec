"""Spliced files: recordings whose time is true, one packet a slot, and what they say of themselves."""

import itertools
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from containers.ogg import PageWriter, read_head, read_pages
from containers.opus import PRE_SKIP, SILENT_PACKET
from rooms.recordings import Gap
from voice.mixing.units import RATE, SLOT, SLOT_SECONDS

GAPS = "LOGGIONE_GAPS"
"""The tag with the recording's gaps: `start+length` in 20 ms slots, separated by blanks."""

PACKETS = "LOGGIONE_SLOTS"
"""The tag with the number of the recording's 20 ms slots."""

CLOCKS = "LOGGIONE_CLOCKS"
"""The tag with the clocks by which the talk was recorded, so that tracks can be aligned with it later."""

PAGE_PACKETS = 50

Stretch = tuple[int, int]
"""A gap in slots: where it begins, how long it is."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A finished recording: its file, how long it plays and where nothing could be heard."""

    path: Path
    duration: timedelta
    gaps: tuple[Gap, ...]


def read_splice(path: Path) -> Splice:
    """What a spliced file says of itself."""
    head = read_head(path)
    duration = timedelta(seconds=(int(head.tags[PACKETS]) * SLOT - head.pre_skip) / RATE)
    return Splice(path, duration, tuple(gap_of(stretch) for stretch in read_gaps(path)))


def read_gaps(path: Path) -> list[Stretch]:
    """The gaps that a spliced file lists, in slots."""
    words = (gap.partition("+") for gap in read_head(path).tags[GAPS].split())
    return [(int(start), int(length)) for start, _, length in words]


def read_slots(path: Path) -> int:
    """How many slots a spliced file has."""
    return int(read_head(path).tags[PACKETS])


def read_slotwise(path: Path) -> Iterator[bytes]:
    """One packet for each slot of a spliced file; silence stands where the disk has spoilt it since."""
    due = 0
    for page in read_pages(path):
        yield from itertools.repeat(SILENT_PACKET, page.at // SLOT - due)
        yield from page.packets
        due = page.at // SLOT + len(page.packets)
    yield from itertools.repeat(SILENT_PACKET, read_slots(path) - due)


def gap_of(stretch: Stretch) -> Gap:
    """The gap in terms of time."""
    start, length = stretch
    return Gap(timedelta(seconds=start * SLOT_SECONDS), timedelta(seconds=length * SLOT_SECONDS))


def gaps_to_text(stretches: Iterable[Stretch]) -> str:
    """The gaps as a tag has them; those that touch or overlap become one."""
    merged: list[list[int]] = []
    for start, length in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], start + length)
        else:
            merged.append([start, start + length])
    return " ".join(f"{start}+{end - start}" for start, end in merged)


def write_packets(
    path: Path, packets: Iterable[bytes], tags: Mapping[str, str], pre_skip: int = PRE_SKIP
) -> None:
    """Write a recording; it is there whole, or not at all.

    Args:
        path: where it will be.
        packets: of 20 ms.
        tags: names are upper case ASCII.
        pre_skip: samples at its beginning that are not to be heard.

    Raises:
        OSError: the disk refuses.
    """
    pages = PageWriter(random.getrandbits(32), pre_skip)
    unfinished = path.with_suffix(".part")
    remaining = iter(packets)
    with unfinished.open("wb") as file:
        file.write(pages.head(tags))
        page = list(itertools.islice(remaining, PAGE_PACKETS))
        while page:
            following = list(itertools.islice(remaining, PAGE_PACKETS))
            file.write(pages.page(page, is_last=not following))
            page = following
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that what was renamed in the folder stays so, whatever happens to the machine."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
