"""Lines in which scripts that run left and right meet: the order in which the eye finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.directions import in_sight, levels, runs_leftwards

ALEF, BET, GIMEL = "אבג"


def seen(text: str, *, leftwards: bool) -> str:
    """The text as it stands from left to right, each cluster a character."""
    pieces = list(zip(levels(list(text), leftwards=leftwards), text, strict=True))
    return "".join(in_sight(pieces))


@pytest.mark.parametrize(
    ("text", "leftwards"),
    [
        ("Hello", False),
        ("שלום", True),
        ("سلام", True),
        ("18:30 שלום", True),
        ("18:30 hi", False),
        ("", False),
        ("!?", False),
    ],
)
def test_the_first_letter_decides_where_a_paragraph_runs(text: str, leftwards: bool) -> None:
    assert runs_leftwards(text) is leftwards


def test_latin_stays_as_it_is() -> None:
    assert seen("at 18:30, 40% off!", leftwards=False) == "at 18:30, 40% off!"


def test_hebrew_is_turned_and_its_punctuation_with_it() -> None:
    assert seen(f"{ALEF}{BET}!", leftwards=True) == f"!{BET}{ALEF}"


def test_numbers_in_hebrew_are_read_to_the_right() -> None:
    assert seen(f"{ALEF} 18:30 {BET}", leftwards=True) == f"{BET} 18:30 {ALEF}"
    assert seen(f"{ALEF} 40% {BET}", leftwards=True) == f"{BET} 40% {ALEF}"
    assert seen(f"{ALEF} -5 {BET}", leftwards=True) == f"{BET} 5- {ALEF}"


def test_hebrew_within_english() -> None:
    assert seen(f"on {ALEF}{BET} {GIMEL} day", leftwards=False) == f"on {GIMEL} {BET}{ALEF} day"
    assert seen(f"on {ALEF} 12 day", leftwards=False) == f"on 12 {ALEF} day"


def test_english_within_hebrew() -> None:
    assert seen(f"{ALEF} two words {BET}", leftwards=True) == f"{BET} two words {ALEF}"


def test_punctuation_between_two_directions_goes_with_the_paragraph() -> None:
    assert seen(f"a, {ALEF}", leftwards=False) == f"a, {ALEF}"
    assert seen(f"{ALEF}, a", leftwards=True) == f"a ,{ALEF}"


@given(st.text(), st.booleans())
def test_every_character_stands_somewhere_once(text: str, leftwards: bool) -> None:
    assert sorted(seen(text, leftwards=leftwards)) == sorted(text)
