"""The tape: every voice on its own track, aligned with the mix, and nowhere who said no."""

from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from rooms.ids import ChatId, PersonId
from tests.voice.exchange import ADA, BEN, CARLA, RELAY, in_call, source_of
from tests.voice.sounds import strength
from tests.voice.studios import HOME, JINGLE, Room, leg_with, microphone, voice
from voice.mixing.sound import Block
from voice.mixing.units import SLOT
from voice.recording.recorder import segments
from voice.recording.spliced import read_gaps, read_splice
from voice.studio.tape import CLAIMED_WITHIN
from voice.telegram.participants import read_participant

EAST = ChatId(-1002)
LOW, MIDDLE, HIGH = 500, 1500, 2500
"""Hertz by which an ear tells Ada, Ben and Carla."""

GONE = 10.0
"""The amplitude of what is not there: a thousandth."""


@pytest.fixture
def room(tmp_path: Path, disk: Executor) -> Room:
    room = Room(tmp_path / "7", disk, leg_with(HOME, ADA, BEN, CARLA))
    room.studio.begin(with_jingle=False)
    return room


def at(sound: Block, begin: int, end: int) -> Block:
    """What is heard between two slots, without what a jitter buffer and a codec do to their edges."""
    return sound[(begin + 5) * SLOT : (end - 5) * SLOT]


def identify(room: Room, *people: PersonId, source: int | None = None) -> None:
    """Telegram's list of the call is this from now on; `source` is the last one's."""
    told = [read_participant(in_call(person), RELAY) for person in people[:-1]]
    last = in_call(people[-1])
    last.source = source or last.source
    participants = room.studio.legs[HOME].presence._roster.participants
    participants.replace([*told, read_participant(last, RELAY)], 2, 0.0)


def test_each_voice_is_on_its_own_track_and_on_no_other(room: Room) -> None:
    room.speak(
        100,
        {
            microphone(HOME, ADA): voice(LOW, 100),
            microphone(HOME, BEN): voice(MIDDLE, 100),
            microphone(HOME, CARLA): voice(HIGH, 100),
        },
    )
    heard = room.finish()
    assert set(heard) == {"talk", str(ADA), str(BEN), str(CARLA)}
    for person, own in ((ADA, LOW), (BEN, MIDDLE), (CARLA, HIGH)):
        for hertz in (LOW, MIDDLE, HIGH):
            assert (strength(at(heard[str(person)], 0, 100), hertz) > 7000) is (hertz == own)
            assert strength(at(heard[str(person)], 0, 100), hertz) < 9000 if hertz == own else GONE


def test_who_speaks_alone_is_encoded_once(room: Room) -> None:
    room.speak(60, {microphone(HOME, ADA): voice(LOW, 60)})
    room.work(60)
    room.studio.finish()
    track = room.recorded(f"voices/{ADA}")
    assert set(track) <= {packet.opus for packet in room.on_air}
    assert len(track) > 55


def test_a_voice_is_recorded_only_while_it_is_heard(room: Room) -> None:
    room.speak(50, {microphone(HOME, ADA): voice(LOW, 50)})
    room.speak(500, {microphone(HOME, BEN): np.zeros(500 * SLOT, np.int16)})
    room.speak(50, {microphone(HOME, ADA): voice(LOW, 50)})
    room.studio.finish()
    assert len(room.recorded(f"voices/{ADA}")) <= 102
    assert not (room.folder / "voices" / str(BEN)).exists()


def test_tracks_are_aligned_with_the_mix(room: Room) -> None:
    """Ada, then both, then Ben, with pauses and slots that were missed."""
    room.work(30)
    room.speak(60, {microphone(HOME, ADA): voice(LOW, 60)})
    room.skip(40)
    room.speak(60, {microphone(HOME, ADA): voice(LOW, 60), microphone(HOME, BEN): voice(MIDDLE, 60)})
    room.work(70)
    room.speak(60, {microphone(HOME, BEN): voice(MIDDLE, 60)})
    heard = room.finish()
    mix, ada, ben = heard["talk"], heard[str(ADA)], heard[str(BEN)]
    assert len(mix) == len(ada) == len(ben)
    total = ada.astype(int) + ben
    rest = at(total, 0, 320).astype(float) - at(mix, 0, 320)
    assert np.sqrt(np.mean(rest**2)) < 150
    for begin, end in ((35, 85), (135, 185), (265, 315)):
        window = slice(begin * SLOT, end * SLOT)
        assert np.corrcoef(total[window], mix[window])[0, 1] > 0.999


