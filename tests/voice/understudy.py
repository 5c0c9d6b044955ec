"""A relay process without Telegram: dies, hangs or refuses when a room's title says so."""

import asyncio
import os
import signal
import socket
import sys
import time
from datetime import timedelta
from pathlib import Path

from rooms.ids import NO_CHAT, PersonId
from rooms.outlets import OutletState
from rooms.playing import Playback
from rooms.ports import Fault, Links, Opening
from rooms.recordings import Gap
from rooms.stage import OnStage, Stage
from voice.messages.commands import (
    AskLinks,
    Begin,
    Check,
    Close,
    Command,
    Cut,
    GoLive,
    LetSpeak,
    Open,
    Plan,
    Play,
    Say,
)
from voice.messages.link import Link, join_link
from voice.messages.reports import (
    Answer,
    Checked,
    Clipped,
    Done,
    Ended,
    Finished,
    Linked,
    Ousted,
    OutletMoved,
    Planned,
    Refused,
    Regained,
    Resting,
    Sound,
    StageMoved,
    Torn,
    Turned,
    TurnedAway,
)

HELD = b"held"
QUIET = 700.0
"""Seconds for which Telegram asks an account to be quiet that is made to rest."""
REFUSALS = {
    "refuse": ("RelayLacksRights", "CHAT_ADMIN_REQUIRED"),
    "disk full": ("RelayDiskRefused", "No space left on device"),
    "elsewhere": ("RelayElsewhere", "in the call from another place"),
    "stumble": ("RelayStumbled", "KeyError"),
}
"""What a room of this title is refused with: the class of `CallRefused` and its reason."""

BACK_AT = {"three seconds later": 4 * 48_000, "half a second later": 24_000}
"""At which sample a room of this title sounds, if not at its beginning."""

GAP = Gap(timedelta(seconds=1), timedelta(seconds=2))
ANSWERS: dict[type[Command], Answer] = {
    Close: Finished("/talk.ogg", timedelta(minutes=45), (GAP,)),
    Plan: Planned(77),
    Check: Checked((Fault.NOT_IN_CHAT, Fault.DISK_FULL)),
    AskLinks: Linked(Links("https://speak", "https://listen")),
    Cut: Clipped("/clip.ogg", timedelta(seconds=12)),
}


async def main(farewell: Path, link_fd: int) -> None:
    """Serve until told to stop; leave a line in `farewell` on the way out."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    inbox: asyncio.Queue[Command] = asyncio.Queue()
    link: Link[Command] = await join_link(socket.socket(fileno=link_fd), Command, inbox.put_nowait)
    with cast_of(farewell).open("a") as file:
        file.write(f"{os.getpid()}\n")
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(_serve(inbox, farewell, link))
        ends = [tasks.create_task(link.lost.wait()), tasks.create_task(stop.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for task in (serving, *ends):
            task.cancel()
    with farewell.open("a") as file:
        file.write("left\n")


def cast_of(farewell: Path) -> Path:
    """The file with the numbers of all processes that came, in order."""
    return farewell.with_name("cast")


def quiet_of(farewell: Path) -> Path:
    """While this file is there, no process of the account is let in by Telegram; who knocks leaves a line."""
    return farewell.with_name("quiet")


async def _serve(inbox: asyncio.Queue[Command], farewell: Path, link: Link[Command]) -> None:
    while True:
        command = await inbox.get()
        match command:
            case Begin() if quiet_of(farewell).exists():
                with quiet_of(farewell).open("a") as file:
                    file.write("knocked\n")
                link.send(Resting(QUIET))
                link.close()
            case Open(opening=opening):
                _open(command.id, opening, farewell, link)
            case GoLive(id=number, room=room):
                for report in (
                    Ended(room, opening.chat),
                    Regained(room, timedelta(seconds=3)),
                    Turned(room, Playback("Fanfare")),
                    OutletMoved(room, "radio.example", OutletState.ON_AIR),
                    Ousted(room),
                ):
                    link.send(report)
                link.send(Done(number))
            case Play(id=number, cue=cue):
                link.send(Refused(number, "SoundUnreachable", NO_CHAT, "it is gone", cue.title))
            case Say(id=number, text=text, language=language):
                link.send(Refused(number, "VoiceMissing", NO_CHAT, language, text))
            case LetSpeak(id=number, person=person, may_speak=may_speak):
                link.send(Refused(number, "AdminMaySpeak", opening.chat, f"{person} {may_speak}"))
            case _:
                link.send(Done(command.id, ANSWERS.get(type(command))))


def _open(number: int, opening: Opening, farewell: Path, link: Link[Command]) -> None:
    match opening.title:
        case title if title == f"not {farewell.name}":
            link.send(Refused(number, "RelayNotInChat", opening.chat, "CHANNEL_PRIVATE"))
        case title if title.removeprefix(f"{farewell.name} ") in REFUSALS:
            kind, reason = REFUSALS[title.removeprefix(f"{farewell.name} ")]
            link.send(Refused(number, kind, opening.chat, reason))
        case "die":
            os.abort()
        case title if title in ("log out", f"log out {farewell.name}"):
            link.send(TurnedAway("SESSION_REVOKED"))
            link.close()
        case title if title == f"rest {farewell.name}":
            link.send(Resting(QUIET))
            link.send(Refused(number, "RelayResting", opening.chat, f"FLOOD_WAIT_{QUIET:.0f}"))
        case "hang":
            _hang()
        case "ignore":
            pass
        case "torn":
            link.send(Torn(opening.room))
            link.send(Done(number))
        case _:
            link.send(StageMoved(opening.room, Stage((OnStage(PersonId(1), "Ada"),))))
            link.send(Sound(opening.room, BACK_AT.get(opening.title, 960), HELD, 30))
            link.send(Done(number))


def _hang() -> None:
    """Block the loop, as a deadlock in a native library would."""
    time.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
