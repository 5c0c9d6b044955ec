"""The doors: one world, opened to bots, to the relay accounts, to voices and to a browser."""

import errno
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.console import Console
from sandbox.console.accounts import Accounts
from sandbox.exchange import Exchange
from sandbox.mtproto import MtprotoDoor
from sandbox.people.cast import Cast
from sandbox.people.crowd import Crowd
from sandbox.seed import BOT_USERNAME, seed_demo, seed_empty
from sandbox.sfu import VoiceServer
from sandbox.world.world import World

SEEDS = {"demo": seed_demo, "empty": seed_empty}

LARGEST = 64 << 20
"""Bytes of a request: an upload of Telegram's 50 MB fits."""

FAREWELL = 0.2
"""Seconds that requests under way are given at the end."""


class CannotOpen(Exception):
    """A door that cannot be opened; the message says which and why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where the doors shall be and who is behind them.

    `port` 0 is any; without `mtproto`, its socket lies in a folder of its own; `seed` is one of `SEEDS`.
    """

    host: str
    port: int
    mtproto: Path | None
    token: str
    seed: str


@asynccontextmanager
async def open_doors(options: Options) -> AsyncIterator[dict[str, Any]]:
    """Open everything; gives what there is to know of it, ready for JSON. Raises `CannotOpen`."""
    world = World()
    cast = SEEDS[options.seed](world, options.token)
    async with AsyncExitStack() as stack:
        voice = await stack.enter_async_context(VoiceServer())
        exchange = Exchange(world, voice)
        path = options.mtproto or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "mtproto.sock"
        door = MtprotoDoor(world, exchange, cast.relay, spare=cast.spare)
        await _open_mtproto(stack, door, path)
        crowd = await stack.enter_async_context(Crowd(world, exchange, voice, cast))
        bot_api = BotApi(world)
        application = web.Application(client_max_size=LARGEST)
        application.add_routes(bot_api.routes())
        application.add_routes(Accounts(door).routes())
        application.add_routes(Console(world, exchange, voice, bot_api, crowd).routes())
        http = await _open_http(stack, application, options)
        stack.callback(bot_api.close)
        yield {
            "http": http,
            "console": http,
            "mtproto": str(path),
            "voice": f"{voice.address[0]}:{voice.address[1]}",
            **_known(cast),
        }


def _known(cast: Cast) -> dict[str, Any]:
    return {
        "bot": {"id": cast.bot, "username": BOT_USERNAME},
        "relay": cast.relay,
        "spare": cast.spare,
        "people": dict(cast.people),
        "chats": dict(cast.chats),
    }


async def _open_mtproto(stack: AsyncExitStack, door: MtprotoDoor, path: Path) -> None:
    if _is_something_else(path):
        raise CannotOpen(f"{path} is there already and no socket: choose another path by --mtproto.")
    try:
        await stack.enter_async_context(door.serve(path))
    except OSError as error:
        raise CannotOpen(f"{path} cannot be a socket ({error.strerror or error}): see --mtproto.") from error


def _is_something_else(path: Path) -> bool:
    """Whether a file is in the way; a socket there is an earlier process's, and is replaced."""
    return path.exists() and not path.is_socket()


async def _open_http(stack: AsyncExitStack, application: web.Application, options: Options) -> str:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=FAREWELL)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, options.host, options.port)
    try:
        await site.start()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotOpen(f"Port {options.port} is taken: choose another one by --port.") from error
        reason = error.strerror or str(error)
        raise CannotOpen(f"{options.host} cannot be served on ({reason}): see --host.") from error
    host, port = runner.addresses[0][:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
