"""Splicing: one file whose time is true, made from whatever the crashes left."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from containers.ogg import PageWriter
from containers.opus import PRE_SKIP
from rooms.records import Gap
from tests.voice.sounds import cut, listen, rms, strength, tone
from voice.encoder import Encoder
from voice.recorder import STARTED_AT
from voice.sound import RATE
from voice.splicing import splice

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def record(folder: Path, number: int, hertz: float, starts: float, seconds: float) -> Path:
    """A segment with a tone, begun `starts` seconds after noon."""
    encoder = Encoder()
    pages = PageWriter(number, PRE_SKIP)
    packets = [encoder.encode(block) for block in cut(tone(hertz, seconds))]
    started_at = NOON + timedelta(seconds=starts)
    folder.mkdir(exist_ok=True)
    path = folder / f"{number:03d}.ogg"
    with path.open("wb") as file:
        file.write(pages.head({STARTED_AT: started_at.isoformat()}))
        for at in range(0, len(packets), 25):
            file.write(pages.page(packets[at : at + 25]))
    return path


def test_nothing_recorded_is_no_recording(tmp_path: Path) -> None:
    assert splice(tmp_path / "7") is None
    assert splice(tmp_path) is None


def test_segments_are_joined_with_their_gap(tmp_path: Path) -> None:
    record(tmp_path, 1, 440, 0, 2)
    record(tmp_path, 2, 880, 5, 2)
    recording = splice(tmp_path)
    assert recording is not None
    assert recording.gaps == (Gap(timedelta(seconds=2), timedelta(seconds=3)),)
    assert recording.duration == timedelta(seconds=7) - timedelta(seconds=PRE_SKIP / RATE)
    sound = listen(recording.path)
    assert len(sound) == 7 * RATE - PRE_SKIP
    assert strength(sound[RATE // 2 : RATE], 440) > 7000
    assert rms(sound[int(2.5 * RATE) : int(4.5 * RATE)]) < 30
    assert strength(sound[int(5.5 * RATE) : 6 * RATE], 880) > 7000


def test_only_the_recording_is_left(tmp_path: Path) -> None:
    record(tmp_path, 1, 440, 0, 1)
    recording = splice(tmp_path)
    assert recording is not None
    assert list(tmp_path.iterdir()) == [recording.path]


def test_done_again_it_gives_the_same_answer(tmp_path: Path) -> None:
    record(tmp_path, 1, 440, 0, 1)
    record(tmp_path, 2, 440, 3, 1)
    assert splice(tmp_path) == splice(tmp_path)


def test_what_a_crash_in_mid_splice_left_is_done_anew(tmp_path: Path) -> None:
    record(tmp_path, 1, 440, 0, 1)
    (tmp_path / "talk.part").write_bytes(b"OggS half")
    recording = splice(tmp_path)
    assert recording is not None
    assert len(listen(recording.path)) == RATE - PRE_SKIP
    assert list(tmp_path.iterdir()) == [recording.path]


def test_segments_left_after_the_splice_are_cleared_away(tmp_path: Path) -> None:
    record(tmp_path, 1, 440, 0, 1)
    recording = splice(tmp_path)
    record(tmp_path, 1, 440, 0, 1)
    assert splice(tmp_path) == recording
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("torn", [0, 10])
def test_a_segment_that_never_got_sound_is_passed_over(tmp_path: Path, torn: int) -> None:
    record(tmp_path, 1, 440, 0, 1)
    empty = record(tmp_path, 2, 440, 2, 0)
    empty.write_bytes(empty.read_bytes()[:torn])
    record(tmp_path, 3, 440, 4, 1)
    recording = splice(tmp_path)
    assert recording is not None
    assert recording.gaps == (Gap(timedelta(seconds=1), timedelta(seconds=3)),)


def test_a_clock_that_was_set_back_makes_no_gap(tmp_path: Path) -> None:
    record(tmp_path, 1, 440, 0, 1)
    record(tmp_path, 2, 440, -500, 1)
    recording = splice(tmp_path)
    assert recording is not None
    assert recording.gaps == ()
    assert len(listen(recording.path)) == 2 * RATE - PRE_SKIP
