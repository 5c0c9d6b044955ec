"""Splicing: the segments of a talk become recordings whose time is true, gaps included."""

import itertools
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from containers.ogg import read_head, read_pages
from containers.opus import SILENT_PACKET
from voice.mixing.units import SLOT
from voice.recording.gap_log import GAP_LOG, marked_gaps
from voice.recording.recorder import segments
from voice.recording.spliced import (
    CLOCKS,
    GAPS,
    PACKETS,
    Splice,
    Stretch,
    gaps_to_text,
    read_gaps,
    read_splice,
    write_packets,
)
from voice.recording.timeline import Segment, Timeline, clocks_from_text, clocks_to_text, recorded, runs

TALK = "talk.ogg"
HOUSE = "house"
"""The folder with what the relay itself played, beside the talk's; spliced: `house.ogg`."""

VOICES = "voices"
"""The folder with a folder for each speaker, named by their number; spliced: `voices/<person>.ogg`."""


def splice(folder: Path) -> Splice | None:
    """Join what was recorded of the mix into one file, without encoding again; None when there is nothing.

    Done again it gives the same answer, and what a crash interrupted is done anew. Raises `OSError`.
    """
    talk = folder / TALK
    if not talk.exists() and not _splice_mix(talk):
        return None
    for segment in segments(folder):
        segment.unlink()
    (folder / GAP_LOG).unlink(missing_ok=True)
    return read_splice(talk)


def splice_tracks(folder: Path) -> list[Path]:
    """Join the segments of the house and of every voice into tracks that are aligned with the talk.

    Each begins with the talk's first sample and has its length, and is silent where nobody was heard on it.
    Its gaps are the talk's and its own. To be done after `splice`, as often as one likes. Raises `OSError`.

    Returns:
        All tracks of the folder.
    """
    timeline = _timeline_of(folder / TALK)
    for source in (folder / HOUSE, *voices(folder, is_spliced=False)):
        track = source.with_suffix(".ogg")
        if source.is_dir():
            if not track.exists():
                _splice_track(source, track, timeline, read_gaps(folder / TALK))
            shutil.rmtree(source)
    return [path for path in (folder / f"{HOUSE}.ogg", *voices(folder, is_spliced=True)) if path.exists()]


def voices(folder: Path, *, is_spliced: bool) -> list[Path]:
    """The speakers' spliced tracks, or the folders with what was not spliced yet, by their numbers."""
    paths = (folder / VOICES).glob("*.ogg" if is_spliced else "*")
    return sorted(
        (path for path in paths if path.stem.lstrip("-").isdigit() and path.is_dir() is not is_spliced),
        key=lambda path: int(path.stem),
    )


def _splice_mix(talk: Path) -> bool:
    """Write the talk; False when no segment holds any sound."""
    timeline = Timeline()
    pieces = list(recorded(talk.parent))
    gaps, heard_until = [], 0
    for piece in pieces:
        for run in timeline.lay(piece, runs(piece)):
            if run.slot > heard_until:
                gaps.append((heard_until, run.slot - heard_until))
            heard_until = run.slot + run.length
    if not timeline.slots:
        return False
    tags = {
        PACKETS: str(timeline.slots),
        GAPS: gaps_to_text([*gaps, *marked_gaps(talk.parent, timeline)]),
        CLOCKS: clocks_to_text(timeline.shifts),
    }
    write_packets(talk, _laid(pieces, timeline), tags)
    return True


def _splice_track(source: Path, track: Path, timeline: Timeline, gaps: list[Stretch]) -> None:
    pieces = sorted(recorded(source), key=lambda piece: piece.slot + timeline.shift(piece.clock))
    own = [gap for piece in pieces for gap in _losses(piece, timeline)]
    tags = {PACKETS: str(timeline.slots), GAPS: gaps_to_text([*gaps, *own])}
    write_packets(track, _laid(pieces, timeline), tags)


def _losses(piece: Segment, timeline: Timeline) -> Iterator[Stretch]:
    """Where pages of a track were spoilt: pauses are none."""
    shift, heard_until = timeline.shift(piece.clock), piece.slot
    for run in runs(piece):
        begin, end = max(0, heard_until + shift), min(run.slot + shift, timeline.slots)
        if run.is_after_loss and end > begin:
            yield (begin, end - begin)
        heard_until = run.slot + run.length


def _laid(pieces: Iterable[Segment], timeline: Timeline) -> Iterator[bytes]:
    """The packets in true time, exactly as many as the talk has slots."""
    due = 0
    for piece in pieces:
        shift = timeline.shift(piece.clock)
        for page in read_pages(piece.path):
            first = piece.slot + shift + page.at // SLOT
            for slot, packet in enumerate(page.packets, first):
                if due <= slot < timeline.slots:
                    yield from itertools.repeat(SILENT_PACKET, slot - due)
                    yield packet
                    due = slot + 1
    yield from itertools.repeat(SILENT_PACKET, timeline.slots - due)


def _timeline_of(talk: Path) -> Timeline:
    tags = read_head(talk).tags
    return Timeline(clocks_from_text(tags[CLOCKS]), int(tags[PACKETS]))
