"""The vocabulary of one language: its word lists, the names that CLDR gives, and the places of the world."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from babel import Locale

from bot.times import recurring_en, recurring_it, words_en, words_it
from bot.times.lexemes import Entry, Kind, Lexeme
from bot.times.spelling import meant_by
from bot.times.zones import ABBREVIATIONS, NAMES, cities, plain

_LISTS = {"en": words_en, "it": words_it}
_OF_SERIES = {"en": recurring_en, "it": recurring_it}


@dataclass(frozen=True)
class Vocabulary:
    """What sequences of words mean; `spelled` are the words that typing slips are held against."""

    phrases: Mapping[tuple[str, ...], Lexeme]
    words: frozenset[str]
    spelled: frozenset[str]
    longest: int

    def corrected(self, word: str) -> str:
        """The word itself, or the known word it must be a slip of; an unknown word stays as it is."""
        if word in self.words:
            return word
        near = meant_by(word, self.spelled)
        if len({self._meaning(other) for other in near}) > 1:
            near = tuple(other for other in near if (other,) in self.phrases)  # rather than half a phrase
        return near[0] if len({self._meaning(other) for other in near}) == 1 else word

    def _meaning(self, word: str) -> object:
        found = self.phrases.get((word,))
        return (found.kind, found.number, found.name) if found else word

    def lexeme(self, words: Sequence[str]) -> tuple[Lexeme, int] | None:
        """The meaning of the longest known run at the head of `words`, and its length."""
        for length in range(min(self.longest, len(words)), 0, -1):
            found = self.phrases.get(tuple(words[:length]))
            if found is not None:
                return replace(found, text=" ".join(words[:length])), length
        return None


@cache
def vocabulary(language: str, *, of_series: bool = False) -> Vocabulary:
    """The vocabulary of `language`, "en" or "it"; that of series knows words that a single time lacks."""
    phrases: dict[tuple[str, ...], Lexeme] = {}
    spelled: set[str] = set()
    own = _OF_SERIES[language].ENTRIES if of_series else ()
    for entry in (*own, *_LISTS[language].ENTRIES, *_named_by_cldr(language)):
        for words in entry.phrases():
            phrases.setdefault(words, Lexeme(entry.kind, "", entry.number, entry.name))
            if entry.kind is not Kind.SLIP:
                spelled.update(words)
    for words, lexeme in _zones(language):
        phrases.setdefault(words, lexeme)
    known = frozenset(word for words in phrases for word in words)
    return Vocabulary(MappingProxyType(phrases), known, frozenset(spelled), max(map(len, phrases)))


def _named_by_cldr(language: str) -> Iterator[Entry]:
    locale = Locale(language)
    for width in ("wide", "abbreviated"):
        for day, name in locale.days["format"][width].items():
            yield Entry(Kind.WEEKDAY, plain(name), day)
        for month, name in locale.months["format"][width].items():
            yield Entry(Kind.MONTH, plain(name), month)


def _zones(language: str) -> Iterator[tuple[tuple[str, ...], Lexeme]]:
    lists = _LISTS[language]
    for name, key in ABBREVIATIONS.items():
        yield (name,), Lexeme(Kind.ZONE, "", name=key)
    for kind, table in ((Kind.ZONE, lists.ZONES), (Kind.PLACE, lists.PLACES)):
        for names, key in table.items():
            for words in Entry(kind, names).phrases():
                yield words, Lexeme(kind, "", name=key)
    for words, key in cities(language):
        kind = Kind.NAME if " ".join(words) in NAMES else Kind.PLACE
        yield words, Lexeme(kind, "", name=key)
