"""Turns: who spoke when is known once a talk is over, in the talk's own time."""

from concurrent.futures import Executor
from pathlib import Path

import pytest

from tests.voice.exchange import ADA, BEN, NOON
from tests.voice.turn_taking import NAMES, SLOT_LENGTH, Talk, turn
from voice.mixing.speaking import TO_BEGIN, TO_END
from voice.recording.turns import BREATH, TURNS, forget_turns, read_turns


@pytest.fixture
def talk(tmp_path: Path, disk: Executor) -> Talk:
    return Talk(tmp_path / "7", disk)


def test_turns_may_overlap(talk: Talk) -> None:
    talk.go_on(100, ADA)
    talk.go_on(100, ADA, BEN)
    talk.go_on(100, BEN)
    talk.go_on(100)
    assert talk.end() == (turn(ADA, 0, 200 - TO_END), turn(BEN, 100 - TO_BEGIN, 300 - TO_END))


def test_a_pause_for_breath_does_not_end_a_turn(talk: Talk) -> None:
    talk.go_on(100, ADA)
    talk.go_on(BREATH - TO_END + TO_BEGIN)
    talk.go_on(100, ADA)
    talk.go_on(BREATH - TO_END + TO_BEGIN + 1)
    talk.go_on(100, ADA)
    talk.go_on(100)
    assert len(talk.end()) == 2


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


def test_of_whom_nothing_may_be_left_nothing_is(talk: Talk) -> None:
    talk.go_on(100, ADA, BEN)
    talk.go_on(100)
    assert len(talk.end()) == 2
    forget_turns(talk.folder, {BEN})
    assert read_turns(talk.folder) == (turn(ADA, 0, 100 - TO_END),)
    assert "Ben" not in (talk.folder / TURNS).read_text()


def test_where_nobody_spoke_nobody_is_to_be_forgotten(tmp_path: Path) -> None:
    forget_turns(tmp_path, {ADA})
    assert list(tmp_path.iterdir()) == []
