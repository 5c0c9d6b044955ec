"""The link: commands and reports always arrive, sound only while the other end keeps up."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from rooms.ids import RoomId
from voice.messages.commands import Command, Ping
from voice.messages.link import SOUND_BACKLOG, Link, join_link
from voice.messages.reports import Done, Ended, Report, Sound

ROOM = RoomId(7)


class Ends:
    """Both ends of one link, and what each heard."""

    def __init__(self) -> None:
        self.commands: asyncio.Queue[Command] = asyncio.Queue()
        self.reports: asyncio.Queue[Report] = asyncio.Queue()
        self.parent: Link[Report]
        self.child: Link[Command]


@pytest.fixture
async def ends() -> AsyncIterator[Ends]:
    ours, theirs = socket.socketpair()
    ends = Ends()
    ends.parent = await join_link(ours, Report, ends.reports.put_nowait)
    ends.child = await join_link(theirs, Command, ends.commands.put_nowait)
    yield ends
    for link in (ends.parent, ends.child):
        link.close()
        await link.lost.wait()


async def test_each_end_hears_the_other(ends: Ends) -> None:
    ends.parent.send(Ping(1))
    ends.child.send(Done(1))
    assert await ends.commands.get() == Ping(1)
    assert await ends.reports.get() == Done(1)


async def test_a_message_before_hanging_up_still_arrives(ends: Ends) -> None:
    ends.child.send(Ended(ROOM))
    ends.child.close()
    assert await ends.reports.get() == Ended(ROOM)
    await ends.parent.lost.wait()


async def test_after_the_end_sending_is_without_effect(ends: Ends) -> None:
    ends.child.close()
    await ends.parent.lost.wait()
    ends.parent.send(Ping(1))
    assert ends.parent.lost.is_set()


async def test_garbage_ends_the_link(caplog: pytest.LogCaptureFixture) -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        heard: list[Report] = []
        link = await join_link(ours, Report, heard.append)
        theirs.send(b"\xff" * 8)
        await link.lost.wait()
        assert heard == []
    assert "the link is broken" in caplog.text


async def test_an_end_that_does_not_read_loses_old_sound_and_nothing_else() -> None:
    ours, theirs = socket.socketpair()
    reports: list[Report] = []
    child: Link[Command] = await join_link(theirs, Command, lambda _: None)
    for number in range(20 * SOUND_BACKLOG):
        child.send(Sound(ROOM, number, bytes(100), 0))
    child.send(Done(1))
    last = asyncio.Event()

    def hear(report: Report) -> None:
        reports.append(report)
        if isinstance(report, Sound) and report.at == 20 * SOUND_BACKLOG - 1:
            last.set()

    parent: Link[Report] = await join_link(ours, Report, hear)
    await last.wait()
    sounds = [report.at for report in reports if isinstance(report, Sound)]
    assert len(sounds) < 10 * SOUND_BACKLOG
    assert sounds == sorted(sounds)
    assert sounds[-SOUND_BACKLOG:] == list(range(19 * SOUND_BACKLOG, 20 * SOUND_BACKLOG))
    assert Done(1) in reports
    for link in (parent, child):
        link.close()
        await link.lost.wait()
