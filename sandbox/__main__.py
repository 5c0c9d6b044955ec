"""The sandbox's process: says where its doors are, and runs until it is told to end."""

import argparse
import asyncio
import gc
import json
import logging
import os
import re
import signal
import stat
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from sandbox.doors import SEEDS, CannotOpen, Options, open_doors

TOKEN = re.compile(r"[0-9]{6,16}:[A-Za-z0-9_-]{1,128}")
DEMO_TOKEN = "700000001:demo-token-that-is-no-secret"  # noqa: S105  # known to the sandbox alone

MISUSED = 2
"""The exit status when a door cannot be opened as asked."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the sandbox as the command line, or these words, say; gives the exit status."""
    arguments = _parser().parse_args(words)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="sandbox: %(message)s")
    options = Options(arguments.host, arguments.port, arguments.mtproto, arguments.token, arguments.seed)
    try:
        asyncio.run(_serve(options, is_tied=arguments.tied))
    except CannotOpen as error:
        sys.stderr.write(f"{error}\n")
        return MISUSED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="An offline Telegram: the Bot API, an account's API, a voice server, and a chat app to "
        "be anybody in. Prints its addresses as a line of JSON when all is open, and runs until Ctrl-C.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=8090, help="of the Bot API and the chat app, 0 for any (%(default)s)"
    )
    parser.add_argument(
        "--mtproto", type=Path, metavar="PATH", help="of the Unix socket on which the relay account's API is"
    )
    parser.add_argument("--token", type=_token, default=DEMO_TOKEN, help="the bot's (%(default)s)")
    parser.add_argument(
        "--seed",
        choices=SEEDS,
        default="demo",
        help="who there is: people in two groups, or the bot and the relay account alone (%(default)s)",
    )
    parser.add_argument("--tied", action="store_true", help="end when standard input is closed")
    return parser


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: write a number from 0 to 65535")
    return int(text)


def _token(text: str) -> str:
    if not TOKEN.fullmatch(text):
        raise argparse.ArgumentTypeError(
            "a token is a number of six digits or more, a colon, and letters, digits, _ or -"
        )
    return text


async def _serve(options: Options, *, is_tied: bool) -> None:
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end.set)
    async with _tied(end) if is_tied else nullcontext(), open_doors(options) as doors:
        sys.stdout.write(json.dumps(doors) + "\n")
        sys.stdout.flush()
        await end.wait()


@asynccontextmanager
async def _tied(end: asyncio.Event) -> AsyncIterator[None]:
    """Set the event when standard input is closed. Raises `CannotOpen` when that cannot be known."""
    mode = os.fstat(sys.stdin.fileno()).st_mode if sys.stdin else 0
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        raise CannotOpen("--tied needs a pipe as standard input: it waits for its end.")
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: _Tie(end), sys.stdin)
    try:
        yield
    finally:
        transport.close()


class _Tie(asyncio.Protocol):
    """What is read does not matter, only that there is nothing more to read."""

    def __init__(self, end: asyncio.Event) -> None:
        self._end = end

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._end.set()


if __name__ == "__main__":
    status = main()
    # Looking for garbage among the thousands of TL classes would take longer than everything else at the end.
    gc.freeze()
    sys.exit(status)
