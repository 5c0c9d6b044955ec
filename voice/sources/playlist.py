"""The playlist of a room: what plays, what waits, and how one follows the other."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from rooms.errors.sounds import QueueFull, SoundRefused
from rooms.playing import LONGEST_QUEUE, Cue
from voice.sources.opening import Opener
from voice.sources.patience import Patience
from voice.sources.source import Source

OPENINGS = 3
"""Cues that are opened side by side, each of which takes a process."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """A cue in the queue; it cannot play before it was opened once, which shows that it can be."""

    cue: Cue
    is_good: bool = False
    source: Source | None = None


class Playlist:
    """Keeps at most two sources at work: the one that plays, and near its end the next. `changed` is told."""

    def __init__(self, opener: Opener, patience: Patience, changed: Callable[[], None]) -> None:
        self.current: Source | None = None
        self.error: SoundRefused | None = None
        """Why the sound before was not played to its end."""
        self._opener = opener
        self._patience = patience
        self._changed = changed
        self._queue: list[_Waiting] = []
        self._openings = asyncio.Semaphore(OPENINGS)
        self._tasks: asyncio.TaskGroup | None = None
        self._working: dict[Source, asyncio.Task[None]] = {}

    @property
    def queue(self) -> tuple[str, ...]:
        """The titles of what waits."""
        return tuple(waiting.cue.title for waiting in self._queue if waiting.is_good)

    @property
    def is_empty(self) -> bool:
        """Whether nothing plays and nothing could."""
        return self.current is None and not any(waiting.is_good for waiting in self._queue)

    async def run(self) -> None:
        """Keep the sources at work, for ever; at the end all of them are closed."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                self._tasks = None

    async def add(self, cue: Cue) -> None:
        """Open a cue and put it into the queue, in the order of the calls.

        Raises:
            SoundRefused: it cannot be played; see its kinds.
        """
        if len(self._queue) >= LONGEST_QUEUE:
            raise QueueFull(cue.title)
        waiting = _Waiting(cue)
        self._queue.append(waiting)
        try:
            async with self._openings:
                await self._try_out(waiting)
        except BaseException:
            if waiting in self._queue:
                self._queue.remove(waiting)
            raise
        self._changed()

    def advance(self) -> None:
        """See whether what plays is over, and what comes next; costs nothing while neither is so."""
        if self.current is not None and self.current.is_over:
            self._leave(self.current.error)
        if not self._queue or not self._queue[0].is_good:
            return
        if self.current is None:
            first = self._queue.pop(0)
            self.current = first.source or self._start(first.cue)
            self._changed()
        elif self.current.is_decoded and self._queue[0].source is None:
            self._queue[0].source = self._start(self._queue[0].cue)

    def skip(self) -> None:
        """Leave what plays."""
        self._leave(None)

    def clear(self) -> None:
        """Let nothing wait any more."""
        for waiting in self._queue:
            self._close(waiting.source)
        self._queue.clear()

    async def _try_out(self, waiting: _Waiting) -> None:
        """See that a cue can be played; it is kept open if it is to be heard at once."""
        source = self._start(waiting.cue)
        if source is None:
            raise SoundRefused(waiting.cue.title, "the room is not open")
        try:
            await source.opened()
            waiting.is_good = True
            if self.current is None and self._queue[:1] == [waiting]:
                waiting.source = source
        finally:
            if waiting.source is None and (closing := self._close(source)) is not None:
                await asyncio.wait([closing])

    def _leave(self, error: SoundRefused | None) -> None:
        self._close(self.current)
        self.current, self.error = None, error
        self._changed()

    def _start(self, cue: Cue) -> Source | None:
        if self._tasks is None:
            return None
        source = Source(cue, self._opener, self._patience, self._changed)
        task = self._working[source] = self._tasks.create_task(source.run())
        task.add_done_callback(lambda _: self._end(source))
        return source

    def _end(self, source: Source) -> None:
        del self._working[source]
        source.end()

    def _close(self, source: Source | None) -> asyncio.Task[None] | None:
        """Have a source closed; the task that does it, unless it was done."""
        task = None if source is None else self._working.get(source)
        if task is not None:
            task.cancel()
        return task
