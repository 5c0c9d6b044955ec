"""The workshop: a process for each mastering, one after the other."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.voice.mastering import tape
from tests.voice.mastering.tape import ADA
from voice.mastering.orders import Order
from voice.mastering.workshop import MasteringFailed, Workshop


def order(folder: Path, limit: int = 10**6) -> Order:
    return Order(folder, "T", "A", "t", limit, consented=(ADA,))


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.005)


async def test_two_rooms_are_mastered(tmp_path: Path) -> None:
    folders = [tmp_path / "1", tmp_path / "2"]
    for folder in folders:
        tape.tape_talk(folder, 2, {ADA: [(0, 2)]})
    workshop = Workshop()
    replays = await asyncio.gather(*(workshop.master(order(folder)) for folder in folders))
    assert [replay.parts[0].path for replay in replays] == [folder / "replay.ogg" for folder in folders]


async def test_what_failed_is_told_in_a_sentence_and_the_next_one_is_served(tmp_path: Path) -> None:
    tape.tape_talk(tmp_path, 2, {ADA: [(0, 2)]})
    workshop = Workshop()
    with pytest.raises(MasteringFailed, match=r"^no part of the replay fits into 7 bytes$"):
        await workshop.master(order(tmp_path, 7))
    assert (await workshop.master(order(tmp_path))).parts


async def test_a_cancelled_mastering_leaves_no_process_and_can_be_done_again(tmp_path: Path) -> None:
    tape.tape_talk(tmp_path, 20, {ADA: [(0, 20)]})
    workshop = Workshop()
    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(workshop.master(order(tmp_path)))
        await asyncio.to_thread(wait_for, tmp_path / "talk.ogg")
        working.cancel()
    assert working.cancelled()
    assert (await workshop.master(order(tmp_path))).parts
