"""Recordings of a group that was erased as the program died are deleted when it starts."""

import shutil
from pathlib import Path

import pytest

from app.sweeping import sweep
from bot.erasing import mark
from tests.fakes.clock import NOON
from tests.fakes.store import MemoryStore
from tests.fakes.talks import a_plan


async def a_store() -> MemoryStore:
    """With one talk, number 1."""
    store = MemoryStore()
    async with store.writing() as records:
        await records.rooms.add(a_plan(), "key", NOON)
    return store


def a_folder(recordings: Path, name: str, *, is_marked: bool = True) -> Path:
    folder = recordings / name
    folder.mkdir(parents=True)
    (folder / "talk.ogg").write_bytes(b"OggS")
    if is_marked:
        mark([folder / "talk.ogg"])
    return folder


async def test_what_a_dead_program_left_of_an_erased_group_goes(tmp_path: Path) -> None:
    kept, orphan = a_folder(tmp_path, "1"), a_folder(tmp_path, "2")
    await sweep(await a_store(), tmp_path)
    assert [each.name for each in kept.iterdir()] == ["talk.ogg"], "it was not erased after all"
    assert not orphan.exists()


async def test_recordings_that_an_older_backup_does_not_know_are_kept(tmp_path: Path) -> None:
    newer = a_folder(tmp_path, "2", is_marked=False)
    await sweep(await a_store(), tmp_path)
    assert (newer / "talk.ogg").exists()


async def test_what_is_no_talks_folder_is_left_alone(tmp_path: Path) -> None:
    elsewhere = a_folder(tmp_path / "elsewhere", "9")
    recordings = tmp_path / "recordings"
    others = [a_folder(recordings, name) for name in ("earlier", "2 copy", "²")]
    (recordings / "3").write_bytes(b"a file")
    (recordings / "4").symlink_to(elsewhere)
    await sweep(await a_store(), recordings)
    assert all(each.is_dir() for each in (*others, elsewhere))
    assert (recordings / "3").exists()
    assert (recordings / "4").is_symlink()


async def test_without_any_recordings_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    await sweep(await a_store(), tmp_path / "recordings")
    assert list(tmp_path.iterdir()) == []


async def test_what_cannot_be_deleted_is_said_and_the_rest_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, orphan = a_folder(tmp_path, "2"), a_folder(tmp_path, "3")

    really = shutil.rmtree

    def rmtree(folder: Path) -> None:
        if folder == stuck:
            raise PermissionError(str(folder))
        really(folder)

    monkeypatch.setattr("shutil.rmtree", rmtree)
    await sweep(await a_store(), tmp_path)
    assert stuck.is_dir()
    assert not orphan.exists()
    assert f"{stuck} is of a group that was erased, and cannot be deleted" in caplog.text
