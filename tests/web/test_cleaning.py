"""What people wrote is made fit for formats without control characters."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.cleaning import one_line, paragraphs

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_is_a_newline(break_: str) -> None:
    assert paragraphs(f"One{break_}two") == "One\ntwo"
    assert one_line(f"One{break_}two") == "One two"


@pytest.mark.parametrize("unfit", ["\0", "\a", "\x1b", "\x7f", "\x9f", "\ud800", "\uffff"])
def test_what_no_format_can_hold_is_left_out(unfit: str) -> None:
    assert paragraphs(f"One{unfit}two") == "Onetwo"


@pytest.mark.parametrize(
    "text",
    [
        "Caffè 🎙",
        "\U0001f469\u200d\U0001f467",
        "\u05e9\u05dc\u05d5\u05dd \u202e\u05e2\u05d5\u05dc\u05dd",
        "a\tb",
        "e\u0301",
    ],
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert paragraphs(text) == text


@settings(deadline=None)
@given(ANY_TEXT)
def test_nothing_is_left_that_could_break_a_line_or_a_document(text: str) -> None:
    cleaned = paragraphs(text)
    assert len(cleaned.splitlines()) == len(cleaned.split("\n")) - cleaned.endswith("\n") or not cleaned
    assert not {unicodedata.category(letter) for letter in cleaned if letter not in "\n\t"} & {"Cc", "Cs"}
    assert "\n" not in one_line(text)
    cleaned.encode()