def test_an_unrecorded_voice_is_on_air_and_on_no_track_nor_the_mix(room: Room) -> None:
    room.tape.unrecorded = frozenset({BEN})
    air = room.speak(100, {microphone(HOME, ADA): voice(LOW, 100), microphone(HOME, BEN): voice(MIDDLE, 100)})
    heard = room.finish()
    assert set(heard) == {"talk", str(ADA)}
    for sound in heard.values():
        assert strength(at(sound, 0, 100), LOW) > 7000
        assert strength(at(sound, 0, 100), MIDDLE) < GONE
    assert min(packet.level for packet in air) < 15
    assert [turn.person for turn in room.turns()] == [ADA]


def test_an_unrecorded_voice_alone_leaves_silence(room: Room) -> None:
    room.tape.unrecorded = frozenset({BEN})
    room.speak(50, {microphone(HOME, ADA): voice(LOW, 50)})
    room.speak(50, {microphone(HOME, BEN): voice(MIDDLE, 50)})
    room.speak(50, {microphone(HOME, ADA): voice(LOW, 50)})
    mix = room.finish()["talk"]
    assert np.abs(at(mix, 55, 95)).max() < 30
    assert strength(at(mix, 100, 150), LOW) > 7000
    assert strength(mix, MIDDLE) < GONE


def test_as_long_as_somebody_is_unrecorded_so_is_whoever_is_unknown(room: Room) -> None:
    room.tape.unrecorded = frozenset({BEN})
    room.speak(50, {(HOME, 4711): voice(HIGH, 50)})
    assert strength(room.finish()["talk"], HIGH) < GONE


def test_nobody_is_unknown_for_ever(room: Room) -> None:
    """What was heard before Telegram told whose it is goes to their track."""
    room.speak(40, {(HOME, 4711): voice(HIGH, 40)})
    identify(room, ADA, BEN, CARLA, source=4711)
    room.speak(40, {(HOME, 4711): voice(HIGH, 40)})
    heard = room.finish()
    assert strength(at(heard["talk"], 0, 80), HIGH) > 7000
    assert strength(at(heard[str(CARLA)], 0, 35), HIGH) > 7000
    assert strength(at(heard[str(CARLA)], 40, 80), HIGH) > 7000


def test_what_nobody_claims_is_not_kept_for_ever(room: Room) -> None:
    room.speak(2 * CLAIMED_WITHIN, {(HOME, 4711): voice(HIGH, 2 * CLAIMED_WITHIN)})
    assert sum(map(len, room.tape._unclaimed.values())) == CLAIMED_WITHIN


def test_who_comes_again_with_another_source_goes_on_with_their_track(room: Room) -> None:
    room.speak(50, {microphone(HOME, ADA): voice(LOW, 50)})
    identify(room, BEN, CARLA, ADA, source=4711)
    room.speak(50, {(HOME, 4711): voice(LOW, 50)})
    heard = room.finish()
    assert set(heard) == {"talk", str(ADA)}
    assert strength(at(heard[str(ADA)], 0, 50), LOW) > 7000
    assert strength(at(heard[str(ADA)], 50, 100), LOW) > 7000


def test_the_house_has_a_track_too(tmp_path: Path, disk: Executor) -> None:
    room = Room(tmp_path / "7", disk, leg_with(HOME, ADA))
    room.studio.begin(with_jingle=True)
    room.speak(60, {microphone(HOME, ADA): voice(LOW, 60)})
    heard = room.finish()
    assert strength(at(heard["house"], 0, 25), JINGLE) > 500
    assert strength(heard["house"], LOW) < GONE
    assert strength(heard[str(ADA)], JINGLE) < GONE


