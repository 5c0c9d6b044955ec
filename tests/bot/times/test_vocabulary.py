"""The vocabularies: whole, and without words that hide others."""

from itertools import chain

import pytest
from babel import Locale

from bot.times import words_en, words_it
from bot.times.lexemes import Kind
from bot.times.vocabulary import vocabulary
from bot.times.zones import plain

LISTS = {"en": words_en, "it": words_it}


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_every_month_and_weekday_has_its_name(language: str, width: str) -> None:
    locale, known = Locale(language), vocabulary(language)
    names = [(Kind.WEEKDAY, day, name) for day, name in locale.days["format"][width].items()]
    names += [(Kind.MONTH, month, name) for month, name in locale.months["format"][width].items()]
    for kind, number, name in names:
        lexeme, _ = known.lexeme([plain(name)]) or (None, 0)
        assert lexeme is not None
        if plain(name) != "mar":  # martedì, or marzo as the rules for dates decide
            assert (lexeme.kind, lexeme.number) == (kind, number)


@pytest.mark.parametrize("language", ["en", "it"])
def test_no_word_has_two_meanings_of_which_one_is_lost(language: str) -> None:
    seen: dict[tuple[str, ...], tuple[Kind, int, str]] = {}
    for entry in LISTS[language].ENTRIES:
        for words in entry.phrases():
            meaning = (entry.kind, entry.number, entry.name)
            assert seen.setdefault(words, meaning) == meaning or words in _LESSER


_LESSER = {("one",)}
"""Words of which the first meaning is enough."""


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_word_of_the_lists_is_plain(language: str) -> None:
    for words in chain.from_iterable(entry.phrases() for entry in LISTS[language].ENTRIES):
        assert words
        for word in words:
            assert word == plain(word)
            assert word.isalpha()


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_known_word_is_left_as_it_is(language: str) -> None:
    known = vocabulary(language)
    assert all(known.corrected(word) == word for word in known.words)


def test_a_slip_is_rather_a_word_of_its_own_than_half_a_phrase() -> None:
    assert vocabulary("it").corrected("sabto") == "sabato"  # and not the "santo" of Santo Stefano


def test_a_slip_between_two_meanings_stays_as_it_is() -> None:
    assert vocabulary("en").corrected("tursday") == "tursday"


def test_a_slip_between_two_spellings_of_one_meaning_is_corrected() -> None:
    known = vocabulary("en")
    first, _ = known.lexeme([known.corrected("minuts")]) or (None, 0)
    assert first is not None
    assert (first.kind, first.number) == (Kind.UNIT, 60)
