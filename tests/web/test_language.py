"""The page speaks the language that the browser asks for."""

from gettext import NullTranslations

import pytest

from web.language import preferred, words_of


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("it", "it"),
        ("it-IT,it;q=0.9,en;q=0.8", "it"),
        ("en-GB,it;q=0.9", "en"),
        ("de,it;q=0.3,en;q=0.2", "it"),
        ("it;q=0,en", "en"),
        ("IT", "it"),
        ("fr", "en"),
        ("*", "en"),
        ("it;q=nan", "en"),
        ("it;q=99", "en"),
        (";;;,,q=1;", "en"),
        ("x" * 10_000 + ",it", "en"),
    ],
)
def test_the_best_liked_language_that_is_offered_wins(header: str, language: str) -> None:
    assert preferred(header, {"en", "it"}) == language


def test_words_are_those_of_a_language_with_a_catalogue_else_english() -> None:
    catalogues = {"en": NullTranslations(), "it": NullTranslations()}
    assert words_of("it", catalogues).language == "it"
    assert words_of("de", catalogues).language == "en"
    assert words_of(None, catalogues).gettext("Live") == "Live"
