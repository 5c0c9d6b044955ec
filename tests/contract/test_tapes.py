"""What all Tapes do that cut clips, of a talk that goes on and of one that is over."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.archive import Archive
from rooms.errors.recording import NotRecorded
from rooms.ids import RoomId
from rooms.ports import Tapes
from rooms.recordings import Excerpt
from tests.fakes.tapes import FakeTapes
from tests.voice.mastering.tape import ADA, tape_talk
from voice.recording.cutting import cut
from voice.recording.splicing import splice

SECOND = timedelta(seconds=1)
RECORDED = 10 * SECOND
OVER, GOES_ON = RoomId(7), RoomId(8)


class Relay:
    """Cuts what goes on as a relay process does."""

    def __init__(self, recordings: Path) -> None:
        self._recordings = recordings

    async def clip(self, room: RoomId, length: timedelta) -> Excerpt:
        return await cut(self._recordings / str(room), length)


def in_memory(_folder: Path) -> Tapes:
    tapes = FakeTapes()
    tapes.recorded = RECORDED
    return tapes


def on_disk(folder: Path) -> Tapes:
    for room in (OVER, GOES_ON):
        tape_talk(folder / str(room), RECORDED.total_seconds(), {ADA: [(0, RECORDED.total_seconds())]})
    splice(folder / str(OVER))
    return Archive(folder, Relay(folder))


@pytest.fixture(params=[in_memory, on_disk])
def tapes(request: pytest.FixtureRequest, tmp_path: Path) -> Tapes:
    """Tapes that hold two talks of ten seconds."""
    made: Tapes = request.param(tmp_path)
    return made


async def test_a_clip_is_as_long_as_was_asked_for(tapes: Tapes) -> None:
    assert (await tapes.clip(GOES_ON, 4 * SECOND)).length == 4 * SECOND
    assert (await tapes.clip(OVER, 4 * SECOND, 3 * SECOND)).length == 4 * SECOND


async def test_where_there_is_less_it_is_that_and_says_so(tapes: Tapes) -> None:
    assert (await tapes.clip(GOES_ON, 60 * SECOND)).length == RECORDED
    assert (await tapes.clip(OVER, 60 * SECOND, 8 * SECOND)).length == 2 * SECOND


async def test_different_clips_are_different_files(tapes: Tapes) -> None:
    one, other = [await tapes.clip(OVER, 2 * SECOND, at * SECOND) for at in (1, 4)]
    assert one.path != other.path


async def test_beyond_the_end_there_is_nothing(tapes: Tapes) -> None:
    with pytest.raises(NotRecorded):
        await tapes.clip(OVER, 5 * SECOND, 20 * SECOND)
