"""A hall of groups with a voice server, in a process of its own, as Telegram is for the relay account."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import uvloop

from benchmarks.utterances import PACKET_SECONDS, SAID, Utterance
from sandbox.exchange import Exchange
from sandbox.mtproto import MtprotoDoor
from sandbox.sfu import VoiceServer
from sandbox.sfu.native import OPUS
from sandbox.sfu.rtp import Rtp
from sandbox.world.entities import Chat, Membership, Person, Status
from sandbox.world.world import World

SPEAKER, RELAY, LISTENER = 10_002, 10_900, 10_901
RIGHTS = frozenset({"can_manage_video_chats"})

TIMESTAMPS = 960
"""Ticks of RTP time that a packet lasts (RFC 7587)."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A running hall: the doors for the relay and for another account, and the groups' ids."""

    relay: Path
    listener: Path
    groups: Sequence[int]
    process: Process

    async def marks(self) -> dict[int, list[float]]:
        """For each group when every mark left until now, in seconds of the machine's monotonic clock."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the hall has no pipes")
        self.process.stdin.write(b"\n")
        instants = json.loads(await self.process.stdout.readline())
        return dict(zip(self.groups, instants, strict=True))


@asynccontextmanager
async def open_hall(folder: Path, groups: int, said: str) -> AsyncIterator[Hall]:
    """A process with so many groups; whenever one of them has a call, somebody speaks in it without end.

    Args:
        folder: where the doors' sockets are put.
        groups: how many; in each the relay account is an admin, and another account a member.
        said: what everybody says, a key of `SAID`.
    """
    command = [sys.executable, "-m", "benchmarks.hall", str(folder), str(groups), said]
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the hall has no pipes")
    try:
        ids = json.loads(await process.stdout.readline())
        yield Hall(*_doors(folder), ids, process)
    finally:
        process.stdin.close()
        await process.wait()


class _Speaker:
    """Speaks in one group's calls, by packets that were made before: what costs nothing is not measured."""

    def __init__(self, world: World, voice: VoiceServer, chat: Chat, number: int) -> None:
        self.marks: list[float] = []
        self._world = world
        self._voice = voice
        self._chat = chat
        self._source = 1_000_000 + number

    async def run(self, utterance: Utterance, delay: float) -> None:
        """Say it over and over, for ever; the first packet is due after so many seconds."""
        loop = asyncio.get_running_loop()
        began = loop.time() + delay
        number = 0
        while True:
            await asyncio.sleep(max(0.0, began + number * PACKET_SECONDS - loop.time()))
            self._say(utterance, number)
            number += 1

    def _say(self, utterance: Utterance, number: int) -> None:
        call = self._chat.call
        if call is None:
            return
        if SPEAKER not in call.participants:
            self._world.calls.join(call, SPEAKER, self._source, muted=False)
        place = number % len(utterance.packets)
        payload = utterance.packets[place]
        if place in utterance.marks and self._voice.connected(call.id):
            self.marks.append(monotonic())
        packet = Rtp(OPUS, False, number & 0xFFFF, number * TIMESTAMPS & 0xFFFFFFFF, self._source, payload)
        self._voice.bring_in(call.id, packet)


def _doors(folder: Path) -> tuple[Path, Path]:
    return folder / "relay.sock", folder / "listener.sock"


def _populate(world: World, groups: int) -> list[Chat]:
    for person in (SPEAKER, RELAY, LISTENER):
        world.society.add(Person(person, f"Person {person}"))
    chats = [world.society.create_group(f"Group {number}", SPEAKER) for number in range(groups)]
    for chat in chats:
        for member in (Membership(LISTENER), Membership(RELAY, Status.ADMINISTRATOR, RIGHTS)):
            chat.members[member.person] = member
    return chats


async def _serve(folder: Path, groups: int, said: str) -> None:
    world = World()
    chats = _populate(world, groups)
    utterance = SAID[said]()
    async with AsyncExitStack() as stack:
        voice = await stack.enter_async_context(VoiceServer())
        exchange = Exchange(world, voice)
        for account, door in zip((RELAY, LISTENER), _doors(folder), strict=True):
            await stack.enter_async_context(MtprotoDoor(world, exchange, account).serve(door))
        speakers = [_Speaker(world, voice, chat, number) for number, chat in enumerate(chats)]
        async with asyncio.TaskGroup() as speaking:
            delays = (PACKET_SECONDS * number / groups for number in range(groups))
            tasks = [
                speaking.create_task(speaker.run(utterance, delay))
                for speaker, delay in zip(speakers, delays, strict=True)
            ]
            _tell([chat.id for chat in chats])
            while await asyncio.to_thread(sys.stdin.readline):
                _tell([speaker.marks for speaker in speakers])
            for task in tasks:
                task.cancel()


def _tell(news: object) -> None:
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(_serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
