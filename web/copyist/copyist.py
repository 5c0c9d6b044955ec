"""The copyist's end here: starts the process that copies when there is something to copy, and feeds it."""

import asyncio
import logging
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, suppress
from itertools import count
from typing import cast

from rooms.ports import Packet
from web.copyist.messages import Begin, Codec, End, Frames, Order, OutOfStep, Sound, Timed, Unframer, framed
from web.discretion import discreet

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "web.copyist")

PAUSE = 1.0
"""Seconds before another process takes the place of one that died, or could not be started."""

PATIENCE = 1000
"""Packets (20 s) given without a frame coming back, after which the process counts as stuck."""

BATCH = 10
"""Packets (200 ms) given at once: each time costs both processes more than what is done with a packet."""

FAREWELL = 1.0
"""Seconds in which the last frames must come."""

Take = Callable[[int, bytes], None]
"""Is given the sample at which a frame begins, and the frame."""


class Copyist:
    """Has rooms' sound copied, all by one process, which is there while it has work and a minute longer.

    When it dies another takes its place: of every copy a short piece is missing, and the frames' time jumps.

    Args:
        command: starts it; the number of its end of the link is added.
        pause: in seconds, before one that died is replaced.
    """

    def __init__(self, command: Sequence[str] = COMMAND, pause: float = PAUSE) -> None:
        self._command = command
        self._pause = pause
        self._starting = asyncio.Lock()
        self._numbers = count()
        self._link: _Link | None = None

    @property
    def pid(self) -> int | None:
        """The process's number, while there is one."""
        return None if self._link is None or self._link.is_gone else self._link.pid

    async def copy(self, packets: AsyncIterator[Packet], codec: Codec, take: Take) -> None:
        """Copy these packets for as long as they come, or until cancelled; the last frames are waited for.

        Args:
            packets: a room's.
            codec: into what.
            take: is called with each frame as soon as that is there; must not raise.
        """
        part: _Part | None = None
        try:
            async for packet in packets:
                if part is None or part.is_lost:
                    part = _Part(await self._ready(), next(self._numbers), codec, take)
                part.give(packet)
        finally:
            if part is not None:
                await part.end()

    async def close(self) -> None:
        """End the process: it holds nothing that could be lost."""
        link = self._link
        if link is not None:
            await link.end()
            if self._link is link:  # not before: who is cancelled meanwhile leaves it to the next one
                self._link = None

    async def _ready(self) -> "_Link":
        """The link to a process that is there; waits for as long as there is none."""
        async with self._starting:
            while self._link is None or self._link.is_gone:
                if self._link is not None and self._link.was_at_work:
                    log.error("the process that copies sound died or was stuck: there is another in a moment")
                    await asyncio.sleep(self._pause)
                await self.close()
                try:
                    self._link = await _spawn(self._command)
                except OSError as error:
                    log.error("no process that copies sound can be started: %s", error)
                    await asyncio.sleep(self._pause)
            return self._link


class _Part:
    """One copy's part in one life of the process."""

    def __init__(self, link: "_Link", number: int, codec: Codec, take: Take) -> None:
        self._link = link
        self._number = number
        self._take = take
        self._owed = 0
        self._waiting: list[Timed] = []
        self.is_complete = asyncio.Event()
        """Set when no frame comes any more."""
        link.parts[number] = self
        link.send(Begin(number, codec))

    @property
    def is_lost(self) -> bool:
        return self._link.is_gone

    def give(self, packet: Packet) -> None:
        self._owed += 1
        if self._owed > PATIENCE:
            self._link.give_up()
            return
        self._waiting.append((packet.at, packet.opus))
        if len(self._waiting) >= BATCH:
            self._link.send(self._sound())

    async def end(self) -> None:
        """Take the last frames, if the process lives."""
        self._link.send(self._sound(), End(self._number))
        try:
            async with asyncio.timeout(FAREWELL):
                await self.is_complete.wait()
        except TimeoutError:
            log.error("a copy's end did not come")
        finally:
            self._link.parts.pop(self._number, None)

    def receive(self, answer: Frames) -> None:
        self._owed = 0
        for at, content in answer.frames:
            self._take_one(at, content)
        if answer.is_last:
            self.is_complete.set()

    def _sound(self) -> Sound:
        """What waits, to be sent."""
        packets, self._waiting = self._waiting, []
        return Sound(self._number, packets)

    def _take_one(self, at: int, content: bytes) -> None:
        try:
            self._take(at, content)
        except Exception as error:  # noqa: BLE001  # one copy's trouble is none of the others'
            log.error("a frame was of no use: %s", discreet(error))


class _Link(asyncio.Protocol):
    """One life of the process."""

    def __init__(self, process: Process) -> None:
        self.is_gone = False
        self.was_at_work = False
        """Whether it was lost while there was something to copy."""
        self.parts: dict[int, _Part] = {}
        self._process = process
        self._answers: Unframer[Frames] = Unframer(Frames)
        self._transport: asyncio.Transport | None = None

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, *orders: Order) -> None:
        if self._transport is not None and not self.is_gone:
            self._transport.write(b"".join(map(framed, orders)))

    def give_up(self) -> None:
        """It is stuck: leave it."""
        if self._transport is not None:
            self._transport.abort()
        self._lose()

    async def end(self) -> None:
        """Kill the process, if it lives, and see its end."""
        if self._transport is not None:
            self._transport.abort()
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        try:
            for answer in self._answers.feed(data):
                if (part := self.parts.get(answer.number)) is not None:
                    part.receive(answer)
        except OutOfStep:
            self.give_up()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # of the interface
        """Called by the loop."""
        self._lose()

    def _lose(self) -> None:
        if not self.is_gone:
            self.is_gone = True
            self.was_at_work = bool(self.parts)
            for part in self.parts.values():
                part.is_complete.set()


async def _spawn(command: Sequence[str]) -> _Link:
    """A process that begins to warm up; it ends as soon as our end of its link does, and hears no Ctrl-C."""
    ours, theirs = socket.socketpair()
    with theirs, ExitStack() as undoing:
        undoing.enter_context(ours)
        process = await asyncio.create_subprocess_exec(
            *command, str(theirs.fileno()), stdin=DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
        )
        link = _Link(process)
        try:
            await asyncio.get_running_loop().create_connection(lambda: link, sock=ours)
        except BaseException:
            await link.end()
            raise
        undoing.pop_all()
    return link
