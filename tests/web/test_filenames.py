"""Names of files are readable, and cannot break out of their header."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.filenames import disposition, file_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("2026-11-26 Careers after 40!", "2026-11-26-careers-after-40.ics"),
        ("Perché è così?", "perché-è-così.ics"),
        ("../../etc/passwd", "etc-passwd.ics"),
        ("हिन्दी वार्ता", "हिन्दी-वार्ता.ics"),
        ("🎙 !!! 🎙", "loggione.ics"),
        ("x" * 300, "x" * 60 + ".ics"),
    ],
)
def test_a_name_is_made_of_the_words(words: str, name: str) -> None:
    assert file_name(words, "ics") == name


def test_old_programs_get_a_name_in_ascii() -> None:
    assert disposition("perché-è-così.ics") == (
        "inline; filename=\"perche-e-cosi.ics\"; filename*=UTF-8''perch%C3%A9-%C3%A8-cos%C3%AC.ics"
    )
    assert 'filename="loggione.ics"' in disposition("日本.ics")


@settings(deadline=None)
@given(st.text(st.characters()))
def test_no_words_break_the_header(words: str) -> None:
    header = disposition(file_name(words, "ics"))
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
