"""Evenings: the use cases that take talks through their evenings by themselves, in one hand."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from rooms.agenda import Agenda, Step
from rooms.arranging import Arranging
from rooms.clipping import Clipping
from rooms.conducting import Conducting
from rooms.informing import Informing
from rooms.jobs import JobKind
from rooms.keeping import Keeping
from rooms.listening import Stages
from rooms.ports import Calls, Clock, Floor, Tapes, Turntable
from rooms.preparing import Preparing
from rooms.records import Store
from rooms.restreaming import Restreaming
from rooms.sounding import Sounding
from rooms.speaking import Speaking
from rooms.watching import Watching


class RelayPorts(Calls, Floor, Turntable, Protocol):
    """The relay, as far as evenings need it."""


class Evenings:
    """All that happens to talks by the clock and by what happens in their calls."""

    def __init__(self, store: Store, calls: RelayPorts, tapes: Tapes, stages: Stages, clock: Clock) -> None:
        self.conducting = Conducting(store, calls, stages, clock)
        self.preparing = Preparing(store, calls, clock)
        arrangements = self.conducting.arrangements
        interrupting = self.conducting.interrupting
        self.watching = Watching(store, calls, stages, arrangements, interrupting, clock)
        self.arranging = Arranging(store, calls, arrangements, interrupting.heed)
        self.speaking = Speaking(store, calls, stages, clock)
        self.sounding = Sounding(store, calls, stages, clock)
        self.restreaming = Restreaming(store, stages, clock)
        self.keeping = Keeping(store, tapes, clock)
        self.clipping = Clipping(store, tapes, clock)
        self.informing = Informing(store, stages, clock)
        self.agenda = Agenda(store, self._steps(), self.conducting.resume, clock)

    @property
    def activities(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What must run for ever, side by side, by name."""
        return {
            "agenda": self.agenda.run,
            "watch": self.watching.run,
            "arranging": self.arranging.run,
            "informing": self.informing.run,
            "turns": self.speaking.turns.run,
            "outlets": self.restreaming.run,
        }

    def _steps(self) -> Mapping[JobKind, Step]:
        """All jobs that touch more than the records; the others are errands."""
        return {
            JobKind.COUNT_DOWN: self.preparing.count_down,
            JobKind.GREEN_ROOM: self.preparing.look,
            JobKind.OPEN: self.conducting.open,
            JobKind.START: self.conducting.start,
            JobKind.EMPTY: self.watching.end_deserted,
            JobKind.END: self.conducting.end,
            JobKind.MASTER: self.keeping.master,
            JobKind.ERASE: self.keeping.erase,
        }
