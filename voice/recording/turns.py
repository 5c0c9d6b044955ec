"""Turns: who spoke when, as the lines that were written down meanwhile tell it once a talk is over."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from containers.ogg import read_head
from rooms.ids import PersonId
from rooms.recordings import Turn
from voice.mixing.units import SLOT_SECONDS
from voice.recording.spliced import CLOCKS, PACKETS
from voice.recording.splicing import TALK
from voice.recording.timeline import Timeline, clocks_from_text

TURNS = "turns.jsonl"
"""The file beside a room's recording: a `Line` of JSON for each turn, or for each piece of a long one."""

BREATH = 75
"""Slots (1.5 s) of pause that do not end a turn."""


class Line(msgspec.Struct, frozen=True):
    """Somebody spoke, in slots of the clock that began at this instant (ISO 8601, UTC)."""

    clock: datetime
    person: PersonId
    name: str
    begin: int
    end: int


def read_turns(folder: Path) -> tuple[Turn, ...]:
    """The turns of a talk whose recording was spliced, in the order in which they began.

    Nothing when there is no recording, or nobody spoke. A line that a crash has torn is passed over.
    """
    talk = folder / TALK
    if not talk.exists():
        return ()
    tags = read_head(talk).tags
    timeline = Timeline(clocks_from_text(tags[CLOCKS]), int(tags[PACKETS]))
    stretches = sorted(_in_talk(_lines(folder / TURNS), timeline), key=lambda stretch: stretch.begin)
    joined = [turn for person in {s.person for s in stretches} for turn in _joined(stretches, person)]
    return tuple(sorted(joined, key=lambda turn: (turn.at, turn.person)))


def forget_turns(folder: Path, people: Set[PersonId]) -> None:
    """Leave nothing of these people in what was written down; raises `OSError`."""
    path = folder / TURNS
    kept = [line for line in _lines(path) if line.person not in people]
    if path.exists():
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in kept))
        unfinished.rename(path)


def _lines(path: Path) -> Iterator[Line]:
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            yield msgspec.json.decode(line, type=Line)
        except msgspec.MsgspecError:
            continue


def _in_talk(lines: Iterable[Line], timeline: Timeline) -> Iterator[Line]:
    """The lines in slots of the talk, without what is not in it."""
    for line in lines:
        shift = timeline.shift(line.clock)
        begin, end = max(0, line.begin + shift), min(timeline.slots, line.end + shift)
        if begin < end:
            yield msgspec.structs.replace(line, begin=begin, end=end)


def _joined(stretches: Iterable[Line], person: PersonId) -> Iterator[Turn]:
    """One person's turns; `stretches` are in order."""
    current: Line | None = None
    for stretch in stretches:
        if stretch.person != person:
            continue
        if current is None:
            current = stretch
        elif stretch.begin - current.end <= BREATH:
            current = msgspec.structs.replace(current, end=max(current.end, stretch.end))
        else:
            yield _turn(current)
            current = stretch
    if current is not None:
        yield _turn(current)


def _turn(line: Line) -> Turn:
    slot = timedelta(seconds=SLOT_SECONDS)
    return Turn(line.person, line.name, line.begin * slot, (line.end - line.begin) * slot)
