"""Sweeping: folders of recordings to which no talk on record belongs are deleted when the program starts."""

import asyncio
import logging
import shutil
from pathlib import Path

from rooms.ids import RoomId
from rooms.records import Store

log = logging.getLogger(__name__)


async def sweep(store: Store, recordings: Path) -> None:
    """Delete what was left behind when a group was erased and the program died before its files were gone.

    Each talk has a folder that is called by its number; all else is left alone, and so is what cannot be
    deleted, which is logged. No relay may run meanwhile.
    """
    numbered = await asyncio.to_thread(_numbered, recordings)
    async with store.reading() as records:
        orphans = [folder for number, folder in numbered if await records.rooms.find(RoomId(number)) is None]
    for folder in orphans:
        try:
            await asyncio.to_thread(shutil.rmtree, folder)
        except OSError:
            log.exception("%s belongs to no talk, and cannot be deleted", folder)
        else:
            log.warning("%s belonged to no talk, and was deleted", folder)


def _numbered(recordings: Path) -> list[tuple[int, Path]]:
    if not recordings.is_dir():
        return []
    folders = [each for each in recordings.iterdir() if each.is_dir() and not each.is_symlink()]
    return sorted((int(each.name), each) for each in folders if each.name.isascii() and each.name.isdigit())
