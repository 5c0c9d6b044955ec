"""Mastering: one order in; a replay, tracks, a picture and the truth about gaps out."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from containers.opus import PRE_SKIP
from rooms.ids import PersonId
from rooms.recordings import Gap, Turn
from tests.voice.mastering import tape
from tests.voice.mastering.independent import loudness_of, needs_ffmpeg
from tests.voice.mastering.tape import ADA, BEA, CIA, between
from tests.voice.sounds import listen, strength
from voice.mastering.cuts import TooSmall
from voice.mastering.mastering import master
from voice.mastering.orders import Chapter, Order, Replay, replay_from_json
from voice.mixing.units import RATE

TALKING = {ADA: [(0, 4)], BEA: [(3, 7)], CIA: [(6, 9)]}


def order(folder: Path, **changes: object) -> Order:
    said = {
        "title": "Le stelle",
        "artist": "Ada",
        "theme": "stelle",
        "limit": 10**6,
        "chapters": (Chapter(timedelta(), "Ada"), Chapter(timedelta(seconds=3), "Bea")),
        "consented": (ADA, BEA),
        **changes,
    }
    return Order(folder, **said)  # type: ignore[arg-type]


@pytest.fixture
def taped(folder: Path) -> Path:
    tape.tape_talk(folder, 9, TALKING, [(8.0, 9.0)])
    return folder


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


MASTERED = ["house.ogg", "others.ogg", "peaks.json", "replay.json", "replay.mp3", "replay.ogg", "talk.ogg"]
MASTERED += ["voices/5.ogg", "voices/7.ogg", "waveform.png"]


@needs_ffmpeg
def test_a_talk_is_mastered(taped: Path) -> None:
    replay = master(order(taped))
    (part,) = replay.parts
    integrated, peak = loudness_of(part.path)
    assert integrated == pytest.approx(-16, abs=0.5)
    assert peak <= -1
    assert replay.loudness == pytest.approx(integrated, abs=0.11)
    assert replay.true_peak == pytest.approx(peak, abs=0.3)
    assert len(listen(part.path)) == 9 * RATE - PRE_SKIP
    assert files(taped) == MASTERED
    assert [(voice.person, voice.path.name) for voice in replay.tracks] == [(5, "5.ogg"), (7, "7.ogg")]
    assert replay.gaps == ()
    assert [chapter.title for chapter in replay.chapters] == ["Ada", "Bea"]
    assert len(json.loads((taped / "peaks.json").read_text())) == 800


def test_the_answer_is_on_disk_as_well(taped: Path) -> None:
    replay = master(order(taped))
    assert replay_from_json((taped / "replay.json").read_bytes()) == replay


def test_done_again_it_gives_the_same(taped: Path) -> None:
    first = master(order(taped))
    assert master(order(taped)) == first
    assert files(taped) == MASTERED


def test_consent_that_is_withdrawn_later_takes_the_voice_out_of_the_replay(taped: Path) -> None:
    master(order(taped))
    replay = master(order(taped, consented=(ADA,), excluded=(BEA,)))
    sound = listen(replay.parts[0].path)
    assert strength(between(sound, 4.2, 5.8), 900) < 1
    assert strength(between(sound, 0.2, 2.8), 500) > 1000
    assert [voice.person for voice in replay.tracks] == [ADA]
    assert {turn.person for turn in replay.turns} == {ADA, CIA}


def test_without_turns_the_tracks_tell_who_spoke(taped: Path) -> None:
    turns = master(order(taped)).turns
    assert [(turn.person, turn.at.total_seconds(), turn.length.total_seconds()) for turn in turns] == [
        (ADA, 0, 4),
        (BEA, 3, 4),
        (CIA, 6, 3),
    ]


def test_given_turns_are_kept_but_for_those_of_the_excluded(taped: Path) -> None:
    said = tuple(Turn(PersonId(one), "x", timedelta(), timedelta(seconds=1)) for one in (ADA, CIA))
    assert master(order(taped, turns=said, excluded=(CIA,))).turns == said[:1]


def test_gaps_are_told(folder: Path) -> None:
    packets = tape.encode(tape.sounding(500, [(0, 2), (3, 6)], 6))
    tape.record(folder, packets)
    assert master(order(folder)).gaps == (Gap(timedelta(seconds=2), timedelta(seconds=1)),)


def test_too_large_a_replay_is_parted_and_a_smaller_one_replaces_all_parts(taped: Path) -> None:
    parts = master(order(taped, limit=20_000)).parts
    assert len(parts) > 1
    assert all(part.path.stat().st_size <= 20_000 for part in parts)
    master(order(taped))
    assert files(taped) == MASTERED


def test_a_replay_a_little_too_large_is_encoded_coarser(taped: Path) -> None:
    (whole,) = master(order(taped)).parts
    limit = round(whole.path.stat().st_size * 0.85)
    (coarser,) = master(order(taped, limit=limit)).parts
    assert coarser.path.stat().st_size <= limit


def test_nothing_recorded_is_an_empty_answer(folder: Path) -> None:
    assert master(order(folder)) == Replay()


def test_a_talk_of_one_packet_is_mastered(folder: Path) -> None:
    tape.record(folder, tape.encode(tape.sounding(500, [(0, 0.02)], 1)))
    replay = master(order(folder))
    assert len(listen(replay.parts[0].path)) == 960 - PRE_SKIP
    assert replay.loudness is None


def test_a_silent_talk_is_mastered(folder: Path) -> None:
    tape.record(folder, tape.encode(tape.sounding(500, [(0, 3)], 3, amplitude=0)))
    replay = master(order(folder))
    assert replay.loudness is None
    assert not listen(replay.parts[0].path).any()


def test_a_senseless_limit_is_told(taped: Path) -> None:
    with pytest.raises(TooSmall):
        master(order(taped, limit=100))


def test_chapters_after_the_end_are_left_out(taped: Path) -> None:
    late = (Chapter(timedelta(hours=1), "never"), Chapter(timedelta(), "Ada"))
    assert [one.title for one in master(order(taped, chapters=late)).chapters] == ["Ada"]
