"""Lines of iCalendar: folded between characters, and no text breaks out of its line."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.contentlines import line, moment, text


def test_a_line_has_a_name_and_a_value_and_ends_with_both_characters() -> None:
    assert line("VERSION", "2.0") == b"VERSION:2.0\r\n"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("a;b,c", r"a\;b\,c"),
        ("one\r\ntwo\rthree\nfour", r"one\ntwo\nthree\nfour"),
        (r"C:\New", r"C:\\New"),
        ("colon: as it is", "colon: as it is"),
        ("bell\a", "bell"),
    ],
)
def test_words_are_escaped(words: str, value: str) -> None:
    assert text(words) == value


@pytest.mark.parametrize("length", [60, 67, 68, 69, 75, 141, 142, 143, 1000])
def test_long_lines_are_folded_after_75_octets_at_most(length: int) -> None:
    folded = line("SUMMARY", "x" * length)
    pieces = folded.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, pieces)) <= 75
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert len(pieces) == -(-(len("SUMMARY:") + length - 1) // 74)
    assert folded.replace(b"\r\n ", b"") == b"SUMMARY:" + b"x" * length + b"\r\n"


@settings(deadline=None)
@given(st.text(st.characters(), min_size=30))
def test_no_character_is_torn_by_a_fold_and_no_line_begins_by_itself(words: str) -> None:
    folded = line("SUMMARY", text(words))
    pieces = folded.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    for piece in pieces:
        piece.decode()


def test_a_parameter_is_quoted_and_cannot_end_early() -> None:
    host = 'Ada "the Countess"\r\nATTENDEE:mailto:eve'
    assert line("ORGANIZER", "https://x/", cn=host) == (
        b"ORGANIZER;CN=\"Ada 'the Countess' ATTENDEE:mailto:eve\":https://x/\r\n"
    )
    assert line("X", "PT1H", value="DURATION") == b"X;VALUE=DURATION:PT1H\r\n"


def test_moments_are_in_utc() -> None:
    summer = timezone(timedelta(hours=2))
    assert moment(datetime(2026, 7, 1, 0, 30, tzinfo=summer)) == "20260630T223000Z"
