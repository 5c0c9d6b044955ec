"""Sound files: what people sent to be played lies on disk while its talk is on, and no longer."""

import asyncio
import logging
import shutil
from pathlib import Path

from telegram import Bot
from telegram.error import BadRequest

from bot.callbacks import mark
from bot.errors import SoundGone, SoundTooLarge
from bot.objections import TOO_BIG, is_about
from bot.sounds.offers import Attachment
from rooms.errors.calls import RelayDiskRefused
from rooms.ids import RoomId
from rooms.records import Store
from rooms.room import ON_STAGE, Room

log = logging.getLogger(__name__)

LIMIT = 20 * 1024 * 1024
"""Bytes of the largest file that bots may fetch (Bot API, `getFile`)."""

FETCHING = 60.0
"""Seconds for a file on its way here."""


class SoundFiles:
    """One folder for each talk, named by its number; a file that is sent again is fetched once."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._rooms: set[RoomId] = set()

    async def fetch(self, bot: Bot, room: Room, attachment: Attachment) -> Path:
        """The file of an attachment, on this machine.

        Raises:
            SoundTooLarge: bots may not fetch it.
            SoundGone: Telegram has it no more.
            RelayDiskRefused: the disk does not take it.
        """
        path = self._folder / str(room.id) / mark(attachment.unique_id)
        if not await asyncio.to_thread(path.exists):
            content = await _download(bot, attachment)
            try:
                await asyncio.to_thread(_write, path, content)
            except OSError as error:
                raise RelayDiskRefused(room.plan.chat, error.strerror or "no file") from error
            finally:
                self._rooms.add(room.id)
        return path

    async def run(self) -> None:
        """Delete the files of talks that are over, for ever; also those that a crash left behind."""
        self._rooms |= await asyncio.to_thread(_numbers, self._folder)
        while True:
            ring = self._store.committed.next_ring()
            for room in await self._over():
                await asyncio.to_thread(shutil.rmtree, self._folder / str(room), onerror=_complain)
                self._rooms.discard(room)
            await ring.wait()

    async def _over(self) -> list[RoomId]:
        """The talks of which there are files in vain."""
        if not self._rooms:
            return []
        async with self._store.reading() as records:
            rooms = {number: await records.rooms.find(number) for number in self._rooms}
        return [number for number, room in rooms.items() if room is None or room.state not in ON_STAGE]


async def _download(bot: Bot, attachment: Attachment) -> bytes:
    if attachment.size is not None and attachment.size > LIMIT:
        raise SoundTooLarge(LIMIT)
    try:
        file = await bot.get_file(attachment.file_id)
        return bytes(await file.download_as_bytearray(read_timeout=FETCHING))
    except BadRequest as objection:
        if is_about(objection, *TOO_BIG):
            raise SoundTooLarge(LIMIT) from objection
        raise SoundGone from objection


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a file that is there is played."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


def _numbers(folder: Path) -> set[RoomId]:
    if not folder.is_dir():
        return set()
    names = [each.name for each in folder.iterdir() if each.is_dir() and not each.is_symlink()]
    return {RoomId(int(name)) for name in names if name.isascii() and name.isdigit()}


def _complain(_function: object, path: str, problem: object) -> None:
    log.error("%s is of a talk that is over, and cannot be deleted: %s", path, problem)
