"""Stretches: where in a talk somebody is heard, in slots."""

import itertools
import math
from collections.abc import Iterable, Iterator

from containers.opus import SILENT_PACKET
from rooms.recordings import Turn
from voice.mixing.units import SLOT_SECONDS
from voice.recording.spliced import Stretch

MARGIN = 25
"""Slots (half a second) that are silenced before and after: a voice is heard before it counts as a turn."""


def audible(packets: Iterable[bytes]) -> Iterator[Stretch]:
    """Where a track is not silent, shorter pauses than twice the margin included."""
    begin, end = 0, 0
    for slot, packet in enumerate(packets):
        if packet == SILENT_PACKET:
            continue
        if slot > end + 2 * MARGIN and end > begin:
            yield (begin, end - begin)
            begin = slot
        elif end == begin:
            begin = slot
        end = slot + 1
    if end > begin:
        yield (begin, end - begin)


def of_turns(turns: Iterable[Turn]) -> list[Stretch]:
    """The turns in slots."""
    stretches = []
    for turn in turns:
        begin = math.floor(turn.at.total_seconds() / SLOT_SECONDS)
        end = math.ceil((turn.at + turn.length).total_seconds() / SLOT_SECONDS)
        stretches.append((begin, max(0, end - begin)))
    return stretches


def silenced(packets: Iterable[bytes], stretches: Iterable[Stretch]) -> Iterator[bytes]:
    """The packets with silence in the place of the stretches and their margins."""
    due = iter(sorted((start - MARGIN, start + length + MARGIN) for start, length in stretches))
    begin, end = next(due, (0, 0))
    for slot, packet in enumerate(packets):
        while slot >= end > begin:
            begin, end = next(due, (0, 0))
        yield SILENT_PACKET if begin <= slot < end else packet


def to_text(stretches: Iterable[Stretch]) -> str:
    """As in a tag: `start+length`, separated by commas."""
    return ",".join(f"{start}+{length}" for start, length in stretches)


def from_text(text: str) -> list[Stretch]:
    """What `to_text` wrote."""
    pairs = itertools.chain(piece.partition("+") for piece in text.split(",") if piece)
    return [(int(start), int(length)) for start, _, length in pairs]
