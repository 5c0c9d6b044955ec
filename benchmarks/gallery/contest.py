"""The contest: all contenders hold their audience, and in shuffled windows one at a time is given sound."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from time import monotonic, sleep
from typing import Any

from benchmarks.gallery.contenders import Contender
from benchmarks.gallery.payload import PIECE

ROUNDS = 7
WINDOW = 4.0
"""Seconds in which one contender is given sound."""

SETTLING = 0.4
"""Seconds after it, in which the last of it arrives."""

PROBES = 32
"""Listeners of each contender whose delay is measured."""

GROUPS = 8
"""In so many groups all join, so that who is measured stands everywhere in the order."""


@dataclass
class Scores:
    """What was measured of one contender with one size of its audience."""

    costs: list[float] = field(default_factory=list)
    """Processor time of the server for a second of one listener, in seconds, for each round."""
    delays: list[float] = field(default_factory=list)
    """From the making of the last packet of a piece to a probe that has it, in ms."""
    delivered: float = 1.0
    """Of what was given, the part that arrived, in the worst round."""
    dead: int = 0
    joining: float = 0.0
    """Seconds in which the audience joined."""
    memory: float = 0.0
    """Bytes of the server for each listener."""

    @property
    def p95(self) -> float:
        """The 95th percentile of the delays, in ms."""
        return quantiles(self.delays, n=20)[-1]


class Crew:
    """One contender with its audience: many who take everything, and some who look at the time."""

    def __init__(self, contender: Contender, scores: Scores) -> None:
        self.contender = contender
        self.scores = scores
        self._sorts = ("bulk", "probes")
        self._processes: list[subprocess.Popen[str]] = []
        self._size = 0
        self._piece = 0.0

    @contextmanager
    def seated(self, count: int) -> Iterator[None]:
        """So many listeners within the block."""
        with ExitStack() as running:
            for sort in self._sorts:
                self._processes.append(running.enter_context(_audience(self.contender, sort)))
            before = self.contender.memory
            for _ in range(GROUPS):
                self.scores.joining += self._tell(0, f"join {count // GROUPS}")["seconds"]
                self._tell(1, f"join {PROBES // GROUPS}")
            self.scores.memory = (self.contender.memory - before) / (count + PROBES)
            self._size = count
            self._give(1.0)
            self._counted()
            yield

    def play(self) -> None:
        """One window: give sound, and note what it cost and what came of it."""
        before = self.contender.processor_time
        seconds = self._give(WINDOW)
        sleep(SETTLING)
        spent = self.contender.processor_time - before
        self.scores.costs.append(spent / seconds / (self._size + PROBES))
        self._count()

    def _give(self, seconds: float) -> float:
        """Sound for so long; gives the seconds."""
        pieces = round(seconds / PIECE)
        due = monotonic()
        for number in range(pieces):
            self.contender.give(number)
            due += PIECE
            sleep(max(0.0, due - monotonic()))
        return pieces * PIECE

    def _count(self) -> None:
        bulk, probes = self._counted()
        if probes["received"]:
            each = probes["received"] / PROBES  # who looks at the time misses nothing
            self.scores.delivered = min(self.scores.delivered, bulk["received"] / self._size / each)
        self.scores.dead = self._size + PROBES - bulk["alive"] - probes["alive"]
        self.scores.delays += probes["delays"]

    def _counted(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return self._tell(0, "count"), self._tell(1, "count")

    def _tell(self, process: int, command: str) -> dict[str, Any]:
        streams = self._processes[process]
        if streams.stdin is None or streams.stdout is None:
            raise RuntimeError("the audience has no pipes")
        print(command, file=streams.stdin, flush=True)
        answer: dict[str, Any] = json.loads(streams.stdout.readline())
        return answer


def contest(contenders: Sequence[Contender], count: int) -> Mapping[str, Scores]:
    """Let all of them play to so many listeners each; gives their scores by name."""
    crews = [Crew(contender, Scores()) for contender in contenders]
    with ExitStack() as seated:
        for crew in crews:
            seated.enter_context(crew.seated(count))
        for _ in range(ROUNDS):
            for crew in random.sample(crews, len(crews)):
                crew.play()
    return {crew.contender.name: crew.scores for crew in crews}


@contextmanager
def _audience(contender: Contender, sort: str) -> Iterator[subprocess.Popen[str]]:
    protocol = "https" if contender.is_tls else "http"
    command = [
        sys.executable,
        "-m",
        "benchmarks.gallery.audience",
        str(contender.port),
        contender.path,
        protocol,
        sort,
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        yield process
        if process.stdin is not None:
            process.stdin.close()  # and it ends by itself
