"""The gap log: gaps that were noticed late are in the talk's list all the same."""

from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.voice.exchange import NOON
from tests.voice.mastering import tape
from tests.voice.mastering.tape import ADA, tape_talk
from voice.recording.gap_log import GAP_LOG, GapLog, marked_gaps
from voice.recording.spliced import read_gaps
from voice.recording.splicing import splice, splice_tracks
from voice.recording.timeline import Timeline


def settle(disk: Executor) -> None:
    disk.submit(lambda: None).result()


def test_gaps_read_back_where_they_belong_in_the_talk(tmp_path: Path, disk: Executor) -> None:
    for clock, gap in ((NOON, (100, 50)), (NOON + timedelta(seconds=60), (10, 5))):
        GapLog(tmp_path / "7", disk, clock).write(gap)
    settle(disk)
    timeline = Timeline({NOON: -20, NOON + timedelta(seconds=60): 2900}, 3000)
    assert marked_gaps(tmp_path / "7", timeline) == [(80, 50), (2910, 5)]


def test_what_is_not_in_the_talk_is_no_gap_of_it(tmp_path: Path, disk: Executor) -> None:
    log = GapLog(tmp_path, disk, NOON)
    for gap in ((0, 30), (90, 100), (200, 10)):
        log.write(gap)
    settle(disk)
    assert marked_gaps(tmp_path, Timeline({NOON: -20}, 100)) == [(0, 10), (70, 30)]


def test_a_line_that_a_crash_has_torn_is_passed_over(tmp_path: Path, disk: Executor) -> None:
    (tmp_path / GAP_LOG).write_bytes(b'{"clock": "2026-')
    GapLog(tmp_path, disk, NOON).write((1, 2))
    settle(disk)
    assert marked_gaps(tmp_path, Timeline({NOON: 0}, 100)) == [(1, 2)]


def test_they_are_gaps_of_the_finished_talk_and_of_its_tracks(tmp_path: Path) -> None:
    tape_talk(tmp_path, 5, {ADA: [(0, 5)]})
    (tmp_path / GAP_LOG).write_text(f'{{"clock": "{tape.NOON.isoformat()}", "begin": 100, "length": 50}}')
    made = splice(tmp_path)
    assert made is not None
    assert [(gap.at, gap.length) for gap in made.gaps] == [(timedelta(seconds=2), timedelta(seconds=1))]
    assert not (tmp_path / GAP_LOG).exists()
    assert all(read_gaps(track) == [(100, 50)] for track in splice_tracks(tmp_path))


def test_a_disk_that_refuses_is_told_and_stops_nothing(
    tmp_path: Path, disk: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "7").touch()
    GapLog(tmp_path / "7", disk, NOON).write((1, 2))
    settle(disk)
    assert "a gap was not written down" in caplog.text
