"""The turn log: what was written down meanwhile is known afterwards, whatever crashed."""

from concurrent.futures import Executor
from pathlib import Path

import pytest

from tests.voice.exchange import ADA
from tests.voice.turn_taking import Talk, turn
from voice.mixing.speaking import TO_BEGIN, TO_END
from voice.recording.splicing import splice
from voice.recording.turn_log import LONGEST_PIECE
from voice.recording.turns import TURNS, read_turns


@pytest.fixture
def talk(tmp_path: Path, disk: Executor) -> Talk:
    return Talk(tmp_path / "7", disk)


def test_a_turn_is_as_long_as_somebody_spoke(talk: Talk) -> None:
    """Without the time that it takes to be sure that somebody speaks, or does not any more."""
    talk.go_on(100)
    talk.go_on(100, ADA)
    talk.go_on(100)
    assert talk.end() == (turn(ADA, 100 - TO_BEGIN, 200 - TO_END),)


def test_who_still_speaks_at_the_end_has_a_turn_too(talk: Talk) -> None:
    talk.go_on(100, ADA)
    assert talk.end() == (turn(ADA, 0, 99),)


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
