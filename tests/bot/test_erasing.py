"""Recordings of an erased group, and voices of those who were forgotten."""

from pathlib import Path

import pytest

from bot.erasing import MARK, delete, mark, mark_unheard, unheard_in, unmark_unheard
from rooms.ids import PersonId


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


def test_a_voice_that_is_to_go_is_noted_until_it_is_gone(tmp_path: Path) -> None:
    ada, bruno = PersonId(42), PersonId(43)
    recording, gone = a_recording(tmp_path / "1"), tmp_path / "2" / "talk.ogg"
    assert unheard_in(recording.parent) == frozenset()
    for person in (ada, bruno, bruno):
        mark_unheard([recording, gone], person)
    assert unheard_in(recording.parent) == {ada, bruno}
    unmark_unheard(recording.parent, frozenset({ada}))
    assert unheard_in(recording.parent) == {bruno}, "who was noted meanwhile"
    unmark_unheard(recording.parent, frozenset({ada, bruno}))
    unmark_unheard(recording.parent, frozenset({bruno}))
    assert [path.name for path in recording.parent.iterdir()] == ["talk.ogg"]
    assert not gone.parent.exists()
