"""Clips: the last half minute of a talk that goes on, or any piece of one that is over."""

from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from containers.opus import PRE_SKIP
from rooms.ports import Packet
from tests.voice.mastering import tape
from tests.voice.mastering.independent import loudness_of, needs_ffmpeg
from tests.voice.mastering.tape import NOON, between
from tests.voice.sounds import listen, strength, tone
from voice.mastering.clips import FADE, LONGEST, NothingToClip, clip
from voice.mixing.sound import Block
from voice.mixing.units import RATE
from voice.recording.recorder import PAGE_PACKETS, Recorder
from voice.recording.spliced import read_gaps, read_slots
from voice.recording.splicing import splice


def rising(seconds: int) -> list[Packet]:
    """A tone that rises by 100 Hz with every second."""
    sound = np.concatenate([tone(400 + 100 * second, 1, 3000) for second in range(seconds)])
    return tape.encode(list(sound.reshape(-1, 960)))


def hertz_of(sound: Block) -> float:
    return max(range(400, 5000, 100), key=lambda hertz: strength(sound, hertz))


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_the_last_seconds_of_a_talk_while_it_is_recorded(folder: Path, disk: Executor) -> None:
    recorder = Recorder(folder, disk, NOON)
    packets = rising(40)
    for packet in packets[: 39 * 50 + 24]:
        recorder.take(packet)
    disk.submit(lambda: None).result()
    path = clip(folder, None, seconds(30))
    assert read_slots(path) == 1500
    sound = listen(path)
    assert [hertz_of(between(sound, second + 0.2, second + 0.8)) for second in range(30)] == [
        400 + 100 * second for second in range(9, 39)
    ]
    for packet in packets[39 * 50 + 24 :]:
        recorder.take(packet)
    disk.submit(lambda: None).result()
    assert hertz_of(between(listen(clip(folder, None, seconds(5))), 4.2, 4.8)) == 4300
    recorder.stop()
    assert PAGE_PACKETS <= 25


def test_a_piece_of_a_finished_talk(folder: Path) -> None:
    tape.record(folder, rising(20))
    splice(folder)
    sound = listen(clip(folder, seconds(5), seconds(3)))
    assert len(sound) / RATE == pytest.approx(3, abs=0.01)
    assert [hertz_of(between(sound, at + 0.2, at + 0.8)) for at in range(3)] == [900, 1000, 1100]


def test_the_same_piece_sounds_the_same_during_and_after(folder: Path) -> None:
    tape.record(folder, rising(10))
    during = listen(clip(folder, seconds(5), seconds(3)))
    splice(folder)
    assert np.array_equal(listen(clip(folder, seconds(5), seconds(3))), during)


@needs_ffmpeg
def test_it_is_as_loud_as_a_replay(folder: Path) -> None:
    tape.record(folder, tape.encode(tape.sounding(500, [(0, 10)], 10, amplitude=500)))
    integrated, peak = loudness_of(clip(folder, None, seconds(8)))
    assert integrated == pytest.approx(-16, abs=0.6)
    assert peak <= -1


def test_it_comes_and_goes_softly(folder: Path) -> None:
    tape.record(folder, tape.encode(tape.sounding(500, [(0, 10)], 10)))
    sound = np.abs(listen(clip(folder, seconds(3), seconds(2))).astype(int))
    full = sound[RATE // 2 : RATE].max()
    for ending in (sound[: FADE // 6], sound[-FADE // 6 :]):
        assert ending.max() < full / 3
    assert sound[FADE * 2 : FADE * 4].max() > full * 0.9


def test_even_the_shortest_clip_can_be_heard(folder: Path) -> None:
    tape.record(folder, rising(2))
    assert len(listen(clip(folder, seconds(1), seconds(0.02)))) == 960 - PRE_SKIP


def test_a_talk_shorter_than_the_clip_is_taken_whole(folder: Path) -> None:
    tape.record(folder, rising(2))
    assert read_slots(clip(folder, None, seconds(30))) == 100
    assert read_slots(clip(folder, seconds(1), seconds(30))) == 50


def test_a_clip_tells_of_its_gaps_and_is_aligned_after_them(folder: Path) -> None:
    packets = [packet for packet in rising(10) if not 2 * RATE <= packet.at < 4 * RATE]
    tape.record(folder, packets)
    path = clip(folder, seconds(1), seconds(5))
    assert read_gaps(path) == [(50, 100)]
    assert hertz_of(between(listen(path), 4.2, 4.8)) == 900


def test_no_clip_is_longer_than_may_be(folder: Path) -> None:
    tape.record(folder, tape.encode(tape.sounding(500, [(0, 1), (400, 401)], 401)))
    assert read_slots(clip(folder, None, timedelta(hours=1))) == LONGEST // seconds(0.02)


@pytest.mark.parametrize(("begin", "length"), [(100.0, 5.0), (1.0, 0.0), (1.0, -5.0), (None, 0.0)])
def test_a_piece_where_there_is_nothing_is_refused(folder: Path, begin: float | None, length: float) -> None:
    tape.record(folder, rising(3))
    with pytest.raises(NothingToClip):
        clip(folder, None if begin is None else seconds(begin), seconds(length))


def test_a_room_without_a_recording_is_refused(folder: Path) -> None:
    with pytest.raises(NothingToClip):
        clip(folder, None, seconds(30))