def test_one_person_in_two_calls_has_one_track(tmp_path: Path, disk: Executor) -> None:
    room = Room(tmp_path / "7", disk, leg_with(HOME, ADA), leg_with(EAST, ADA))
    room.studio.begin(with_jingle=False)
    room.speak(60, {microphone(HOME, ADA): voice(LOW, 60), microphone(EAST, ADA): voice(HIGH, 60)})
    heard = room.finish()
    assert set(heard) == {"talk", str(ADA)}
    for hertz in (LOW, HIGH):
        assert strength(at(heard[str(ADA)], 0, 60), hertz) > 7000


def test_all_tracks_have_one_segment_however_often_people_pause(room: Room) -> None:
    for _ in range(5):
        room.speak(20, {microphone(HOME, ADA): voice(LOW, 20)})
        room.work(20)
    room.studio.finish()
    room.settle()
    assert len(segments(room.folder / "voices" / str(ADA))) == 1


def test_eleven_voices_at_once_are_told_apart(tmp_path: Path, disk: Executor) -> None:
    people = [PersonId(number) for number in range(1, 13)]
    room = Room(tmp_path / "7", disk, leg_with(HOME, *people))
    room.studio.begin(with_jingle=False)
    hertz = {person: 400 + 150 * person for person in people}
    room.speak(50, {(HOME, source_of(person)): voice(hertz[person], 50, 2500) for person in people})
    heard = room.finish()
    for person in people:
        track = at(heard[str(person)], 5, 50)
        assert strength(track, hertz[person]) > 2000
        assert max(strength(track, hertz[other]) for other in people if other != person) < 50


def test_who_spoke_when_is_known_afterwards(room: Room) -> None:
    room.work(50)
    room.speak(100, {microphone(HOME, ADA): voice(LOW, 100)})
    room.work(100)
    room.speak(100, {microphone(HOME, BEN): voice(MIDDLE, 100)})
    room.finish()
    turns = room.turns()
    assert [(turn.person, turn.name) for turn in turns] == [(ADA, "Person 1"), (BEN, "Person 2")]
    for turn, begin in zip(turns, (1.0, 5.0), strict=True):
        assert abs(turn.at - timedelta(seconds=begin)) < timedelta(milliseconds=100)
        assert abs(turn.length - timedelta(seconds=2)) < timedelta(milliseconds=200)


def test_a_gap_begins_where_the_line_last_stood_in_the_mix_and_on_every_track(room: Room) -> None:
    """That it was lost was noticed a second and a half after the last frame."""
    stood = [0]
    room.tape.stood = lambda: stood[0] * SLOT
    room.speak(100, {microphone(HOME, ADA): voice(LOW, 100)})
    stood[0] = 110  # by then the last frames have left the jitter buffer
    room.work(75)
    room.tape.lose()
    room.skip(25)
    room.speak(100, {microphone(HOME, ADA): voice(LOW, 100)})
    room.finish()
    recording = read_splice(room.folder / "talk.ogg")
    (gap,) = recording.gaps
    assert (gap.at, gap.at + gap.length) == (timedelta(seconds=2.2), timedelta(seconds=4.0))
    assert read_splice(room.folder / "voices" / f"{ADA}.ogg").gaps == recording.gaps


def test_a_line_that_was_only_quiet_leaves_no_gap(room: Room) -> None:
    stood = [0]
    room.tape.stood = lambda: stood[0] * SLOT
    room.speak(100, {microphone(HOME, ADA): voice(LOW, 100)})
    room.work(600)
    stood[0] = 700
    room.work(10)
    room.finish()
    recording = read_splice(room.folder / "talk.ogg")
    assert recording.gaps == ()
    assert round(recording.duration.total_seconds(), 1) == 14.2


def test_what_the_house_plays_meanwhile_is_no_gap(tmp_path: Path, disk: Executor) -> None:
    room = Room(tmp_path, disk, leg_with(HOME, ADA))
    room.tape.stood = lambda: 0.0
    room.studio.begin(with_jingle=False)
    room.work(50)
    room.player.begin()
    room.work(50)
    room.tape.lose()
    room.finish()
    assert read_gaps(tmp_path / "talk.ogg") == [(0, 50), (75, 25)], "but for half a second of jingle"
