"""Presences over the real call library, in a process of their own, which a live call would abort at its end.

The argument is the sandbox's MTProto socket. On standard input it takes commands, on standard output it tells
what happens, both as one JSON list a line: a name, then what belongs to it. Each performance begins by
`["perform", chat]` and ends by `["leave"]`; in it there is a presence in the chat, and a tone is sent.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from pyrogram import Client
from pyrogram.handlers import RawUpdateHandler

from rooms.errors.calls import CallRefused
from rooms.ids import ChatId, PersonId, RoomId
from rooms.stage import Stage
from sandbox.session import sandbox_client
from tests.sandbox.sounds import tone
from voice.call.presence import Presence
from voice.call.switchboard import Switchboard, connected
from voice.house.greenroom import check
from voice.mixing.metronome import slots
from voice.mixing.sound import Block
from voice.mixing.units import SLOT
from voice.telegram.account import Account
from voice.telegram.calls import GroupCalls

OWN_TONE = 700.0
LOUD = 500.0
"""The root mean square of a slot in which somebody clearly speaks."""


def tell(*news: object) -> None:
    sys.stdout.write(f"{json.dumps(news)}\n")
    sys.stdout.flush()


def as_list(stage: Stage) -> list[Any]:
    return [[one.person, one.name, one.is_muted, one.may_speak, one.hand is not None] for one in stage.people]


class Show:
    """The presence, and what is asked of it."""

    def __init__(self, chat: ChatId, account: Account, switchboard: Switchboard) -> None:
        self.calls = GroupCalls(account)
        self.chat = chat
        self.presence = presence = Presence(chat, PersonId(account.own_id), self.calls, switchboard)
        self.switchboard = switchboard
        self.told: list[Any] = []
        presence.moved = self._moved
        presence.lost = lambda: tell("lost")
        presence.back = lambda away: tell("back", away)
        presence.enlarged = lambda: tell("enlarged")

    def _moved(self) -> None:
        stage = as_list(self.presence.stage(()))
        if stage != self.told:
            self.told = stage
            tell("stage", stage)

    async def watch(self) -> None:
        await self.presence.run()
        tell("ended", self.presence.ending)

    async def sound(self) -> None:
        sound = tone(OWN_TONE, 1.0)
        heard: dict[PersonId | None, int] = {}
        async for slot in slots(time.monotonic(), time.monotonic):
            at = slot % 50 * SLOT
            await self.switchboard.send(self.chat, sound[at : at + SLOT])
            for source, block in self.presence.intake.take().items():
                person = self.presence.person_of(source)
                heard[person] = heard.get(person, 0) + is_loud(block)
            if slot % 10 == 0:
                tell("heard", [[person, count] for person, count in heard.items() if count])
                heard.clear()


def is_loud(block: Block) -> bool:
    return float(np.sqrt(np.mean(block.astype(float) ** 2))) > LOUD


def commands(show: Show, tasks: asyncio.TaskGroup) -> dict[str, Callable[..., Awaitable[object]]]:
    presence, floor = show.presence, show.presence.floor

    async def join(title: str, joins_muted: bool | None = None) -> None:
        if joins_muted is not None:
            await presence.let_in_muted(joins_muted)
        await presence.join(title)
        tasks.create_task(show.watch())

    async def schedule(room: int, title: str, at: float) -> int:
        call = await show.calls.schedule(RoomId(room), show.chat, title, datetime.fromtimestamp(at, UTC))
        return call.id

    return {
        "join": join,
        "rejoin": presence.join,
        "schedule": schedule,
        "unschedule": lambda call: show.calls.unschedule(show.chat, call),
        "let_speak": floor.let_speak,
        "silence": floor.silence,
        "silence_all": floor.silence_all,
        "lower_hand": floor.lower_hand,
        "set_volume": floor.set_volume,
        "let_in_muted": presence.let_in_muted,
        "links": presence.links,
        "is_carrying": presence.is_carrying,
        "check": lambda: check(show.calls, show.chat),
    }


async def asked() -> AsyncIterator[list[Any]]:
    """What is asked, until nothing more can be."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        yield json.loads(line)


async def obey(show: Show, tasks: asyncio.TaskGroup, orders: AsyncIterator[list[Any]]) -> None:
    known = commands(show, tasks)
    async for name, *args in orders:
        if name == "leave":
            return
        try:
            tell("did", name, await known[name](*args))
        except CallRefused as refusal:
            tell("refused", type(refusal).__name__, refusal.reason)


class Over(Exception):
    """The show is over."""


async def perform(show: Show, orders: AsyncIterator[list[Any]]) -> None:
    tell("ready")
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(show.sound())
            await obey(show, tasks, orders)
            raise Over
    except* Over:
        await show.presence.leave()
    tell("left")


async def main(socket: Path) -> None:
    client = sandbox_client(socket)
    async with connected(client) as switchboard:
        account, shows, orders = Account(client), list[Show](), asked()

        async def hear(_: Client, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
            for show in shows[-1:]:
                show.presence.hear(update, users, chats)

        client.add_handler(RawUpdateHandler(hear), -10_000)
        async for _perform, chat in orders:
            shows.append(Show(ChatId(chat), account, switchboard))
            await perform(shows[-1], orders)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
