"""Murmuring: what is heard of the gallery itself, on a fixed timer, so that coming and going tell nothing."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from rooms.audience import CROWD_STEPS, REACTION_STEPS, Murmur, Reaction, step_of
from rooms.ids import RoomId
from rooms.listening import Stages
from rooms.ports import Clock

BURST = timedelta(seconds=10)
"""Reactions are summed for so long."""

BURSTS = 6
"""Bursts between two counts of the crowd."""

MOST_REACTIONS = 10_000
"""Of a kind that are counted within a burst."""


class Murmuring:
    """Counts who listens and sums what they feel; in memory, and by the room alone.

    `draw(n)` gives a number below n that nobody can foresee. By it each room has its own, secret distance
    between a step and the number at which that step is told.
    """

    def __init__(self, stages: Stages, clock: Clock, draw: Callable[[int], int] = secrets.randbelow) -> None:
        self._stages = stages
        self._clock = clock
        self._draw = draw
        self._listening: dict[RoomId, int] = defaultdict(int)
        self._felt: dict[RoomId, dict[Reaction, set[bytes]]] = {}
        self._beyond: dict[tuple[RoomId, int], int] = {}
        self._crowds: dict[RoomId, int] = {}

    def come(self, room: RoomId) -> Callable[[], None]:
        """Somebody listens, until what this gives is called; nothing stirs for it."""
        self._listening[room] += 1
        return partial(self._go, room)

    def react(self, room: RoomId, reaction: Reaction, once: bytes) -> None:
        """Somebody reacts; `once` is theirs for the moment: the same counts once within a burst."""
        felt = self._felt.setdefault(room, {}).setdefault(reaction, set())
        if len(felt) < MOST_REACTIONS:
            felt.add(once)

    async def run(self) -> None:
        """Look at the fixed instants, for ever; what is told changes then and at no other time."""
        at, number = self._clock.now(), 0
        while True:
            at, number = _next(at, self._clock.now()), number + 1
            await self._clock.wait(asyncio.Event(), at)
            if number % BURSTS == 0:
                self._count()
            self._tell()

    def _go(self, room: RoomId) -> None:
        self._listening[room] -= 1
        if not self._listening[room]:
            del self._listening[room]

    def _count(self) -> None:
        steps = {room: self._crowd_of(room, number) for room, number in self._listening.items()}
        self._crowds = {room: step for room, step in steps.items() if step is not None}

    def _crowd_of(self, room: RoomId, number: int) -> int | None:
        return step_of(number, CROWD_STEPS, lambda step: self._blur(room, step))

    def _blur(self, room: RoomId, step: int) -> int:
        if (room, step) not in self._beyond:
            self._beyond[room, step] = self._draw(step // 2)
        return self._beyond[room, step]

    def _tell(self) -> None:
        felt, self._felt = self._felt, {}
        for room in {*self._crowds, *felt, *self._stages.murmuring}:
            murmur = Murmur(self._crowds.get(room), _steps(felt.get(room, {})))
            if murmur != self._stages.murmur(room):
                self._stages.set_murmur(room, murmur)


def _steps(felt: dict[Reaction, set[bytes]]) -> tuple[tuple[Reaction, int], ...]:
    steps = {reaction: step_of(len(felt.get(reaction, ())), REACTION_STEPS) for reaction in Reaction}
    return tuple((reaction, step) for reaction, step in steps.items() if step is not None)


def _next(at: datetime, now: datetime) -> datetime:
    """The next of the fixed instants, which lie whole bursts apart, however late it has become."""
    return at + ((now - at) // BURST + 1) * BURST
