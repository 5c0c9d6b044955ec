"""Parts: a levelled recording becomes the files of the replay, with their chapters."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from containers.ogg import PageWriter, read_packets
from containers.opus import PRE_SKIP
from rooms.recordings import Part
from voice.mastering.cuts import Sizes, cuts
from voice.mastering.levelling import Levelled
from voice.mastering.orders import Chapter
from voice.mixing.units import RATE, SLOT, SLOT_SECONDS
from voice.recording.spliced import GAPS, PACKETS, Stretch, gaps_to_text, write_packets

PRE_ROLL = 4
"""Slots (80 ms) that a part begins earlier, unheard, so that decoders are right (RFC 7845, section 4.6)."""

SPARE = 512
"""Bytes by which a part's tags may differ from those of the whole, beyond what they are."""


@dataclass(frozen=True, slots=True)
class Label:
    """What all parts say of themselves; `gaps` are the talk's."""

    title: str
    artist: str
    chapters: Sequence[Chapter]
    gaps: Sequence[Stretch]


def write_parts(folder: Path, whole: Path, levelled: Levelled, label: Label, limit: int) -> list[Part]:
    """Write the replay's files, none larger than the limit in bytes; they follow each other to the sample.

    Args:
        folder: where they will be: `replay.ogg`, or `replay-1.ogg` and so on.
        whole: the levelled recording.
        levelled: what is known of it.
        label: what they say of themselves.
        limit: in bytes.

    Raises:
        TooSmall: no part can be so small.
        OSError: the disk refuses.
    """
    sizes = sizes_of(levelled, label)
    chapters = [slot_of(chapter.at) for chapter in label.chapters]
    begins = cuts(sizes, limit, chapters, levelled.peaks)
    ends = [*begins[1:], sizes.slots]
    parts = []
    for number, (begin, end) in enumerate(zip(begins, ends, strict=True), 1):
        path = folder / (f"replay-{number}.ogg" if len(begins) > 1 else "replay.ogg")
        lead = min(begin, PRE_ROLL)
        packets = itertools.islice(read_packets(whole), begin - lead, end)
        pre_skip = lead * SLOT if begin else PRE_SKIP
        write_packets(path, packets, _tags(label, begin, end, (number, len(begins))), pre_skip)
        parts.append(Part(path, time_of(begin), time_of(end) - time_of(begin)))
    return parts


def sizes_of(levelled: Levelled, label: Label) -> Sizes:
    """How large any part of the recording would be at most."""
    tags = _tags(label, 0, len(levelled.sizes), (1, 1))
    head = len(PageWriter(0, 0).head(tags)) + SPARE + PRE_ROLL * max(levelled.sizes, default=0)
    return Sizes(levelled.sizes, head)


def slot_of(at: timedelta) -> int:
    """The slot in which an instant of the talk lies, as players count."""
    return max(0, round((at.total_seconds() + PRE_SKIP / RATE) / SLOT_SECONDS))


def time_of(slot: int) -> timedelta:
    """The instant of the talk at which a slot begins, as players count."""
    return max(timedelta(), timedelta(seconds=(slot * SLOT - PRE_SKIP) / RATE))


def _tags(label: Label, begin: int, end: int, number: tuple[int, int]) -> dict[str, str]:
    """A part's tags: chapters as players know them (wiki.xiph.org/Chapter_Extension), and its gaps."""
    gaps = [(max(start, begin), min(start + length, end)) for start, length in label.gaps]
    tags = {
        "TITLE": label.title,
        "ARTIST": label.artist,
        PACKETS: str(end - begin),
        GAPS: gaps_to_text((first - begin, last - first) for first, last in gaps if last > first),
    }
    if number[1] > 1:
        tags |= {"TRACKNUMBER": str(number[0]), "TRACKTOTAL": str(number[1])}
    for index, chapter in enumerate(chapters_within(label.chapters, begin, end), 1):
        tags[f"CHAPTER{index:03d}"] = _clock(chapter.at)
        tags[f"CHAPTER{index:03d}NAME"] = chapter.title
    return tags


def chapters_within(chapters: Sequence[Chapter], begin: int, end: int) -> Iterator[Chapter]:
    """The chapters of a part, from its own beginning; the first one may have begun before."""
    ordered = sorted(chapters, key=lambda chapter: chapter.at)
    for chapter, following in itertools.zip_longest(ordered, ordered[1:]):
        starts = slot_of(chapter.at)
        ends = slot_of(following.at) if following is not None else end
        if starts < end and (starts >= begin or ends > begin):
            yield Chapter(max(timedelta(), chapter.at - time_of(begin)), chapter.title)


def _clock(at: timedelta) -> str:
    seconds, milliseconds = divmod(round(at.total_seconds() * 1000), 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
