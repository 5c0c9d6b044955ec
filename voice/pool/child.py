"""One life of the relay process, seen from the main process: spawned, spoken with, and buried."""

import asyncio
import itertools
import logging
import signal
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from rooms.errors.calls import CallRefused, CallUnreachable
from rooms.errors.refusal import Refusal
from rooms.errors.sounds import SoundRefused
from rooms.ids import NO_CHAT, ChatId
from voice.messages.commands import Begin, Command, Ping
from voice.messages.link import Link, join_link
from voice.messages.reports import Answer, Done, Refused, Report

log = logging.getLogger(__name__)

_Refusal = TypeVar("_Refusal", bound=Refusal)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long, in seconds, the main process waits for the relay process before it gives it up.

    `booting`: for one that is just starting, before a command fails; `starting`: until its account is
    connected; `answering`: for the answer to a ping, one of which is sent every `between_pings`; `leaving`:
    until it has left its calls and exited when told to.

    `calm` is how long one must have worked before a spare is started: that takes seconds of the processor,
    which calls that are being taken up need more.
    """

    booting: float = 15.0
    starting: float = 60.0
    between_pings: float = 1.0
    answering: float = 6.0
    leaving: float = 3.0
    calm: float = 10.0


class Child:
    """A running relay process, idle until it lives. At its death commands fail with `CallUnreachable`."""

    def __init__(self, process: Process, news: Callable[[Report], None]) -> None:
        self.ready = asyncio.Event()
        """Set when the process takes commands."""
        self._process = process
        self._news = news
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Answer | None]] = {}
        self._link: Link[Report] | None = None

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    async def ask(self, command: Command, chat: ChatId, patience: float) -> Answer | None:
        """Have a command carried out; its id is set here. `patience` is in seconds.

        Raises:
            CallRefused: as the process says, or `CallUnreachable` when it dies or is too slow.
            SoundRefused: as the process says.
        """
        if self._link is None or self._link.lost.is_set():
            raise CallUnreachable(chat, "the relay process is down")
        command = msgspec.structs.replace(command, id=next(self._ids))
        answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._answers[command.id] = answer
        self._link.send(command)
        try:
            async with asyncio.timeout(patience):
                return await answer
        except TimeoutError as error:
            raise CallUnreachable(chat, "the relay process did not answer in time") from error
        except ConnectionError as error:
            raise CallUnreachable(chat, "the relay process died") from error
        finally:
            del self._answers[command.id]

    async def live(self, sock: socket.socket, patience: Patience) -> None:
        """Let the process work, over our end of its socket, until it dies or is stuck."""
        self._link = await join_link(sock, Report, self._hear)
        try:
            async with asyncio.TaskGroup() as watching:
                pinging = watching.create_task(self._ping(self._link, patience))
                await self._link.lost.wait()
                pinging.cancel()
        finally:
            self._link.abort()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError("the relay process is gone"))

    async def bury(self, patience: float) -> None:
        """Tell the process to leave and see its end, even if we are cancelled meanwhile: nobody else would.

        After so many seconds it is killed. Done again, nothing happens.
        """
        process = self._process
        if self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        deadline: float | None = asyncio.get_running_loop().time() + patience
        interruption: asyncio.CancelledError | None = None
        while process.returncode is None:
            try:
                async with asyncio.timeout_at(deadline):
                    await process.wait()
            except TimeoutError:
                log.warning("the relay process %s had to be killed", process.pid)
                with suppress(ProcessLookupError):
                    process.kill()
                deadline = None
            except asyncio.CancelledError as error:
                interruption = error
        log.info("the relay process %s ended with %s", process.pid, process.returncode)
        if interruption is not None:
            raise interruption

    async def _ping(self, link: Link[Report], patience: Patience) -> None:
        """Hang up on a process that is stuck."""
        try:
            await self.ask(Begin(0), NO_CHAT, patience.starting)
            self.ready.set()
            while True:
                await self.ask(Ping(0), NO_CHAT, patience.answering)
                await asyncio.sleep(patience.between_pings)
        except CallRefused as error:
            log.warning("the relay process %s is given up: %s", self._process.pid, error)
            link.abort()

    def _hear(self, report: Report) -> None:
        if isinstance(report, Done | Refused):
            answer = self._answers.get(report.id)
            if answer is None or answer.done():
                return
            if isinstance(report, Done):
                answer.set_result(report.answer)
            else:
                answer.set_exception(_refusal(report))
        else:
            self._news(report)


def _refusal(report: Refused) -> Refusal:
    """What the process refused, as it was raised there."""
    if report.kind in _CALL_REFUSALS:
        return _CALL_REFUSALS[report.kind](report.chat, report.reason)
    return _SOUND_REFUSALS[report.kind](report.title, report.reason)


def _family(kind: type[_Refusal]) -> dict[str, type[_Refusal]]:
    """A class of refusals and all that are derived from it, by name."""
    family = {kind.__name__: kind}
    for derived in kind.__subclasses__():
        family |= _family(derived)
    return family


_CALL_REFUSALS = _family(CallRefused)
_SOUND_REFUSALS = _family(SoundRefused)


@asynccontextmanager
async def spawned(
    command: Sequence[str],
    environment: Mapping[str, str] | None,
    patience: Patience,
    news: Callable[[Report], None],
) -> AsyncIterator[tuple[Child, socket.socket]]:
    """A relay process and our end of its socket; in the end it is told to leave its calls, and must.

    The number of its own end is appended to the command. It writes where we write, and does not share our
    terminal's signals, so that Ctrl-C leaves it the time to say goodbye. `environment` None means ours.
    """
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = await asyncio.create_subprocess_exec(
            *command,
            str(theirs.fileno()),
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        log.info("the relay process %s was started", process.pid)
        child = Child(process, news)
        try:
            yield child, ours
        finally:
            ours.close()
            await child.bury(patience.leaving)
