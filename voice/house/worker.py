"""The relay process: carries out the main process's commands until it is told to stop or left alone."""

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pyrogram import Client
from pyrogram.handlers import RawUpdateHandler

from rooms.errors.calls import CallRefused, RelayStumbled
from rooms.errors.sounds import SoundRefused
from rooms.ids import NO_CHAT, PersonId
from voice.call.switchboard import connected
from voice.errors import AccountRefused
from voice.house.duties import carry_out
from voice.house.equipment import Equipment
from voice.house.house import House
from voice.messages.commands import Command
from voice.messages.link import Link, join_link
from voice.messages.reports import Done, Refused, Report, Resting, TurnedAway
from voice.sources.sounds import load_sounds
from voice.telegram.account import Account, first_of
from voice.telegram.calls import GroupCalls
from voice.telegram.quiet import FLOODS, Quiet

log = logging.getLogger(__name__)

BEFORE_ALL_OTHERS = -10_000
"""The group of our update handler: the call library's, at -9999, may keep an update waiting."""


async def work(link_fd: int, client: Client, recordings: Path, *, allows_private: bool = False) -> None:
    """Be the relay process, which waits for its turn before it touches the network.

    Args:
        link_fd: our end of the socket pair, inherited from the main process.
        client: a genuine kurigram client, not started yet.
        recordings: the folder under which every room gets its own.
        allows_private: whether sounds may be fetched from, and passed on to, private networks.

    Returns when the main process is gone, closes the link or sends SIGTERM, or when Telegram does not accept
    the account's session or lets it wait, which it reports; all calls have been left then.
    """
    told_to_stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    inbox: asyncio.Queue[Command] = asyncio.Queue()
    link = await join_link(socket.socket(fileno=link_fd), Command, inbox.put_nowait)
    Quiet(client, lambda seconds: link.send(Resting(seconds)))
    try:
        sounds = await asyncio.to_thread(load_sounds)
        with ThreadPoolExecutor(1, "disk") as disk:
            async with _work_until(told_to_stop, link.lost) as tasks:
                begin = await inbox.get()
                async with connected(client) as switchboard:
                    account = Account(client)
                    own_id, group_calls = PersonId(account.own_id), GroupCalls(account)
                    equipment = Equipment(
                        recordings, disk, sounds, own_id, group_calls, switchboard, allows_private
                    )
                    house = House(equipment, link.send, tasks)
                    _tell_updates(client, house)
                    tasks.create_task(account.call_in())
                    gc.freeze()  # else looking through 100 000 objects stops the sound for 0.3 s
                    link.send(Done(begin.id))
                    await _serve(house, inbox, link)
    except* AccountRefused as refused:
        link.send(TurnedAway(str(first_of(refused))))
    except* FLOODS as flooded:
        log.warning("Telegram does not let the account in yet: %s", first_of(flooded))
    finally:
        link.close()


class _Over(Exception):
    """The work is over: ends the group of tasks from within."""


@asynccontextmanager
async def _work_until(*ends: asyncio.Event) -> AsyncIterator[asyncio.TaskGroup]:
    """A group of tasks that is cancelled when one of the events is set."""

    async def await_end(end: asyncio.Event) -> None:
        await end.wait()
        raise _Over

    try:
        async with asyncio.TaskGroup() as tasks:
            for end in ends:
                tasks.create_task(await_end(end))
            yield tasks
    except* _Over:
        pass


def _tell_updates(client: Client, house: House) -> None:
    async def hear(_: Client, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
        house.hear(update, users, chats)

    client.add_handler(RawUpdateHandler(hear), BEFORE_ALL_OTHERS)


async def _serve(house: House, inbox: asyncio.Queue[Command], link: Link[Command]) -> None:
    """Carry out commands side by side; in the end, whatever ends it, what was recorded is put on disk."""
    try:
        async with asyncio.TaskGroup() as tasks:
            while True:
                tasks.create_task(answer(house, await inbox.get(), link))
    finally:
        house.stop()


async def answer(house: House, command: Command, link: Link[Command]) -> None:
    """Carry out a command and report how it went; raises only `AccountRefused`."""
    try:
        report: Report = Done(command.id, await carry_out(command, house))
    except AccountRefused:
        raise
    except CallRefused as refusal:
        report = Refused(command.id, type(refusal).__name__, refusal.chat, refusal.reason)
    except SoundRefused as refusal:
        report = Refused(command.id, type(refusal).__name__, NO_CHAT, refusal.reason, refusal.title)
    except Exception as error:
        log.exception("%s failed", type(command).__name__)
        report = Refused(command.id, RelayStumbled.__name__, NO_CHAT, type(error).__name__)
    link.send(report)
