"""The recorder: what is on disk, whenever the process dies."""

import resource
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from containers.ogg import read_head, read_packets, read_pages
from containers.opus import PRE_SKIP, SILENT_PACKET
from rooms.ports import Packet
from voice.mixing.units import RATE, SLOT, SLOT_SECONDS
from voice.recording.recorder import CLOCK, PAGE_PACKETS, STARTED_AT, Recorder, segments
from voice.recording.splicing import splice
from voice.recording.timeline import recorded, runs

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def packet(slot: int) -> Packet:
    return Packet(slot * SLOT, SILENT_PACKET + bytes([slot % 250]), 127)


def settle(disk: Executor) -> None:
    """Wait until all that was handed to the disk is there."""
    disk.submit(lambda: None).result()


def test_every_half_second_is_on_disk_at_once(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path / "7", disk, NOON)
    for slot in range(PAGE_PACKETS + 3):
        recorder.take(packet(slot))
    settle(disk)
    (segment,) = segments(tmp_path / "7")
    assert list(read_packets(segment)) == [packet(slot).opus for slot in range(PAGE_PACKETS)]


def test_stopping_writes_the_rest(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, NOON)
    for slot in range(3):
        recorder.take(packet(slot))
    recorder.stop()
    recorder.stop()
    settle(disk)
    (segment,) = segments(tmp_path)
    assert len(list(read_packets(segment))) == 3


def pages_of(path: Path) -> list[tuple[int, int]]:
    """Where each page begins, in slots of its segment, and how many packets are on it."""
    return [(page.at // SLOT, len(page.packets)) for page in read_pages(path)]


def test_a_jump_is_a_jump_in_the_same_segment(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, NOON)
    for slot in (100, 101, 150, 9000):
        recorder.take(packet(slot))
    recorder.stop()
    settle(disk)
    (segment,) = segments(tmp_path)
    assert pages_of(segment) == [(0, 2), (50, 1), (8900, 1)]


def test_many_short_pauses_are_one_file(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, NOON)
    for word in range(1000):
        for slot in range(3):
            recorder.take(packet(word * 10 + slot))
    recorder.stop()
    settle(disk)
    (segment,) = segments(tmp_path)
    assert pages_of(segment) == [(word * 10, 3) for word in range(1000)]


def test_a_segment_says_when_it_began_and_by_which_clock(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, NOON)
    recorder.take(packet(150))
    recorder.stop()
    settle(disk)
    (segment,) = segments(tmp_path)
    tags = read_head(segment).tags
    assert datetime.fromisoformat(tags[STARTED_AT]) == NOON + timedelta(seconds=3)
    assert datetime.fromisoformat(tags[CLOCK]) == NOON


def test_tracks_of_one_clock_are_aligned_however_seldom_they_sound(tmp_path: Path, disk: Executor) -> None:
    mix = Recorder(tmp_path / "mix", disk, NOON)
    voice = Recorder(tmp_path / "voice", disk, NOON)
    for slot in range(2000):
        mix.take(packet(slot))
        if slot in (700, 701, 1900):
            voice.take(packet(slot))
    for recorder in (mix, voice):
        recorder.stop()
    settle(disk)
    (segment,) = recorded(tmp_path / "voice")
    heard = [run.slot + number for run in runs(segment) for number in range(run.length)]
    assert heard == [700, 701, 1900]


def test_a_clock_that_goes_back_begins_a_new_segment(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, NOON)
    for slot in (100, 101, 50):
        recorder.take(packet(slot))
    recorder.stop()
    settle(disk)
    assert [segment.slot for segment in recorded(tmp_path)] == [100, 50]


def test_a_later_process_takes_the_next_number(tmp_path: Path, disk: Executor) -> None:
    for _ in range(2):
        recorder = Recorder(tmp_path, disk, NOON)
        recorder.take(packet(0))
        recorder.stop()
    settle(disk)
    assert [path.name for path in segments(tmp_path)] == ["001.ogg", "002.ogg"]


def test_the_thousandth_segment_comes_after_the_others(tmp_path: Path) -> None:
    for name in ("1000.ogg", "999.ogg", "talk.ogg", "003.ogg"):
        (tmp_path / name).touch()
    assert [path.name for path in segments(tmp_path)] == ["003.ogg", "999.ogg", "1000.ogg"]


def test_a_disk_that_fails_is_told_and_does_not_stop_the_sound(
    tmp_path: Path, disk: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "7").touch()
    recorder = Recorder(tmp_path / "7", disk, NOON)
    for slot in range(PAGE_PACKETS):
        recorder.take(packet(slot))
    recorder.stop()
    settle(disk)
    assert "the recording has a hole" in caplog.text


def test_when_a_full_disk_has_room_again_the_recording_goes_on_at_its_true_time(
    tmp_path: Path, disk: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(tmp_path, disk, NOON)

    def record(slots: range) -> None:
        for slot in slots:
            recorder.take(packet(slot))
            settle(disk)

    record(range(100))
    with files_no_longer_than(600):
        record(range(100, 200))
    record(range(200, 400))
    recorder.stop()
    settle(disk)
    assert "the recording has a hole" in caplog.text
    recording = splice(tmp_path)
    assert recording is not None
    lost = timedelta(seconds=100 * SLOT_SECONDS)
    assert sum((gap.length for gap in recording.gaps), timedelta()) <= 2 * lost
    assert recording.duration == timedelta(seconds=400 * SLOT_SECONDS - PRE_SKIP / RATE)
    heard = list(read_packets(recording.path))
    assert heard[:100] == [packet(slot).opus for slot in range(100)]
    assert heard[300:] == [packet(slot).opus for slot in range(300, 400)]


def test_a_disk_that_stays_full_is_not_littered(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, NOON)
    with files_no_longer_than(20):
        for slot in range(100 * PAGE_PACKETS):
            recorder.take(packet(slot))
            if slot % PAGE_PACKETS == 0:
                settle(disk)
        recorder.stop()
        settle(disk)
    assert segments(tmp_path) == []


@contextmanager
def files_no_longer_than(length: int) -> Iterator[None]:
    """To this process, a disk that is full: a write past so many bytes of a file is cut short or fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
