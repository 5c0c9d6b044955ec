"""Parts: files that follow each other to the sample, each with its chapters and gaps."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from containers.opus import PRE_SKIP
from tests.voice.mastering.independent import needs_ffmpeg, probe, samples_of
from tests.voice.sounds import listen, strength, tone
from voice.mastering.hearing import encoded
from voice.mastering.levelling import Levelled
from voice.mastering.orders import Chapter
from voice.mastering.parts import Label, chapters_within, slot_of, time_of, write_parts
from voice.mixing.units import RATE, SLOT
from voice.recording.spliced import read_gaps, write_packets

SECONDS = 20
CHAPTERS = (
    Chapter(timedelta(), "Ada"),
    Chapter(timedelta(seconds=7), "Béa = «due»"),
    Chapter(timedelta(seconds=13.5), "Cia"),
)


def label(chapters: tuple[Chapter, ...] = CHAPTERS) -> Label:
    return Label("Le stelle", "Ada", chapters, [(100, 50), (600, 100)])


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, Levelled]:
    """A rising tone, 20 s long, and what is known of it."""
    sound = np.concatenate([tone(400 + 100 * second, 1) for second in range(SECONDS)])
    packets = list(encoded([sound], 40_000))
    levelled = Levelled(-16, -2)
    levelled.sizes.extend(map(len, packets))
    levelled.peaks.extend([0.25] * len(packets))
    write_packets(tmp_path / "whole.ogg", packets, {})
    return tmp_path / "whole.ogg", levelled


def test_what_fits_is_one_file(tmp_path: Path, whole: tuple[Path, Levelled]) -> None:
    (part,) = write_parts(tmp_path, *whole, label(), 10**6)
    assert part.path == tmp_path / "replay.ogg"
    assert part.at == timedelta()
    assert part.length == timedelta(seconds=SECONDS - PRE_SKIP / RATE)
    assert len(listen(part.path)) == SECONDS * RATE - PRE_SKIP


@needs_ffmpeg
def test_a_player_finds_title_artist_and_chapters(tmp_path: Path, whole: tuple[Path, Levelled]) -> None:
    (part,) = write_parts(tmp_path, *whole, label(), 10**6)
    told = probe(part.path)
    tags = told["streams"][0]["tags"]
    assert (tags["TITLE"], tags["ARTIST"]) == ("Le stelle", "Ada")
    chapters = [(float(one["start_time"]), one["tags"]["title"]) for one in told["chapters"]]
    assert chapters == [(0, "Ada"), (7, "Béa = «due»"), (13.5, "Cia")]


@needs_ffmpeg
def test_parts_follow_each_other_to_the_sample(tmp_path: Path, whole: tuple[Path, Levelled]) -> None:
    limit = sum(whole[1].sizes) // 3
    parts = write_parts(tmp_path, *whole, label(), limit)
    assert [part.path.name for part in parts] == [
        f"replay-{number}.ogg" for number in range(1, len(parts) + 1)
    ]
    assert len(parts) >= 3
    assert all(part.path.stat().st_size <= limit for part in parts)
    lengths = [samples_of(part.path) for part in parts]
    assert [timedelta(seconds=length / RATE) for length in lengths] == [part.length for part in parts]
    assert sum(lengths) == SECONDS * RATE - PRE_SKIP
    (one,) = write_parts(tmp_path, *whole, label(), 10**6)
    together = np.concatenate([listen(part.path) for part in parts]).astype(float)
    apart = np.abs(together - listen(one.path))
    assert np.percentile(apart, 99) < 300
    for second in range(SECONDS):
        heard = together[second * RATE + 9600 : second * RATE + 38_400]
        assert strength(heard.astype(np.int16), 400 + 100 * second) == pytest.approx(8000, rel=0.05)


@needs_ffmpeg
def test_each_part_has_its_own_chapters_and_gaps(tmp_path: Path, whole: tuple[Path, Levelled]) -> None:
    first, second = write_parts(tmp_path, *whole, label(), round(sum(whole[1].sizes) * 0.7))
    cut = slot_of(first.length)
    assert cut == slot_of(timedelta(seconds=13.5))
    names = [[one["tags"]["title"] for one in probe(part.path)["chapters"]] for part in (first, second)]
    assert names == [["Ada", "Béa = «due»"], ["Cia"]]
    assert [read_gaps(part.path) for part in (first, second)] == [
        [(100, 50), (600, cut - 600)],
        [(0, 700 - cut)],
    ]
    tags = [probe(part.path)["streams"][0]["tags"]["track"] for part in (first, second)]
    assert tags == ["1", "2"]


def test_a_chapter_that_goes_on_begins_the_part() -> None:
    within = list(chapters_within(CHAPTERS, slot_of(timedelta(seconds=10)), slot_of(timedelta(seconds=20))))
    assert [one.title for one in within] == ["Béa = «due»", "Cia"]
    assert within[0].at == timedelta()
    assert within[1].at.total_seconds() == pytest.approx(3.5, abs=0.02)


def test_chapters_beyond_the_part_are_left_out() -> None:
    late = (*CHAPTERS, Chapter(timedelta(hours=1), "never"))
    assert [one.title for one in chapters_within(late, 0, slot_of(timedelta(seconds=7)))] == ["Ada"]


def test_slots_and_instants_of_players_agree() -> None:
    for slot in (1, 50, 180_000):
        assert slot_of(time_of(slot)) == slot
    assert time_of(0) == timedelta()
    assert time_of(1) == timedelta(seconds=(SLOT - PRE_SKIP) / RATE)


def test_hundreds_of_chapters_fit_into_the_head(tmp_path: Path, whole: tuple[Path, Levelled]) -> None:
    many = tuple(Chapter(timedelta(seconds=number / 50), "Nome " * 20) for number in range(900))
    (part,) = write_parts(tmp_path, *whole, label(many), 10**6)
    assert len(listen(part.path)) == SECONDS * RATE - PRE_SKIP
