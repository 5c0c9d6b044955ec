"""The relay process's answers: what went wrong is named for what it is."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from rooms.ids import RoomId
from voice.house.equipment import Equipment
from voice.house.house import House
from voice.house.notes import NOTE
from voice.house.worker import answer
from voice.messages.commands import Close, Command, GoLive, Ping
from voice.messages.link import Link, join_link
from voice.messages.reports import Done, Refused, Report

ROOM = RoomId(7)
NOT_NEEDED = cast(Any, None)


def house_on(disk: ThreadPoolExecutor, recordings: Path, tasks: asyncio.TaskGroup) -> House:
    """A house that needs no Telegram, as long as no room is opened in it."""
    equipment = Equipment(recordings, disk, NOT_NEEDED, NOT_NEEDED, NOT_NEEDED, NOT_NEEDED)
    return House(equipment, NOT_NEEDED, tasks)


async def report_on(command: Command, recordings: Path) -> Report:
    """What the main process hears after a command, over a real link."""
    ours, theirs = socket.socketpair()
    heard: asyncio.Queue[Report] = asyncio.Queue()
    ear: Link[Report] = await join_link(ours, Report, heard.put_nowait)
    link: Link[Command] = await join_link(theirs, Command, lambda _: None)
    with ThreadPoolExecutor(1) as disk:
        async with asyncio.TaskGroup() as tasks:
            await answer(house_on(disk, recordings, tasks), command, link)
            report = await heard.get()
    link.close()
    await ear.lost.wait()
    ear.close()
    return report


async def test_what_was_done_is_done(tmp_path: Path) -> None:
    assert await report_on(Ping(3), tmp_path) == Done(3)
    assert await report_on(Close(4, ROOM), tmp_path) == Done(4)


async def test_a_refusal_goes_by_its_name(tmp_path: Path) -> None:
    report = await report_on(GoLive(5, ROOM), tmp_path)
    assert isinstance(report, Refused)
    assert (report.id, report.kind, report.reason) == (5, "CallUnreachable", "room 7 is not open")


async def test_a_disk_that_fails_is_not_taken_for_telegram(tmp_path: Path) -> None:
    (tmp_path / "7" / NOTE).mkdir(parents=True)
    report = await report_on(Close(6, ROOM), tmp_path)
    assert isinstance(report, Refused)
    assert (report.kind, "Is a directory" in report.reason) == ("RelayDiskRefused", True)


async def test_a_bug_is_called_a_stumble_and_its_traceback_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / NOTE).write_text("no JSON")
    report = await report_on(Close(8, ROOM), tmp_path)
    assert isinstance(report, Refused)
    assert (report.kind, report.reason) == ("RelayStumbled", "DecodeError")
    assert "Close failed" in caplog.text
    assert caplog.records[-1].exc_info
