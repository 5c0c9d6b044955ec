"""The relay: the ports Calls and Airwaves over a relay process that is started again whenever it dies."""

import asyncio
import logging
import random
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from rooms.airwaves import MemoryAirwaves
from rooms.errors import CallUnreachable
from rooms.ids import NO_CHAT, ChatId, RoomId
from rooms.ports import CallEnded, CallEvent, Opening, Packet, RelayRestarted, StageChanged
from rooms.records import Recording
from voice.bulletin import Bulletin
from voice.child import Child, Patience, spawned
from voice.errors import AccountRefused
from voice.wire import Close, Ended, Finished, GoLive, Open, Report, Sound, StageMoved, TurnedAway

log = logging.getLogger(__name__)

BOOTING = 15.0
"""Seconds a command waits for a relay process that is just starting."""

OPENING, GOING_LIVE, CLOSING = 45.0, 10.0, 45.0
"""Seconds that each command may take."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0
"""Seconds before a process that died is replaced: doubled by each death, with jitter."""

SETTLED = 30.0
"""Seconds of life after which a death counts as the first one again."""


class Relay:
    """Opens and closes calls and carries their sound, as long as `run` runs.

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
        self.is_up = asyncio.Event()
        """Set while a relay process takes commands."""
        self._command = tuple(command)
        self._environment = environment
        self._patience = patience
        self._airwaves = MemoryAirwaves()
        self._bulletin = Bulletin()
        self._child: Child | None = None
        self._chats: dict[RoomId, ChatId] = {}
        self._began: dict[RoomId, float] = {}
        self._turn = asyncio.Lock()
        self._deaths = 0
        self._had_another = False
        self._turned_away: str | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process that takes commands now, if one does."""
        return None if self._child is None else self._child.pid

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
                self._deaths += 1
                log.error("no relay process can be started: %s", error)
            pause = min(FIRST_PAUSE * 2 ** min(self._deaths - 1, 20), LONGEST_PAUSE)
            await asyncio.sleep(pause * random.uniform(1, 2))  # noqa: S311

    async def _let_work(self, child: Child, sock: socket.socket) -> None:
        """One process's turn, until it has died; raises `AccountRefused`."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as life:
            announcing = life.create_task(self._announce(child))
            try:
                await child.live(sock, self._patience)
            finally:
                announcing.cancel()
                self._child = None
                self.is_up.clear()
        await child.bury(self._patience.leaving)
        if self._turned_away is not None:
            raise AccountRefused(self._turned_away)
        self._deaths = 1 if time.monotonic() - began > SETTLED else self._deaths + 1
        log.warning("the relay process died; another one follows")

    async def open(self, opening: Opening) -> None:
        """Start, create or adopt the chat's call and join it; asked twice, it makes sure.

        Raises:
            CallRefused: Telegram or the voice server does not let us, or the relay process is down.
        """
        room = opening.room
        self._chats[room] = opening.chat
        began = self._began.setdefault(room, time.monotonic())
        command = Open(0, room, opening.chat, opening.title, opening.is_live, opening.is_recorded, began)
        await self._ask(command, OPENING)

    async def go_live(self, room: RoomId) -> None:
        """Hold music ends, the jingle sounds, the recording begins if there is one; raises `CallRefused`."""
        await self._ask(GoLive(0, room), GOING_LIVE)

    async def close(self, room: RoomId) -> Recording | None:
        """End the call and finish the recording; None when nothing was recorded. Raises `CallRefused`."""
        finished = await self._ask(Close(0, room), CLOSING)
        self._chats.pop(room, None)
        self._began.pop(room, None)
        if finished is None:
            return None
        return Recording(room, Path(finished.path), finished.duration, finished.gaps)

    def events(self) -> AbstractAsyncContextManager[AsyncIterator[CallEvent]]:
        """What happens in the calls from now on, in order."""
        return self._bulletin.follow()

    def publish(self, room: RoomId, packet: Packet) -> None:
        """Send a packet out to those who listen in this process; never blocks."""
        self._airwaves.publish(room, packet)

    def listen(self, room: RoomId) -> AbstractAsyncContextManager[AsyncIterator[Packet]]:
        """The room's packets from now on."""
        return self._airwaves.listen(room)

    async def _ask(self, command: Open | GoLive | Close, patience: float) -> Finished | None:
        chat = self._chats.get(command.room, NO_CHAT)
        try:
            async with asyncio.timeout(BOOTING):
                await self.is_up.wait()
        except TimeoutError as error:
            raise CallUnreachable(chat, "the relay process is down") from error
        if self._child is None:
            raise CallUnreachable(chat, "the relay process is down")
        return await self._child.ask(command, chat, patience)

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
                self._airwaves.publish(room, Packet(at, opus, level))
            case StageMoved(room=room, stage=stage):
                self._bulletin.post(StageChanged(room, stage))
            case Ended(room=room):
                self._bulletin.post(CallEnded(room))
            case TurnedAway(reason=reason):
                self._turned_away = reason
