"""Turns: who spoke when is known afterwards, whatever crashed meanwhile."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from containers.opus import SILENT_PACKET
from rooms.ids import PersonId
from rooms.ports import Packet
from rooms.recordings import Turn
from tests.voice.exchange import ADA, BEN, NOON
from voice.recorder import Recorder
from voice.sound import SLOT
from voice.speaking import TO_BEGIN, TO_END
from voice.splicing import splice
from voice.turns import BREATH, LONGEST_PIECE, TURNS, TurnLog, read_turns

SLOT_LENGTH = timedelta(milliseconds=20)
NAMES = {ADA: "Ada", BEN: "Ben"}


@pytest.fixture
def disk() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


class Talk:
    """A talk that is recorded from slot 0 of its clock, and who speaks in it."""

    def __init__(self, folder: Path, disk: Executor, clock: datetime = NOON) -> None:
        self.folder = folder
        self.log = TurnLog(folder, disk, clock)
        self._recorder = Recorder(folder, disk, clock)
        self._disk = disk
        self._slot = 0

    def go_on(self, slots: int, *speaking: PersonId) -> None:
        for _ in range(slots):
            self._recorder.take(Packet(self._slot * SLOT, SILENT_PACKET, 127))
            self.log.follow(self._slot, set(speaking), NAMES.__getitem__)
            self._slot += 1

    def end(self) -> tuple[Turn, ...]:
        self.log.stop()
        self.crash()
        splice(self.folder)
        return read_turns(self.folder)

    def crash(self) -> None:
        self._recorder.stop()
        self._disk.submit(lambda: None).result()


@pytest.fixture
def talk(tmp_path: Path, disk: Executor) -> Talk:
    return Talk(tmp_path / "7", disk)


def turn(person: PersonId, begin: int, end: int) -> Turn:
    return Turn(person, NAMES[person], begin * SLOT_LENGTH, (end - begin) * SLOT_LENGTH)


def test_a_turn_is_as_long_as_somebody_spoke(talk: Talk) -> None:
    """Without the time that it takes to be sure that somebody speaks, or does not any more."""
    talk.go_on(100)
    talk.go_on(100, ADA)
    talk.go_on(100)
    assert talk.end() == (turn(ADA, 100 - TO_BEGIN, 200 - TO_END),)


def test_turns_may_overlap(talk: Talk) -> None:
    talk.go_on(100, ADA)
    talk.go_on(100, ADA, BEN)
    talk.go_on(100, BEN)
    talk.go_on(100)
    assert talk.end() == (turn(ADA, 0, 200 - TO_END), turn(BEN, 100 - TO_BEGIN, 300 - TO_END))


def test_who_still_speaks_at_the_end_has_a_turn_too(talk: Talk) -> None:
    talk.go_on(100, ADA)
    assert talk.end() == (turn(ADA, 0, 99),)


def test_a_pause_for_breath_does_not_end_a_turn(talk: Talk) -> None:
    talk.go_on(100, ADA)
    talk.go_on(BREATH - TO_END + TO_BEGIN)
    talk.go_on(100, ADA)
    talk.go_on(BREATH - TO_END + TO_BEGIN + 1)
    talk.go_on(100, ADA)
    talk.go_on(100)
    assert len(talk.end()) == 2


def test_a_long_turn_is_one_though_it_is_written_down_in_pieces(talk: Talk) -> None:
    talk.go_on(3 * LONGEST_PIECE, ADA)
    talk.go_on(100)
    assert talk.end() == (turn(ADA, 0, 3 * LONGEST_PIECE - TO_END),)
    assert len((talk.folder / TURNS).read_text().split()) >= 3


def test_a_crash_forgets_a_moment_and_no_more(talk: Talk) -> None:
    talk.go_on(2 * LONGEST_PIECE + 50, ADA)
    talk.crash()
    with (talk.folder / TURNS).open("ab") as file:
        file.write(b'\n{"clock":"2026-11-24T12:00:00Z","person":2,"na')
    splice(talk.folder)
    assert read_turns(talk.folder) == (turn(ADA, 0, 2 * LONGEST_PIECE),)


def test_what_is_said_after_a_crash_is_where_it_belongs(talk: Talk, disk: Executor) -> None:
    """The main process died too, and the room has another clock."""
    talk.go_on(100, ADA)
    talk.log.stop()
    talk.crash()
    with (talk.folder / TURNS).open("ab") as file:
        file.write(b'\n{"torn')
    later = Talk(talk.folder, disk, NOON + 300 * SLOT_LENGTH)
    later.go_on(50)
    later.go_on(100, BEN)
    later.go_on(50)
    assert later.end() == (turn(ADA, 0, 99), turn(BEN, 350 - TO_BEGIN, 450 - TO_END))


def test_without_a_recording_there_are_no_turns(tmp_path: Path) -> None:
    assert read_turns(tmp_path) == ()


def test_a_talk_in_which_nobody_spoke_has_none(talk: Talk) -> None:
    talk.go_on(100)
    assert talk.end() == ()


def test_what_was_said_when_nothing_was_recorded_is_left_out(talk: Talk) -> None:
    talk.go_on(100)
    talk.log.follow(5000, {ADA}, NAMES.__getitem__)
    talk.log.follow(5100, set(), NAMES.__getitem__)
    assert talk.end() == ()
