"""Deletion: nothing is left behind."""

from pathlib import Path

from rooms.ids import PersonId
from tests.voice.mastering import tape
from tests.voice.mastering.tape import ADA
from voice.mastering.deletion import delete_sound
from voice.mastering.mastering import master
from voice.mastering.orders import Order


def test_all_that_was_ever_made_of_a_talk_goes(tmp_path: Path) -> None:
    for number in (1, 2):
        tape.tape_talk(tmp_path / str(number), 2, {ADA: [(0, 1)], PersonId(7): [(1, 2)]})
    master(Order(tmp_path / "1", "T", "A", "t", 10**6, consented=(ADA,)))
    tape.record(tmp_path / "1", tape.encode(tape.sounding(500, [(0, 1)], 1)))
    delete_sound(tmp_path / "1")
    assert [path.name for path in tmp_path.iterdir()] == ["2"]


def test_what_is_gone_already_is_no_error(tmp_path: Path) -> None:
    delete_sound(tmp_path / "7")
    assert list(tmp_path.iterdir()) == []
