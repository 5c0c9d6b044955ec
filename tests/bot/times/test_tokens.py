"""Text cut into words, numbers and signs, with their meanings."""

import pytest

from bot.times import TimeNotUnderstood
from bot.times.lexemes import Kind
from bot.times.tokens import LONGEST_PHRASE, lexemes
from bot.times.vocabulary import vocabulary

EN, IT = vocabulary("en"), vocabulary("it")


def kinds(text: str, language: str = "en") -> list[Kind]:
    return [one.kind for one in lexemes(text, vocabulary(language))]


def test_words_numbers_and_signs_have_their_kinds() -> None:
    assert kinds("Thursday, 26/11 at 18:30 CET") == [
        Kind.WEEKDAY,
        Kind.COMMA,
        Kind.DATE,
        Kind.AT,
        Kind.CLOCK,
        Kind.ZONE,
    ]


@pytest.mark.parametrize("text", ["6pm", "6 pm", "6 p.m.", "6 P.M", "6PM."])
def test_am_and_pm_are_written_in_many_ways(text: str) -> None:
    assert kinds(text) == [Kind.NUMBER, Kind.MERIDIEM]


@pytest.mark.parametrize(
    "text",
    ["2026-11-27T18:30Z", "2026-11-27T18:30:00Z", "2026-11-27 18:30:00.000Z", "2026-11-27t18:30+01:00"],
)
def test_a_machines_instant_is_a_date_a_clock_and_a_zone(text: str) -> None:
    assert kinds(text) == [Kind.DATE, Kind.CLOCK, Kind.ZONE]


def test_the_longest_known_run_of_words_wins() -> None:
    (whole,) = lexemes("the day after tomorrow", EN)
    assert (whole.kind, whole.number, whole.text) == (Kind.DAY, 2, "the day after tomorrow")


def test_a_full_stop_after_a_word_does_not_part_it_from_the_next() -> None:
    assert kinds("St. John's") == [Kind.PLACE]


def test_an_accented_is_is_no_and() -> None:
    assert kinds("è", "it") == [Kind.FILLER]
    assert kinds("e", "it") == [Kind.AND]


def test_invisible_signs_vanish() -> None:
    assert kinds("\u200f1\u200b8:30\ufe0f") == [Kind.CLOCK]


def test_separators_of_a_date_are_alike() -> None:
    assert kinds("27.11.2026") == kinds("27/11/26") == [Kind.DATE]
    assert Kind.DATE not in kinds("18.30-20")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("friday banana 18:30", "banana"),
        ("friday + 18:30", "+"),
        ("every friday", "every"),
        ("utc+5:12", "utc+5:12"),
    ],
)
def test_the_first_piece_without_a_place_is_named(text: str, part: str) -> None:
    with pytest.raises(TimeNotUnderstood) as refusal:
        lexemes(text, EN)
    assert refusal.value.part == part


def test_words_between_strokes_are_alternatives() -> None:
    assert kinds("giovedi/venerdi", "it") == [Kind.WEEKDAY, Kind.OR, Kind.WEEKDAY]
    assert kinds("europe/rome", "it") == [Kind.ZONE]


def test_who_writes_pages_is_not_telling_a_time() -> None:
    assert len(lexemes("friday ".ljust(LONGEST_PHRASE), EN)) == 1
    with pytest.raises(TimeNotUnderstood) as refusal:
        lexemes("friday ".ljust(LONGEST_PHRASE + 1), IT)
    assert len(refusal.value.words) == LONGEST_PHRASE
