"""The timeline: slots of any clock, in the talk's own time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from voice.recording.timeline import (
    LONGEST_GAP,
    SLOT_LENGTH,
    Run,
    Segment,
    Timeline,
    clocks_from_text,
    clocks_to_text,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def segment(clock: datetime, slot: int = 0) -> Segment:
    return Segment(Path("001.ogg"), clock, slot)


def laid(timeline: Timeline, clock: datetime, *spans: tuple[int, int]) -> list[tuple[int, int]]:
    runs = [Run(slot, length, is_after_loss=False) for slot, length in spans]
    return [(run.slot, run.length) for run in timeline.lay(segment(clock), runs)]


def test_the_talk_begins_with_the_first_packet() -> None:
    timeline = Timeline()
    assert laid(timeline, NOON, (500, 10), (520, 5)) == [(0, 10), (20, 5)]
    assert timeline.slots == 25


def test_a_second_clock_is_placed_by_its_instant() -> None:
    timeline = Timeline()
    laid(timeline, NOON, (500, 100))
    assert laid(timeline, NOON + timedelta(seconds=10.004), (200, 50)) == [(200, 50)]


def test_a_clock_that_was_set_back_makes_no_gap_and_loses_nothing() -> None:
    timeline = Timeline()
    laid(timeline, NOON, (0, 100))
    assert laid(timeline, NOON - timedelta(hours=1), (0, 50), (60, 5)) == [(100, 50), (160, 5)]


def test_a_clock_that_was_set_forth_by_days_makes_no_endless_gap() -> None:
    timeline = Timeline()
    laid(timeline, NOON, (0, 100))
    assert laid(timeline, NOON + timedelta(days=3), (0, 50)) == [(100 + LONGEST_GAP // SLOT_LENGTH, 50)]


def test_what_was_recorded_twice_counts_once() -> None:
    timeline = Timeline()
    laid(timeline, NOON, (0, 100))
    assert laid(timeline, NOON, (50, 20), (90, 30)) == [(100, 20)]


def test_a_clock_that_the_mix_never_heard_of_is_placed_by_the_nearest() -> None:
    timeline = Timeline({NOON: -500, NOON + timedelta(hours=1): 170_000})
    assert timeline.shift(NOON) == -500
    assert timeline.shift(NOON + timedelta(seconds=59, minutes=59)) == 170_000 - 50


def test_clocks_survive_as_a_tag() -> None:
    clocks = {NOON: -500, NOON + timedelta(microseconds=7): 12}
    assert clocks_from_text(clocks_to_text(clocks)) == clocks
