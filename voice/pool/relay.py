"""The relay: the ports over a relay process that is started again whenever it dies."""

import asyncio
import logging
import math
import socket
import time
from collections.abc import Callable, Mapping, Sequence

from rooms.errors.calls import CallUnreachable, RelayDiskRefused, RelayResting
from rooms.ids import ChatId
from rooms.ports import CallRegained, Packet, RelayRestarted
from voice.errors import AccountRefused
from voice.messages.commands import Command
from voice.messages.reports import (
    Answer,
    Done,
    Ended,
    Refused,
    Report,
    Resting,
    Sound,
    Torn,
    TurnedAway,
    event_of,
)
from voice.pool.child import Child, Patience, spawned
from voice.pool.deaths import Deaths
from voice.pool.desks import CallDesk, FloorDesk, SoundDesk

log = logging.getLogger(__name__)

PROCESS_DIES, DISK_REFUSES = "PROCESS_DIES", "DISK_REFUSES"
"""Reasons for trouble of our own, beside those that Telegram gives (FLOOD_WAIT_720)."""


class Relay(CallDesk, FloorDesk, SoundDesk):
    """Carries out what the ports ask for, and carries the rooms' sound, as long as `run` runs.

    One relay process works; a spare one, which has loaded all it needs and touches nothing, takes over when
    it dies. A room's `Packet.at` goes on from one to the next, so a death is heard as a gap.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        patience: Patience = Patience(),  # noqa: B008  it is immutable
    ) -> None:
        """Take the command of the relay process, to which a file descriptor's number will be appended.

        `environment` is all of its environment; None: ours.
        """
        super().__init__()
        self.is_up = asyncio.Event()
        """Set while a relay process takes commands."""
        self.troubled: Callable[[str], None] = lambda _: None
        """Told the reason of what is worth an operator's attention."""
        self._command = tuple(command)
        self._environment = environment
        self._patience = patience
        self._child: Child | None = None
        self._turn = asyncio.Lock()
        self._deaths = Deaths()
        self._down_since = time.monotonic()
        self._rests_until = 0.0
        self._next_life = 0.0
        self._had_another = False
        self._turned_away: str | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process that takes commands now, if one does."""
        return None if self._child is None else self._child.pid

    @property
    def rests_for(self) -> float:
        """Seconds for which Telegram asks the account to be quiet from now on; 0 when it does not."""
        return max(0.0, self._rests_until - time.monotonic())

    @property
    def down_for(self) -> float:
        """Seconds since which no process takes commands; 0 when one does."""
        return 0.0 if self.is_up.is_set() else time.monotonic() - self._down_since

    async def run(self) -> None:
        """Keep a relay process at work, for ever; cancelled, see it leave its calls and exit.

        Raises:
            AccountRefused: no process will ever get into Telegram with this session.
        """
        try:
            async with asyncio.TaskGroup() as lives:
                lives.create_task(self._take_turns())
                await self.is_up.wait()
                lives.create_task(self._take_turns())
        except* AccountRefused:
            pass  # told below, as itself
        raise AccountRefused(self._turned_away)

    async def _take_turns(self) -> None:
        """Start a process, let it work when no other does, and when it has died start anew."""
        while True:
            if self._turn.locked():
                await self.is_up.wait()
                await asyncio.sleep(self._patience.calm)
            spawning = spawned(self._command, self._environment, self._patience, self._hear)
            try:
                async with spawning as (child, sock), self._turn:
                    await self._let_work(child, sock)
            except OSError as error:
                self._mourn(time.monotonic())
                log.error("no relay process can be started: %s", error)
            await asyncio.sleep(self._deaths.pause())

    async def _let_work(self, child: Child, sock: socket.socket) -> None:
        """One process's turn, until it has died; raises `AccountRefused`."""
        await asyncio.sleep(self._next_life - time.monotonic())
        began = time.monotonic()
        async with asyncio.TaskGroup() as life:
            announcing = life.create_task(self._announce(child))
            try:
                await child.live(sock, self._patience)
            finally:
                announcing.cancel()
                if self._child is not None:
                    self._down_since = time.monotonic()
                self._child = None
                self.is_up.clear()
        await child.bury(self._patience.leaving)
        if self._turned_away is not None:
            raise AccountRefused(self._turned_away)
        if self._next_life <= time.monotonic():
            log.warning("the relay process died; another one follows")
            self._mourn(began)

    def _mourn(self, began: float) -> None:
        """A process died that began then; when that happens again and again, somebody must look."""
        self._deaths.add(began, time.monotonic())
        if self._deaths.are_too_many:
            log.error("the relay process dies again and again")
            self.troubled(PROCESS_DIES)

    async def ask(self, command: Command, chat: ChatId, patience: float) -> Answer | None:
        """Have the relay process carry out a command; raises `CallRefused`, `SoundRefused`."""
        if self.rests_for and not self.is_up.is_set():
            raise RelayResting(chat, f"FLOOD_WAIT_{math.ceil(self.rests_for)}")
        try:
            async with asyncio.timeout(self._patience.booting):
                await self.is_up.wait()
        except TimeoutError as error:
            raise CallUnreachable(chat, "the relay process is down") from error
        if self._child is None:
            raise CallUnreachable(chat, "the relay process is down")
        try:
            return await self._child.ask(command, chat, patience)
        except RelayDiskRefused:
            self.troubled(DISK_REFUSES)
            raise

    async def _announce(self, child: Child) -> None:
        await child.ready.wait()
        self._child = child
        self.is_up.set()
        if self._had_another:
            log.warning("the relay process is back")
            self._bulletin.post(RelayRestarted())
        self._had_another = True

    def _hear(self, report: Report) -> None:
        match report:
            case Sound(room=room, at=at, opus=opus, level=level):
                if away := self._continuity.follow(room, at):
                    self._bulletin.post(CallRegained(room, away))
                self._airwaves.publish(room, Packet(at, opus, level))
            case Ended(room=room, chat=None):
                self._continuity.forget(room)
                self._bulletin.post(event_of(report))
            case TurnedAway(reason=reason):
                self._turned_away = reason
            case Resting(seconds=seconds):
                self._rest(seconds)
            case Done() | Refused():
                pass  # answers, which the child has handed to those who asked
            case Torn():
                self.troubled(DISK_REFUSES)
                self._bulletin.post(event_of(report))
            case _:
                self._bulletin.post(event_of(report))

    def _rest(self, seconds: float) -> None:
        """Telegram asks the account to be quiet, perhaps before it is let in: nobody tries till then."""
        is_news = self.rests_for == 0
        until = time.monotonic() + seconds
        self._rests_until = max(until, self._rests_until)
        if self._child is None:
            self._next_life = until
        if is_news:
            log.warning("Telegram asks the account to be quiet for %.0f s", seconds)
            self.troubled(f"FLOOD_WAIT_{seconds:.0f}")
