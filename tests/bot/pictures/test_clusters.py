"""What people wrote, made harmless and cut into what they take for characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.clusters import MOST_CHARACTERS, clean, clusters, visible

FAMILY, FLAG, WAVE, KEYCAP = "👩‍👩‍👧‍👦", "🇮🇹", "👋🏽", "1️⃣"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("  two\n\nlines\tand\u2028more ", "two lines and more"),
        ("\u202eoverride\u202c \u2066isolate\u2069", "override isolate"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("nul\x00bell\x07escape\x1b[31m", "nulbellescape[31m"),
        ("half \ud83d private \ue000 unassigned \U000fffff", "half private unassigned"),
        ("cafe\u0301", "café"),
        ("𝓕𝓪𝓷𝓬𝔂 𝕝𝕖𝕥𝕥𝕖𝕣𝕤 𝟙𝟚", "Fancy letters 12"),  # noqa: RUF001
        ("", ""),
        ("\u200b\n", ""),
    ],
)
def test_controls_and_overrides_go_and_whitespace_becomes_one_space(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


@pytest.mark.parametrize("emoji", [FAMILY, FLAG, WAVE, KEYCAP, SCOTLAND, "❤️", "🏳️‍🌈"])
def test_an_emoji_is_one_however_many_parts_it_has(emoji: str) -> None:
    assert clusters(clean(f"a{emoji}b")) == ["a", emoji, "b"]


def test_flags_in_a_row_stay_apart() -> None:
    assert clusters("🇮🇹🇫🇷🇩") == ["🇮🇹", "🇫🇷", "🇩"]


def test_letters_keep_the_marks_of_living_scripts() -> None:
    assert clusters(clean("नी")) == ["नी"]
    assert clusters(clean("สี่")) == ["สี่"]  # a vowel and a tone above one letter
    assert clusters(clean("بِّ")) == ["بِّ"]
    assert clusters(clean("ệ")) == ["ệ"]


def test_of_a_storm_of_accents_one_is_left() -> None:
    assert clusters(clean("x" + "\u0337\u0322\u0327\u031b" * 50)) == ["x\u0337"]


def test_marks_on_nothing_are_dropped() -> None:
    assert clusters(clean("\u0301\u0301a \u0301b")) == ["a", " ", "b"]


def test_a_joiner_at_the_end_of_an_emoji_joins_nothing() -> None:
    assert clusters("👩\u200d") == ["👩"]
    assert clusters("👩\u200dx") == ["👩", "x"]


def test_what_needs_a_glyph_are_not_joiners_and_styles() -> None:
    assert list(visible("❤️")) == ["❤"]
    assert list(visible("👩\u200d👧")) == ["👩", "👧"]


@given(st.text())
def test_whatever_is_written_comes_out_on_one_line_in_bounded_clusters(text: str) -> None:
    cut = clusters(clean(text))
    for cluster in cut:
        assert 0 < len(cluster) <= MOST_CHARACTERS
        assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in cluster)
        assert not any(
            unicodedata.bidirectional(character) in ("RLO", "LRO", "RLE", "LRE") for character in cluster
        )


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_tags_stay_with_the_flag_that_they_spell_and_nowhere_else() -> None:
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert clusters(clean(scotland)) == [scotland]
    assert clusters(clean("1\U000e0020")) == ["1"]
