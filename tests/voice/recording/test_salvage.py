"""Salvage: a recording is finished without any relay account, and what the disk refuses is said."""

from pathlib import Path

import pytest

from rooms.errors.calls import CallUnreachable, RelayDiskRefused
from tests.voice.mastering.tape import ADA, tape_talk
from voice.recording.salvage import salvage
from voice.recording.splicing import splice

PATIENCE = 30.0


async def test_what_is_recorded_becomes_one_file_as_the_relay_would_have_made_it(tmp_path: Path) -> None:
    for name in ("7", "8"):
        tape_talk(tmp_path / name, 5, {ADA: [(0, 5)]})
    made = await salvage(tmp_path / "7", PATIENCE)
    usual = splice(tmp_path / "8")
    assert made is not None
    assert usual is not None
    assert (made.duration, made.gaps) == (usual.duration, usual.gaps)
    assert Path(made.path) == tmp_path / "7" / "talk.ogg"
    assert await salvage(tmp_path / "7", PATIENCE) == made


async def test_where_nothing_was_recorded_there_is_nothing(tmp_path: Path) -> None:
    assert await salvage(tmp_path / "7", PATIENCE) is None


async def test_a_disk_that_refuses_is_named_with_its_reason(tmp_path: Path) -> None:
    tape_talk(tmp_path / "7", 1, {ADA: [(0, 1)]})
    (tmp_path / "7" / "talk.part").mkdir()
    with pytest.raises(RelayDiskRefused, match=r"talk\.part"):
        await salvage(tmp_path / "7", PATIENCE)


async def test_what_takes_too_long_is_to_be_tried_again(tmp_path: Path) -> None:
    with pytest.raises(CallUnreachable, match="too long"):
        await salvage(tmp_path / "7", 0.0)
