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

from rooms.errors import CallRefused, RelayStumbled
from rooms.ids import NO_CHAT, PersonId
from voice.account import Account
from voice.calls import GroupCalls
from voice.errors import AccountRefused
from voice.house import Equipment, House
from voice.link import Link, join_link
from voice.sources import load_sounds
from voice.splicing import Splice
from voice.switchboard import connected
from voice.wire import Begin, Close, Command, Done, Finished, GoLive, Open, Ping, Refused, TurnedAway

log = logging.getLogger(__name__)

BEFORE_ALL_OTHERS = -10_000
"""The group of our update handler: the call library's, at -9999, may keep an update waiting."""


async def work(link_fd: int, client: Client, recordings: Path) -> None:
    """Be the relay process, which waits for its turn before it touches the network.

    Args:
        link_fd: our end of the socket pair, inherited from the main process.
        client: a genuine kurigram client, not started yet.
        recordings: the folder under which every room gets its own.

    Returns when the main process is gone, closes the link or sends SIGTERM, or when Telegram does not accept
    the account's session, which it reports; all calls have been left then.
    """
    told_to_stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    inbox: asyncio.Queue[Command] = asyncio.Queue()
    link = await join_link(socket.socket(fileno=link_fd), Command, inbox.put_nowait)
    try:
        sounds = await asyncio.to_thread(load_sounds)
        with ThreadPoolExecutor(1, "disk") as disk:
            async with _work_until(told_to_stop, link.lost) as tasks:
                begin = await inbox.get()
                async with connected(client) as switchboard:
                    account = Account(client)
                    own_id, group_calls = PersonId(account.own_id), GroupCalls(account)
                    equipment = Equipment(recordings, disk, sounds, own_id, group_calls, switchboard)
                    house = House(equipment, link.send, tasks)
                    _tell_updates(client, house)
                    gc.freeze()  # else looking through 100 000 objects stops the sound for 0.3 s
                    link.send(Done(begin.id))
                    await _serve(house, inbox, link)
    except* AccountRefused as refused:
        link.send(TurnedAway(str(_first(refused))))
    finally:
        link.close()


def _first(group: BaseExceptionGroup[AccountRefused]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


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
        recording = await _carry_out(house, command)
    except AccountRefused:
        raise
    except CallRefused as refusal:
        link.send(Refused(command.id, type(refusal).__name__, refusal.chat, refusal.reason))
    except Exception as error:
        log.exception("%s failed", type(command).__name__)
        link.send(Refused(command.id, RelayStumbled.__name__, NO_CHAT, type(error).__name__))
    else:
        finished = None
        if recording is not None:
            finished = Finished(str(recording.path), recording.duration, recording.gaps)
        link.send(Done(command.id, finished))


async def _carry_out(house: House, command: Command) -> Splice | None:
    match command:
        case Open():
            await house.open(command)
        case GoLive(room=room):
            await house.go_live(room)
        case Close(room=room):
            return await house.close(room)
        case Begin() | Ping():
            pass
    return None
