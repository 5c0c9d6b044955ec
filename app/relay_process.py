"""The relay process: an account's client made from the settings, at work on the link it inherited."""

import argparse
import asyncio
import logging
import socket
from collections.abc import Sequence

import uvloop

from app.accounts import USUAL, client_of
from app.logs import set_up_logs
from app.settings import Settings, forget_environment, read_settings
from voice.accounts.session_keys import SessionsRefused

log = logging.getLogger(__name__)


def main(words: Sequence[str] | None = None) -> None:
    """Serve the main process as the relay account that the arguments name; None: the command's."""
    parser = argparse.ArgumentParser("app.relay_process", description=__doc__)
    parser.add_argument("--account", default=USUAL, help="the name that the account was logged in by")
    parser.add_argument("link", type=int, help="the number of our end of the socket pair")
    asked = parser.parse_args(words)
    settings = read_settings()
    forget_environment()
    set_up_logs(settings.log_level, settings.log_format)
    uvloop.run(_work(asked.link, asked.account, settings))


async def _work(link: int, account: str, settings: Settings) -> None:
    try:
        client = client_of(settings, account)
    except SessionsRefused as refused:
        await _turn_away(link, str(refused))
        return
    from voice.house.worker import work

    await work(link, client, settings.recordings, allows_private=settings.allows_private_addresses)


async def _turn_away(link_fd: int, reason: str) -> None:
    """Tell the main process, when it is our turn, that nobody will get in with what is on disk."""
    from voice.messages.commands import Command
    from voice.messages.link import join_link
    from voice.messages.reports import TurnedAway

    commands: asyncio.Queue[Command] = asyncio.Queue()
    link = await join_link(socket.socket(fileno=link_fd), Command, commands.put_nowait)
    async with asyncio.TaskGroup() as waiting:
        turn, end = waiting.create_task(commands.get()), waiting.create_task(link.lost.wait())
        await asyncio.wait([turn, end], return_when=asyncio.FIRST_COMPLETED)
        turn.cancel()
        end.cancel()
    link.send(TurnedAway(reason))
    link.close()
    await link.lost.wait()


if __name__ == "__main__":
    main()
