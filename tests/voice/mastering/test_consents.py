"""Consents: an ear finds everybody who may be heard, and nobody else, whatever was decided when."""

from datetime import timedelta
from pathlib import Path

import pytest

from rooms.ids import PersonId
from rooms.recordings import Turn
from tests.voice.mastering import tape
from tests.voice.mastering.tape import ADA, BEA, CIA, HERTZ, HOUSE_HERTZ, between, hear
from tests.voice.sounds import rms, strength
from voice.mastering.consents import OTHERS, make_true, read_people
from voice.mastering.orders import Order
from voice.mixing.sound import Block
from voice.recording.spliced import read_gaps
from voice.recording.splicing import TALK, splice, splice_tracks

TALKING = {ADA: [(0, 4)], BEA: [(1, 3), (5, 8)], CIA: [(2, 6)]}
HOUSE = [(6.0, 8.0)]


def order(folder: Path, consented: tuple[PersonId, ...] = (), excluded: tuple[PersonId, ...] = ()) -> Order:
    return Order(folder, "T", "A", "t", 10**9, consented=consented, excluded=excluded)


@pytest.fixture
def talk(folder: Path) -> Block:
    """The talk as it was on air."""
    tape.tape_talk(folder, 8, TALKING, HOUSE)
    splice(folder)
    return hear(folder / TALK)


def loud(sound: Block, hertz: float, second: int) -> float:
    return strength(between(sound, second + 0.2, second + 0.8), hertz)


def who(sound: Block, second: int) -> set[float]:
    """By their hertz, who is heard in that second."""
    return {hertz for hertz in (*HERTZ.values(), HOUSE_HERTZ) if loud(sound, hertz, second) > 3000}


def test_the_excluded_one_is_gone_and_the_others_are_as_they_were(folder: Path, talk: Block) -> None:
    """By 50 dB at least, and within half a decibel."""
    make_true(order(folder, consented=(ADA, CIA), excluded=(BEA,)))
    rebuilt = hear(folder / TALK)
    for second in range(8):
        assert who(rebuilt, second) == who(talk, second) - {HERTZ[BEA]}
        for hertz in who(rebuilt, second):
            assert loud(rebuilt, hertz, second) == pytest.approx(loud(talk, hertz, second), rel=0.059)
    for begin, end in TALKING[BEA]:
        before = strength(between(talk, begin + 0.2, end - 0.2), HERTZ[BEA])
        assert strength(between(rebuilt, begin + 0.2, end - 0.2), HERTZ[BEA]) < before * 10 ** (-50 / 20)


@pytest.mark.usefixtures("talk")
def test_nothing_of_the_excluded_one_is_left_on_disk(folder: Path) -> None:
    (folder / "clips").mkdir()
    (folder / "clips" / "0-50.ogg").touch()
    make_true(order(folder, consented=(ADA, BEA, CIA), excluded=(BEA,)))
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert names == ["house.ogg", "talk.ogg", "voices/5.ogg", "voices/9.ogg"]


@pytest.mark.usefixtures("talk")
def test_without_exclusions_the_talk_stays_as_it_is(folder: Path) -> None:
    before = (folder / TALK).read_bytes()
    make_true(order(folder, consented=(ADA,)))
    assert (folder / TALK).read_bytes() == before


@pytest.mark.usefixtures("talk")
def test_who_did_not_consent_has_no_track_but_can_still_be_heard_among_the_others(folder: Path) -> None:
    make_true(order(folder, consented=(ADA,)))
    assert [path.name for path in (folder / "voices").iterdir()] == ["5.ogg"]
    others = hear(folder / OTHERS)
    assert [who(others, second) for second in (0, 2, 4, 7)] == [set(), {900.0, 1700.0}, {1700.0}, {900.0}]
    people = read_people(folder)
    assert people.keys() == {BEA, CIA}
    assert people[CIA] == [(100, 200)]


@pytest.mark.usefixtures("talk")
def test_who_withdraws_from_the_others_is_silenced_there_and_in_the_talk(folder: Path) -> None:
    """Also what others said at the same time is lost then: the price of not keeping a voice by itself."""
    make_true(order(folder, consented=(ADA,)))
    make_true(order(folder, consented=(ADA,), excluded=(CIA,)))
    rebuilt, others = hear(folder / TALK), hear(folder / OTHERS)
    assert [who(rebuilt, second) for second in (0, 2, 4, 7)] == [{500.0}, {500.0}, set(), {900.0, 300.0}]
    for sound in (rebuilt, others):
        assert strength(between(sound, 2, 6), 1700) < 5
    assert read_people(folder).keys() == {BEA}


@pytest.mark.usefixtures("talk")
def test_consent_may_be_given_up_and_the_track_becomes_one_of_the_others(folder: Path) -> None:
    make_true(order(folder, consented=(ADA, BEA, CIA)))
    assert not (folder / OTHERS).exists()
    make_true(order(folder, consented=(ADA, CIA)))
    make_true(order(folder, consented=(CIA,)))
    assert read_people(folder).keys() == {ADA, BEA}
    others = hear(folder / OTHERS)
    for second, hertz in ((0, 500), (7, 900)):
        assert loud(others, hertz, second) == pytest.approx(6000, rel=0.059)


@pytest.mark.usefixtures("talk")
def test_a_voice_that_was_merged_before_a_crash_is_not_merged_twice(folder: Path) -> None:
    splice_tracks(folder)
    track = folder / "voices" / f"{BEA}.ogg"
    content = track.read_bytes()
    make_true(order(folder, consented=(ADA,)))
    track.write_bytes(content)
    make_true(order(folder, consented=(ADA,)))
    assert not track.exists()
    assert loud(hear(folder / OTHERS), 900, 7) == pytest.approx(6000, rel=0.059)


def test_turns_tell_where_an_old_recording_without_tracks_is_silenced(folder: Path) -> None:
    tape.record(folder, tape.encode(tape.sounding(500, [(0, 8)], 8)))
    splice(folder)
    turn = Turn(ADA, "Ada", timedelta(seconds=3), timedelta(seconds=2))
    make_true(Order(folder, "T", "A", "t", 10**9, turns=(turn,), excluded=(ADA,)))
    sound = hear(folder / TALK)
    assert rms(between(sound, 2.55, 5.45)) < 1
    assert strength(between(sound, 0.2, 2.3), 500) > 5000
    assert strength(between(sound, 5.8, 7.9), 500) > 5000


def test_when_the_only_voice_is_excluded_silence_remains(folder: Path) -> None:
    tape.record(folder, tape.encode(tape.sounding(500, [(0, 8)], 8)))
    tape.record(folder / "voices" / str(ADA), tape.encode(tape.sounding(500, [(1, 7)], 8)))
    splice(folder)
    make_true(order(folder, excluded=(ADA,)))
    assert rms(between(hear(folder / TALK), 0.6, 7.4)) < 1


def test_the_gaps_of_a_track_become_gaps_of_what_is_made_of_it(folder: Path) -> None:
    tape.tape_talk(folder, 8, TALKING)
    segment = folder / "voices" / str(ADA) / "001.ogg"
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 0xFF
    segment.write_bytes(content)
    splice(folder)
    make_true(order(folder, consented=(ADA,), excluded=(BEA,)))
    assert read_gaps(folder / "voices" / "5.ogg")
    assert read_gaps(folder / TALK) == read_gaps(folder / "voices" / "5.ogg")
