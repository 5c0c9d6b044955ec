"""The disk: one thread does all its work, in order, and its refusals have a reason."""

import asyncio
from concurrent.futures import Executor
from pathlib import Path

import pytest

from rooms.errors.calls import RelayDiskRefused
from voice.house.disk import WatchedDisk, on_disk


async def test_work_is_done_in_the_order_in_which_it_was_asked_for(disk: Executor) -> None:
    done: list[int] = []
    async with asyncio.TaskGroup() as tasks:
        for number in range(10):
            tasks.create_task(on_disk(disk, done.append, number))
    assert done == list(range(10))


async def test_what_comes_of_it_comes_back(disk: Executor, tmp_path: Path) -> None:
    path = tmp_path / "note"
    await on_disk(disk, path.write_text, "ciao", encoding="ascii")
    assert await on_disk(disk, path.read_text) == "ciao"


async def test_a_refusal_has_the_system_s_reason(disk: Executor, tmp_path: Path) -> None:
    with pytest.raises(RelayDiskRefused, match="No such file"):
        await on_disk(disk, (tmp_path / "nothing").read_text)


async def test_a_bug_is_no_refusal(disk: Executor) -> None:
    with pytest.raises(ZeroDivisionError):
        await on_disk(disk, divmod, 1, 0)


async def test_of_what_a_watched_disk_refuses_somebody_is_told(disk: Executor, tmp_path: Path) -> None:
    told: list[str] = []
    watched = WatchedDisk(disk, lambda: told.append("refused"))
    await on_disk(watched, (tmp_path / "note").write_text, "ciao", encoding="ascii")
    with pytest.raises(ZeroDivisionError):
        await on_disk(watched, divmod, 1, 0)
    assert told == []
    with pytest.raises(RelayDiskRefused):
        await on_disk(watched, (tmp_path / "nothing").read_text)
    disk.submit(lambda: None).result()
    assert told == ["refused"]
