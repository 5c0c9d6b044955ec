"""The recorder: what is on disk, whenever the process dies."""

import resource
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from containers.ogg import read_head, read_packets
from containers.opus import PRE_SKIP, SILENT_PACKET
from rooms.ports import Packet
from voice.recorder import PAGE_PACKETS, STARTED_AT, Recorder, segments
from voice.sound import RATE, SLOT, SLOT_SECONDS
from voice.splicing import splice

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def disk() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def packet(slot: int) -> Packet:
    return Packet(slot * SLOT, SILENT_PACKET + bytes([slot % 250]), 127)


def settle(disk: Executor) -> None:
    """Wait until all that was handed to the disk is there."""
    disk.submit(lambda: None).result()


def test_every_half_second_is_on_disk_at_once(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path / "7", disk, lambda: NOON)
    for slot in range(PAGE_PACKETS + 3):
        recorder.take(packet(slot))
    settle(disk)
    (segment,) = segments(tmp_path / "7")
    assert list(read_packets(segment)) == [packet(slot).opus for slot in range(PAGE_PACKETS)]


def test_stopping_writes_the_rest(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, lambda: NOON)
    for slot in range(3):
        recorder.take(packet(slot))
    recorder.stop()
    recorder.stop()
    settle(disk)
    (segment,) = segments(tmp_path)
    assert len(list(read_packets(segment))) == 3


def test_a_jump_begins_a_new_segment_at_its_true_time(tmp_path: Path, disk: Executor) -> None:
    recorder = Recorder(tmp_path, disk, lambda: NOON)
    for slot in (100, 101, 150):
        recorder.take(packet(slot))
    recorder.stop()
    settle(disk)
    starts = [datetime.fromisoformat(read_head(path).tags[STARTED_AT]) for path in segments(tmp_path)]
    assert starts == [NOON, NOON + timedelta(seconds=1)]


def test_a_later_process_takes_the_next_number(tmp_path: Path, disk: Executor) -> None:
    for _ in range(2):
        recorder = Recorder(tmp_path, disk, lambda: NOON)
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
    recorder = Recorder(tmp_path / "7", disk, lambda: NOON)
    for slot in range(PAGE_PACKETS):
        recorder.take(packet(slot))
    recorder.stop()
    settle(disk)
    assert "the recording has a hole" in caplog.text


def test_when_a_full_disk_has_room_again_the_recording_goes_on_at_its_true_time(
    tmp_path: Path, disk: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(tmp_path, disk, lambda: NOON)

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


@contextmanager
def files_no_longer_than(length: int) -> Iterator[None]:
    """To this process, a disk that is full: a write past so many bytes of a file is cut short or fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
