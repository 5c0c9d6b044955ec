"""What is a question, and in which order questions are shown."""

import pytest

from rooms.errors.gallery import QuestionUnreadable
from rooms.errors.people import QuestionMissing, QuestionTooLong
from rooms.questions import LONGEST, MOST_SHOWN, QuestionState, draw_id, read_question, shown
from tests.fakes.questions import a_question


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  How do I\n\tstart?  ", "How do I start?"),
        ("<b>Why?</b> & so", "<b>Why?</b> & so"),
        ("Perché è così?", "Perché è così?"),
        ("👩\u200d💻 or 🧑\u200d🏫?", "👩\u200d💻 or 🧑\u200d🏫?"),
        ("为什么\uff1f", "为什么\uff1f"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_a_question_is_kept_on_one_line_and_otherwise_as_it_was_written(written: str, kept: str) -> None:
    assert read_question(written) == kept


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u200b", "\u00a0\u2003", "\u0301"])
def test_what_says_nothing_is_no_question(nothing: str) -> None:
    with pytest.raises(QuestionMissing):
        read_question(nothing)


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\x07", "\x1b[31m", "\x7f", "\x9b", "\u202e", "\u2066", "\u200f", "\ud800", "\ue000", "\uffff"],
)
def test_signs_that_show_nothing_or_turn_others_around_are_not_taken(sign: str) -> None:
    with pytest.raises(QuestionUnreadable):
        read_question(f"Is {sign} all right?")


def test_a_question_that_is_too_long_says_how_long_it_is() -> None:
    with pytest.raises(QuestionTooLong) as refusal:
        read_question("x" * (LONGEST + 1))
    assert (refusal.value.length, refusal.value.limit) == (301, 300)


def test_the_one_on_stage_comes_first_then_the_most_wanted_then_what_was_answered() -> None:
    questions = [
        a_question("answered", QuestionState.DONE, id=1, votes=99),
        a_question("waits", QuestionState.WAITING, id=2),
        a_question("wanted", id=3, votes=5),
        a_question("on stage", QuestionState.ON_STAGE, id=4),
        a_question("less wanted", id=5, votes=1),
    ]
    assert [one.text for one in shown(questions)] == ["on stage", "wanted", "less wanted", "answered"]


def test_of_many_only_the_first_ones_are_shown() -> None:
    many = [a_question(str(number), id=number, votes=number) for number in range(1, 100)]
    assert [one.votes for one in shown(many)] == list(range(99, 99 - MOST_SHOWN, -1))


def test_numbers_are_drawn_and_not_counted() -> None:
    drawn = [draw_id() for _ in range(100)]
    assert all(0 < number < 2**31 for number in drawn)
    assert drawn != sorted(drawn)
