"""The turn log: who speaks is written down meanwhile, so that no crash forgets more than a moment of it."""

import logging
from collections.abc import Callable, Set
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path

import msgspec

from rooms.ids import PersonId
from voice.mixing.speaking import TO_BEGIN, TO_END
from voice.recording.turns import TURNS, Line

log = logging.getLogger(__name__)

LONGEST_PIECE = 250
"""Slots (5 s) of a turn that goes on after which a piece of it is written down: what a crash may cost."""


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


def _append(path: Path, line: bytes) -> None:
    """Begin a new line in any case: what stands before may have been torn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(b"\n" + line + b"\n")


def _report(done: Future[None]) -> None:
    if error := done.exception():
        log.error("a turn was not written down: %s", error)
