"""Lexemes covered by parts: every word has its place, and no reading is lost."""

import pytest

from bot.times import TimeImpossible, TimeInPast, TimeNotUnderstood
from bot.times.grammar import phrases
from bot.times.parts import Clock, Dated, Face, Phrase, Weekday, Zoned


def test_a_phrase_is_read_into_its_parts() -> None:
    assert phrases("Thursday at 18:30 London time, please", "en") == [
        Phrase((Weekday(3), Clock(18, 30, Face.EXACT), Zoned("Europe/London")))
    ]


def test_all_equally_good_readings_are_kept() -> None:
    readings = {phrase.parts for phrase in phrases("venerdì 18", "it")}
    assert readings == {(Weekday(4), Dated(18)), (Weekday(4), Clock(18, 0, Face.EXACT))}


def test_the_fewest_parts_win() -> None:
    (phrase,) = phrases("26 november 2026 18:30", "en")
    assert phrase.parts == (Dated(26, 11, 2026), Clock(18, 30, Face.EXACT))


@pytest.mark.parametrize(
    "words", ["friday six", "friday 18:30 half", "in hours", "friday 18:30 for 2", "6 6 6"]
)
def test_a_word_without_a_place_refuses_the_whole(words: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        phrases(words + " hours and", "en")


def test_joining_words_are_remembered() -> None:
    assert [phrase.joined for phrase in phrases("friday or saturday 18:30", "en")] == [True]
    assert [phrase.joined for phrase in phrases("friday, saturday 18:30", "en")] == [False]


def test_what_a_rule_refuses_counts_only_when_nothing_else_fits() -> None:
    assert phrases("27.11 alle 18", "it")[0].parts == (Dated(27, 11), Clock(18, 0, Face.EXACT))
    with pytest.raises(TimeImpossible):
        phrases("27.13 alle 18", "it")
    with pytest.raises(TimeInPast):
        phrases("two hours ago", "en")


@pytest.mark.parametrize("piece", ["10.12 ", "9.10 10.11 11.12 ", "6 or 7 "])
def test_piles_of_doubtful_numbers_are_refused_at_once(piece: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        phrases((piece * 200)[:200], "en")
