"""A town of groups on the sandbox's Bot API, in a process of its own, as Telegram is for the bot."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx
from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.seed import BOT_RIGHTS, seed_empty
from sandbox.world.changes import Change, MessagePosted
from sandbox.world.entities import Membership, Message, Person, Status
from sandbox.world.world import World

TOKEN = "700000003:a-token-of-the-benchmarks"  # noqa: S105  # known to the town alone
ADA = 10_002


@dataclass(frozen=True, slots=True)
class Town:
    """A running town; `groups` are the chats' ids."""

    address: str
    groups: Sequence[int]

    async def report(self) -> dict[str, Any]:
        """What happened: `cards` and `pins` per group, `posted` instants of the machine's clock, `floods`."""
        async with httpx.AsyncClient(trust_env=False) as client:
            report: dict[str, Any] = (await client.get(f"{self.address}/report")).json()
        return report


@asynccontextmanager
async def open_town(groups: int, *, has_floods: bool) -> AsyncIterator[Town]:
    """A process with so many groups, in each of which the bot is an admin; it ends with the block."""
    command = [sys.executable, "-m", "benchmarks.town", str(groups), str(int(has_floods))]
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the town has no pipes")
    try:
        doors = json.loads(await process.stdout.readline())
        yield Town(doors["address"], doors["groups"])
    finally:
        process.stdin.close()
        await process.wait()


class _Book:
    """Keeps count of what bots do."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._posted: list[float] = []
        self._floods = 0
        world.society.watch(self._notice)

    def _notice(self, change: Change) -> None:
        match change:
            case MessagePosted(message=Message(media=media)) if media is not None:
                self._posted.append(monotonic())

    @web.middleware
    async def count(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Pass the request on, and see whether it was too many."""
        response = await handler(request)
        self._floods += response.status == 429
        return response

    async def report(self, _request: web.Request) -> web.Response:
        """All that was counted."""
        chats = [chat for chat in self._world.society.chats.values() if chat.id < 0]
        cards = [sum(one.media is not None for one in chat.messages.values()) for chat in chats]
        pins = [len(chat.pinned) for chat in chats]
        return web.json_response(
            {"cards": cards, "pins": pins, "posted": self._posted, "floods": self._floods}
        )


async def _serve(groups: int, *, has_floods: bool) -> None:
    world = World()
    cast = seed_empty(world, TOKEN)
    world.society.add(Person(ADA, "Ada"))
    chats = [world.society.create_group(f"Group {number}", ADA) for number in range(groups)]
    for chat in chats:
        chat.members[cast.bot] = Membership(cast.bot, Status.ADMINISTRATOR, BOT_RIGHTS)
    api, book = BotApi(world), _Book(world)
    api.floods.is_on = has_floods
    application = web.Application(middlewares=[book.count], client_max_size=64 << 20)
    application.add_routes([*api.routes(), web.get("/report", book.report)])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        doors = {
            "address": f"http://127.0.0.1:{runner.addresses[0][1]}",
            "groups": [chat.id for chat in chats],
        }
        sys.stdout.write(json.dumps(doors) + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
    finally:
        api.close()
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), has_floods=sys.argv[2] == "1"))
