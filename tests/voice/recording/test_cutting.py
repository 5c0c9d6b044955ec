"""Cutting: a clip is made by a process of its own, and what went wrong there is told as a refusal."""

from datetime import timedelta
from pathlib import Path

import pytest

from rooms.errors.calls import RelayDiskRefused
from rooms.errors.recording import NothingOnTape
from tests.voice.mastering import tape
from tests.voice.mastering.tape import ADA
from tests.voice.sounds import listen
from voice.mastering.consents import CLIPS
from voice.mixing.units import RATE
from voice.recording.cutting import cut
from voice.recording.spliced import read_slots

SECOND = timedelta(seconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A talk of ten seconds that goes on."""
    tape.tape_talk(tmp_path / "7", 10, {ADA: [(0, 10)]})
    return tmp_path / "7"


async def test_the_last_seconds_are_cut_or_a_stretch_from_somewhere_on(folder: Path) -> None:
    latest = await cut(folder, 3 * SECOND)
    assert (read_slots(latest.path), latest.length) == (150, 3 * SECOND)
    stretch = await cut(folder, 2 * SECOND, 5 * SECOND)
    assert (stretch.path.name, stretch.length) == ("250-100.ogg", 2 * SECOND)


async def test_a_clip_is_as_long_as_what_there_is_and_says_so(folder: Path) -> None:
    for begin, length in ((None, 10), (8 * SECOND, 2)):
        clip = await cut(folder, 60 * SECOND, begin)
        assert clip.length == length * SECOND
        assert len(listen(clip.path)) / RATE == pytest.approx(length, abs=0.01)


async def test_where_nothing_is_recorded_nothing_is_cut(folder: Path) -> None:
    with pytest.raises(NothingOnTape):
        await cut(folder, SECOND, 20 * SECOND)
    with pytest.raises(NothingOnTape):
        await cut(folder.parent / "8", SECOND)


async def test_a_disk_that_refuses_is_named_with_its_reason(folder: Path) -> None:
    (folder / CLIPS).write_text("no folder")
    with pytest.raises(RelayDiskRefused, match=CLIPS):
        await cut(folder, SECOND)


async def test_what_nobody_foresaw_is_loud(folder: Path) -> None:
    (folder / "talk.ogg").write_bytes(b"no Ogg at all")
    with pytest.raises(RuntimeError, match="NotOggOpus"):
        await cut(folder, SECOND)
