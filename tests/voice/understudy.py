"""A relay process without Telegram: dies, hangs or refuses when a room's title says so."""

import asyncio
import os
import signal
import socket
import sys
import time
from datetime import timedelta
from pathlib import Path

from rooms.ids import PersonId
from rooms.records import Gap
from rooms.stage import OnStage, Stage
from voice.link import Link, join_link
from voice.wire import (
    Close,
    Command,
    Done,
    Ended,
    Finished,
    GoLive,
    Open,
    Refused,
    Sound,
    StageMoved,
    TurnedAway,
)

HELD = b"held"
REFUSALS = {
    "refuse": ("RelayLacksRights", "CHAT_ADMIN_REQUIRED"),
    "disk full": ("RelayDiskRefused", "No space left on device"),
    "stumble": ("RelayStumbled", "KeyError"),
}
"""What a room of this title is refused with: the class of `CallRefused` and its reason."""


async def main(farewell: Path, link_fd: int) -> None:
    """Serve until told to stop; leave a line in `farewell` on the way out."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    inbox: asyncio.Queue[Command] = asyncio.Queue()
    link: Link[Command] = await join_link(socket.socket(fileno=link_fd), Command, inbox.put_nowait)
    with cast_of(farewell).open("a") as file:
        file.write(f"{os.getpid()}\n")
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(_serve(inbox, link))
        ends = [tasks.create_task(link.lost.wait()), tasks.create_task(stop.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for task in (serving, *ends):
            task.cancel()
    with farewell.open("a") as file:
        file.write("left\n")


def cast_of(farewell: Path) -> Path:
    """The file with the numbers of all processes that came, in order."""
    return farewell.with_name("cast")


async def _serve(inbox: asyncio.Queue[Command], link: Link[Command]) -> None:
    while True:
        command = await inbox.get()
        match command:
            case Open(id=number, chat=chat, title=title) if title in REFUSALS:
                kind, reason = REFUSALS[title]
                link.send(Refused(number, kind, chat, reason))
            case Open(title="die"):
                os.abort()
            case Open(title="log out"):
                link.send(TurnedAway("SESSION_REVOKED"))
                link.close()
            case Open(title="hang"):
                _hang()
            case Open(title="ignore"):
                pass
            case Open(id=number, room=room):
                link.send(StageMoved(room, Stage((OnStage(PersonId(1), "Ada"),))))
                link.send(Sound(room, 960, HELD, 30))
                link.send(Done(number))
            case GoLive(id=number, room=room):
                link.send(Ended(room))
                link.send(Done(number))
            case Close(id=number):
                gap = Gap(timedelta(seconds=1), timedelta(seconds=2))
                link.send(Done(number, Finished("/talk.ogg", timedelta(minutes=45), (gap,))))
            case _:
                link.send(Done(command.id))


def _hang() -> None:
    """Block the loop, as a deadlock in a native library would."""
    time.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
