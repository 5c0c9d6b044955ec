"""Sweeping: recordings of a group that was erased as the program died are deleted when it starts."""

import asyncio
import logging
import shutil
from pathlib import Path

from bot.erasing import MARK
from rooms.ids import RoomId
from rooms.records import Store

log = logging.getLogger(__name__)


async def sweep(store: Store, recordings: Path) -> None:
    """Finish what was begun: delete the marked folders whose talk is not on record any more.

    Each talk has a folder that is called by its number. Where the talk is still on record it was not erased
    after all, and the mark goes. What is not marked is left alone, whatever is on record: that may be an
    older backup. So is what cannot be deleted, which is logged. No relay may run meanwhile.
    """
    marked = await asyncio.to_thread(_marked, recordings)
    for number, folder in marked:
        async with store.reading() as records:
            is_gone = await records.rooms.find(RoomId(number)) is None
        try:
            await asyncio.to_thread(shutil.rmtree if is_gone else _unmark, folder)
        except OSError:
            log.exception("%s is of a group that was erased, and cannot be deleted", folder)


def _unmark(folder: Path) -> None:
    (folder / MARK).unlink()


def _marked(recordings: Path) -> list[tuple[int, Path]]:
    if not recordings.is_dir():
        return []
    folders = [
        each
        for each in recordings.iterdir()
        if each.is_dir() and not each.is_symlink() and (each / MARK).exists()
    ]
    return sorted((int(each.name), each) for each in folders if each.name.isascii() and each.name.isdigit())
