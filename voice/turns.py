"""Turns: who spoke when, written down while they speak, so that no crash forgets more than a moment of it."""

import logging
from collections.abc import Callable, Iterable, Iterator, Set
from concurrent.futures import Executor, Future
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from containers.ogg import read_head
from rooms.ids import PersonId
from rooms.recordings import Turn
from voice.sound import SLOT_SECONDS
from voice.speaking import TO_BEGIN, TO_END
from voice.spliced import CLOCKS, PACKETS
from voice.splicing import TALK
from voice.timeline import Timeline, clocks_from_text

log = logging.getLogger(__name__)

TURNS = "turns.jsonl"
"""The file beside a room's recording: a `Line` of JSON for each turn, or for each piece of a long one."""

LONGEST_PIECE = 250
"""Slots (5 s) of a turn that goes on after which a piece of it is written down: what a crash may cost."""

BREATH = 75
"""Slots (1.5 s) of pause that do not end a turn."""


class Line(msgspec.Struct, frozen=True):
    """Somebody spoke, in slots of the clock that began at this instant (ISO 8601, UTC)."""

    clock: datetime
    person: PersonId
    name: str
    begin: int
    end: int


class TurnLog:
    """Writes down who speaks, by `disk`, an executor with one thread. A slow or full disk delays nobody."""

    def __init__(self, folder: Path, disk: Executor, clock: datetime) -> None:
        self._path = folder / TURNS
        self._disk = disk
        self._clock = clock
        self._speaking: dict[PersonId, tuple[str, int]] = {}
        self._slot = 0

    def follow(self, slot: int, speaking: Set[PersonId], name_of: Callable[[PersonId], str]) -> None:
        """Take note of who speaks in this slot; a long turn is written down piece by piece."""
        self._slot = slot
        for person in speaking - self._speaking.keys():
            self._speaking[person] = (name_of(person), max(0, slot - TO_BEGIN))
        for person in list(self._speaking):
            begin = self._speaking[person][1]
            if person not in speaking:
                self._write(person, max(begin, slot - TO_END))
                del self._speaking[person]
            elif slot - begin >= LONGEST_PIECE:
                self._write(person, slot)
                self._speaking[person] = (name_of(person), slot)

    def stop(self) -> None:
        """Write down what is not over yet."""
        for person in self._speaking:
            self._write(person, self._slot)
        self._speaking.clear()

    def _write(self, person: PersonId, end: int) -> None:
        name, begin = self._speaking[person]
        line = Line(self._clock, person, name, begin, end)
        self._disk.submit(_append, self._path, msgspec.json.encode(line)).add_done_callback(_report)


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


def _append(path: Path, line: bytes) -> None:
    """Begin a new line in any case: what stands before may have been torn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(b"\n" + line + b"\n")


def _report(done: Future[None]) -> None:
    if error := done.exception():
        log.error("a turn was not written down: %s", error)
