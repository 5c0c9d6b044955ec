"""What people sent to be played lies on disk while its talk is on, and no longer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram.ext import ExtBot

from bot.connection import make_bot
from bot.errors import SoundGone, SoundTooLarge
from bot.sounds.offers import Attachment
from bot.sounds.sound_files import LIMIT, SoundFiles
from rooms.errors.calls import RelayDiskRefused
from rooms.records import Store
from rooms.room import Room
from tests.bot.forum import TOKEN, Forum, settings_for
from tests.bot.sounds.records import SONG, a_song
from tests.contract.store.talks import new_room
from tests.deadline import DEADLINE
from tests.fakes.store import MemoryStore
from tests.sandbox.waiting import until


@pytest.fixture
async def bot(forum: Forum) -> AsyncIterator[ExtBot[bool]]:
    async with make_bot(settings_for(forum.address)) as bot:
        yield bot


def a_sound(forum: Forum) -> Attachment:
    file = a_song(forum).file
    return Attachment(file.file_id, file.unique_id, "Song", len(SONG))


@asynccontextmanager
async def at_work(files: SoundFiles) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(files.run())
        yield
        task.cancel()


async def is_live(store: Store) -> Room:
    room = await new_room(store)
    async with store.writing() as records:
        await records.rooms.save(room.scheduled().opening().live())
        return await records.rooms.get(room.id)


async def ends(store: Store, room: Room) -> None:
    async with store.writing() as records:
        await records.rooms.save(room.closing().ended())


async def test_files_go_when_their_talk_is_over(forum: Forum, bot: ExtBot[bool], tmp_path: Path) -> None:
    store = MemoryStore()
    files, room, other = SoundFiles(tmp_path, store), await is_live(store), await is_live(store)
    async with at_work(files):
        path, kept = [await files.fetch(bot, one, a_sound(forum)) for one in (room, other)]
        assert path.read_bytes() == SONG
        await ends(store, room)
        await until(lambda: not path.parent.exists(), DEADLINE)
        assert kept.exists()


async def test_what_a_crash_left_behind_goes_with_the_next_start(tmp_path: Path) -> None:
    store = MemoryStore()
    room = await is_live(store)
    for name in (str(room.id), "999", "not-a-talk"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "song").write_bytes(SONG)
    async with at_work(SoundFiles(tmp_path, store)):
        await until(lambda: not (tmp_path / "999").exists(), DEADLINE)
    assert (tmp_path / str(room.id)).exists()
    assert (tmp_path / "not-a-talk").exists()


async def test_without_a_folder_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    store = MemoryStore()
    async with at_work(SoundFiles(tmp_path / "sounds", store)):
        await ends(store, await is_live(store))


async def test_a_half_written_file_is_fetched_anew(forum: Forum, bot: ExtBot[bool], tmp_path: Path) -> None:
    store = MemoryStore()
    files, room, sound = SoundFiles(tmp_path, store), await is_live(store), a_sound(forum)
    path = await files.fetch(bot, room, sound)
    path.rename(path.with_suffix(".part"))
    assert (await files.fetch(bot, room, sound)).read_bytes() == SONG


async def test_a_file_that_is_too_large_is_not_even_asked_for(bot: ExtBot[bool], tmp_path: Path) -> None:
    store = MemoryStore()
    with pytest.raises(SoundTooLarge):
        await SoundFiles(tmp_path, store).fetch(
            bot, await is_live(store), Attachment("nowhere", "u", "Opera", LIMIT + 1)
        )


async def test_a_file_that_telegram_has_no_more_is_refused(bot: ExtBot[bool], tmp_path: Path) -> None:
    store = MemoryStore()
    with pytest.raises(SoundGone):
        await SoundFiles(tmp_path, store).fetch(bot, await is_live(store), Attachment("nowhere", "u", "X", 5))


async def test_a_disk_that_takes_nothing_is_a_refusal(
    forum: Forum, bot: ExtBot[bool], tmp_path: Path
) -> None:
    (tmp_path / "sounds").write_text("a file, where a folder is wanted")
    store = MemoryStore()
    with pytest.raises(RelayDiskRefused):
        await SoundFiles(tmp_path / "sounds", store).fetch(bot, await is_live(store), a_sound(forum))


async def test_no_name_that_people_choose_becomes_a_path(
    forum: Forum, bot: ExtBot[bool], tmp_path: Path
) -> None:
    store = MemoryStore()
    sound = a_sound(forum)
    evil = Attachment(sound.file_id, "../../evil", "../../evil", None)
    path = await SoundFiles(tmp_path / "sounds", store).fetch(bot, await is_live(store), evil)
    assert path.resolve().is_relative_to(tmp_path / "sounds")
    assert TOKEN not in str(path)
