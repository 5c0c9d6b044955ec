"""Splicing: one file whose time is true, made from whatever the crashes left."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from containers.ogg import PageWriter
from containers.opus import PRE_SKIP, SILENT_PACKET
from rooms.ports import Packet
from rooms.recordings import Gap
from tests.voice.mastering import tape
from tests.voice.sounds import cut, listen, rms, strength, tone
from voice.mixing.encoder import Encoder
from voice.mixing.units import RATE, SLOT
from voice.recording.recorder import STARTED_AT
from voice.recording.spliced import read_gaps, read_slots, read_slotwise, read_splice
from voice.recording.splicing import splice, splice_tracks

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


def spoil(path: Path, packet: bytes) -> None:
    """Flip a bit of the page with this packet."""
    content = bytearray(path.read_bytes())
    content[content.index(packet)] ^= 1
    path.write_bytes(content)


def numbered(slots: Iterable[int]) -> list[Packet]:
    """Packets that tell by their bytes to which slot they belong."""
    return [Packet(slot * SLOT, SILENT_PACKET + slot.to_bytes(4, "big"), 0) for slot in slots]


def slots_of(path: Path, first: int) -> list[int]:
    """Where the numbered packets of a spliced file are, less where they should be."""
    return [
        slot + first - int.from_bytes(packet[3:], "big")
        for slot, packet in enumerate(read_slotwise(path))
        if packet != SILENT_PACKET
    ]


def test_a_spoilt_page_is_a_gap_and_the_rest_is_heard(tmp_path: Path) -> None:
    tape.record(tmp_path, numbered(range(200)))
    spoil(tmp_path / "001.ogg", numbered([60])[0].opus)
    recording = splice(tmp_path)
    assert recording is not None
    assert recording.gaps == (Gap(timedelta(seconds=1), timedelta(seconds=0.5)),)
    assert slots_of(recording.path, 0) == [0] * 175


def test_tracks_are_aligned_over_an_hour_with_gaps_and_crashes(tmp_path: Path) -> None:
    """Three lives of the relay process, whose wall clocks differ a little."""
    hour = 60 * 60 * 50
    lives = [(500, 60_000, 0.0), (60_400, 120_000, 0.004), (121_000, hour + 500, -0.007)]
    for begin, end, drift in lives:
        clock = NOON + timedelta(seconds=drift)
        gapped = [slot for slot in range(begin, end) if slot % 20_000 >= 150]
        tape.record(tmp_path, numbered(gapped), clock)
        for person, rhythm in ((5, 777), (7, 1900)):
            words = [slot for slot in gapped if slot % rhythm < 60]
            tape.record(tmp_path / "voices" / str(person), numbered(words), clock)
    recording = splice(tmp_path)
    tracks = splice_tracks(tmp_path)
    assert recording is not None
    assert [track.name for track in tracks] == ["5.ogg", "7.ogg"]
    for path in (recording.path, *tracks):
        assert read_slots(path) == hour
        assert {abs(off) for off in slots_of(path, 500)} == {0}
    assert len(recording.gaps) == 9
    assert all(read_splice(track).gaps == recording.gaps for track in tracks)
    assert sorted(path.name for path in (tmp_path / "voices").iterdir()) == ["5.ogg", "7.ogg"]


def test_a_track_is_silent_before_between_and_after(tmp_path: Path) -> None:
    tape.tape_talk(tmp_path, 4, {tape.ADA: [(1, 2)], tape.BEA: [(0, 1), (3, 4)]})
    splice(tmp_path)
    ada, bea = (tape.hear(track) for track in splice_tracks(tmp_path))
    assert [strength(tape.between(ada, at + 0.1, at + 0.9), 500) > 5000 for at in range(4)] == [0, 1, 0, 0]
    assert [strength(tape.between(bea, at + 0.1, at + 0.9), 900) > 5000 for at in range(4)] == [1, 0, 0, 1]
    assert rms(tape.between(ada, 2.2, 3.9)) < 1


def test_a_spoilt_page_of_a_track_is_its_gap_but_pauses_are_none(tmp_path: Path) -> None:
    tape.record(tmp_path, numbered(range(500)))
    tape.record(tmp_path / "voices" / "5", numbered([*range(100, 200), *range(300, 400)]))
    spoil(tmp_path / "voices" / "5" / "001.ogg", numbered([310])[0].opus)
    splice(tmp_path)
    (track,) = splice_tracks(tmp_path)
    assert read_gaps(track) == [(200, 125)]
    assert len(slots_of(track, 0)) == 175


def test_what_was_said_outside_the_talk_is_on_no_track(tmp_path: Path) -> None:
    tape.record(tmp_path, numbered(range(100, 200)))
    tape.record(tmp_path / "house", numbered(range(250)))
    splice(tmp_path)
    (track,) = splice_tracks(tmp_path)
    assert read_slots(track) == 100
    assert slots_of(track, 100) == [0] * 100


def test_tracks_interrupted_by_a_crash_are_done_anew(tmp_path: Path) -> None:
    tape.record(tmp_path, numbered(range(100)))
    tape.record(tmp_path / "voices" / "-1005", numbered(range(50)))
    splice(tmp_path)
    (tmp_path / "voices" / "-1005.part").write_bytes(b"OggS half")
    first = [track.read_bytes() for track in splice_tracks(tmp_path)]
    assert [track.read_bytes() for track in splice_tracks(tmp_path)] == first
    assert [path.name for path in (tmp_path / "voices").iterdir()] == ["-1005.ogg"]
