"""The atelier: pictures are drawn in a process of its own, so that they cost the bot no time."""

import asyncio
import logging
import pickle
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import cast

from bot.errors import NotDrawn, PictureUnusable
from bot.pictures.orders import HEAD, Order, Outcome

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Pictures asked for at the same time: while one is on its way here, the next is drawn."""

TRIES = 3
"""Processes that may die of one picture before it is given up."""

COMMAND = (sys.executable, "-m", "bot.pictures")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long, in seconds, a process is waited for before it counts as stuck.

    `starting`: until it is ready; `drawing`: for one picture, which takes a second at most where nothing else
    is to be done.
    """

    starting: float = 60.0
    drawing: float = 30.0


class Atelier:
    """Draws picture after picture, by a process that is replaced when it dies or is stuck."""

    def __init__(self, command: Sequence[str] = COMMAND, patience: Patience = Patience()) -> None:
        self._command = command
        self._patience = patience
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._starting = asyncio.Lock()
        self._painter: _Painter | None = None

    @property
    def pid(self) -> int | None:
        """The process's number, while there is one."""
        return None if self._painter is None else self._painter.pid

    async def warm_up(self) -> None:
        """Start the process, so that the first picture need not wait for it, unless it cannot be started."""
        with suppress(NotDrawn):
            await self._ready()

    async def draw(self, order: Order) -> bytes:
        """The picture; drawn anew if the process dies of it.

        Raises:
            PictureUnusable: the host's own picture is none.
            NotDrawn: every process that tried died of it, was stuck, or could not be started.
        """
        tries = 0
        async with self._turns:
            while tries < TRIES:
                try:
                    painter = await self._ready()
                    return await painter.ask(pickle.dumps(order), self._patience.drawing)
                except _DiedOfAnother:
                    pass
                except NotDrawn:
                    tries += 1
        raise NotDrawn

    async def close(self) -> None:
        """End the process: it holds nothing that could be lost."""
        if self._painter is not None:
            await self._painter.end()
            self._painter = None

    async def _ready(self) -> "_Painter":
        """The process, or another one if it is gone; raises `NotDrawn`."""
        async with self._starting:
            if self._painter is None or self._painter.is_gone:
                await self.close()
                try:
                    self._painter = await _spawn(self._command)
                except OSError as error:
                    log.error("no process that draws can be started: %s", error)
                    raise NotDrawn from error
                log.info("the process that draws, %s, was started", self.pid)
                await self._painter.ask(b"", self._patience.starting)
            return self._painter


class _DiedOfAnother(Exception):
    """The process is gone, and was not yet at this picture."""


class _Painter(asyncio.Protocol):
    """One life of the process, which answers in the order in which it is asked."""

    def __init__(self, process: Process) -> None:
        self.is_gone = False
        self._process = process
        self._transport: asyncio.Transport | None = None
        self._read = bytearray()
        self._answers: deque[asyncio.Future[bytes]] = deque()

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(self, asked: bytes, patience: float) -> bytes:
        """The answer to an order, or to nothing when it is ready; raises as `Atelier.draw` does."""
        if self._transport is None or self.is_gone:
            raise NotDrawn
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._answers.append(answer)
        self._transport.write(asked)
        try:
            async with asyncio.timeout(patience):
                return await answer
        except TimeoutError as error:
            self.is_gone = True
            self._transport.abort()
            raise NotDrawn from error

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
        self._read += data
        while len(self._read) >= HEAD.size:
            outcome, length = HEAD.unpack_from(self._read)
            end = HEAD.size + length
            if len(self._read) < end:
                break
            content = bytes(self._read[HEAD.size : end])
            del self._read[:end]
            _settle(self._answers.popleft(), Outcome(outcome), content)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # of the interface
        """Called by the loop."""
        if self._answers:
            log.warning("the process that draws, %s, died or was stuck", self.pid)
        self.is_gone = True
        for place, answer in enumerate(self._answers):
            if not answer.done():
                answer.set_exception(NotDrawn() if place == 0 else _DiedOfAnother())
        self._answers.clear()


def _settle(answer: asyncio.Future[bytes], outcome: Outcome, content: bytes) -> None:
    """Let whoever waits know; nobody may wait any more."""
    if answer.done():
        return
    match outcome:
        case Outcome.DRAWN:
            answer.set_result(content)
        case Outcome.UNUSABLE:
            answer.set_exception(PictureUnusable())
        case Outcome.FAILED:
            answer.set_exception(RuntimeError(content.decode()))


@asynccontextmanager
async def open_atelier(
    command: Sequence[str] = COMMAND, patience: Patience = Patience()
) -> AsyncIterator[Atelier]:
    """An atelier that is closed in the end; to the command the number of its link is added."""
    atelier = Atelier(command, patience)
    try:
        yield atelier
    finally:
        await atelier.close()


async def _spawn(command: Sequence[str]) -> _Painter:
    """A process that begins to warm up; it ends as soon as our end of its link does, and hears no Ctrl-C."""
    ours, theirs = socket.socketpair()
    with theirs, ExitStack() as undoing:
        undoing.enter_context(ours)
        process = await asyncio.create_subprocess_exec(
            *command, str(theirs.fileno()), stdin=DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
        )
        painter = _Painter(process)
        await asyncio.get_running_loop().create_connection(lambda: painter, sock=ours)
        undoing.pop_all()
    return painter
