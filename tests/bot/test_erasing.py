"""Recordings of an erased group."""

from pathlib import Path

import pytest

from bot.erasing import MARK, delete, mark


def a_recording(folder: Path) -> Path:
    folder.mkdir()
    recording = folder / "talk.ogg"
    recording.write_bytes(b"OggS")
    return recording


def test_a_recording_is_marked_beside_it_and_deleted_with_its_folder(tmp_path: Path) -> None:
    recording = a_recording(tmp_path / "1")
    mark([recording])
    assert (recording.parent / MARK).exists()
    delete([recording])
    assert not recording.parent.exists()


def test_what_is_gone_already_is_said_and_the_rest_goes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone, there = tmp_path / "1" / "talk.ogg", a_recording(tmp_path / "2")
    mark([gone, there])
    delete([gone, there])
    assert "was gone already" in caplog.text
    assert list(tmp_path.iterdir()) == []
