"""Lexemes to phrases: covers every lexeme by the fewest parts, and keeps all equally good coverings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from bot.times import clocks, dates, lone_numbers, repetitions
from bot.times.answers import TimeInPast, TimeNotUnderstood
from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import Either, Part, Phrase, Zoned
from bot.times.patterns import Found, Rule, rule, written
from bot.times.quantities import QUANTITY, TERMS, span
from bot.times.tokens import lexemes
from bot.times.vocabulary import vocabulary
from rooms.errors.refusal import Refusal

_SILENT = frozenset({Kind.FILLER, Kind.COMMA, Kind.DASH, Kind.OF, Kind.THE, Kind.NEAR, Kind.TIME})
_JOINING = frozenset({Kind.AND, Kind.OR, Kind.TO, Kind.FROM})
_SILENT_IN_SERIES = _SILENT | {Kind.AND, Kind.FOR}
_JOINING_IN_SERIES = frozenset({Kind.OR, Kind.TO})
_MOST_READINGS = 16

_Covering = tuple[tuple[Part, ...], int]
"""Parts, and how many joining words stand between them."""


@dataclass(frozen=True)
class _Step:
    """What one rule, or one silent or joining word, covers: its parts, and the position after it."""

    parts: tuple[Part, ...]
    end: int
    cost: int
    joins: int = 0


def _span(found: Found) -> tuple[Part, ...] | None:
    length = span(found.all("length"))
    return None if length is None else (length,)


def _past(found: Found) -> tuple[Part, ...] | None:
    if span(found.all("length")) is None:
        return None
    raise TimeInPast


def _zone(found: Found) -> tuple[Part, ...]:
    return (Zoned(found.one("zone").name),)


_RULES: tuple[Rule, ...] = (
    rule(f"IN (?:AT|FILLER)? (?P<length>{QUANTITY}) (?:FROM_NOW|TIME|OCLOCK)?", _span),
    rule(f"IN (?:AT|FILLER)? (?P<length>{TERMS})", _span),
    rule(f"(?P<length>{QUANTITY}) FROM_NOW", _span),
    rule(f"(?P<length>{QUANTITY}) AGO", _past),
    rule("(?P<zone>ZONE)", _zone),
    rule("(?P<zone>PLACE|NAME) TIME", _zone),
    rule("(?: TIME_OF | TIME (?:IN|OF) ) THE? (?P<zone>PLACE|NAME|ZONE)", _zone),
    rule("(?:OF|IN|NEAR)? THE? (?P<zone>PLACE)", _zone, cost=2),
    *clocks.RULES,
    *lone_numbers.RULES,
    *dates.RULES,
)


@dataclass(frozen=True)
class _Grammar:
    """The rules, and the kinds of lexeme that mean nothing by themselves or join what stands beside them."""

    rules: tuple[Rule, ...]
    silent: frozenset[Kind]
    joining: frozenset[Kind]


@cache
def _grammar(language: str, *, of_series: bool) -> _Grammar:
    own = {
        "en": lone_numbers.IN_ENGLISH + dates.IN_ENGLISH,
        "it": clocks.IN_ITALIAN + lone_numbers.IN_ITALIAN + dates.IN_ITALIAN,
    }
    rules = _RULES + own[language]
    if of_series:
        return _Grammar(rules + repetitions.RULES, _SILENT_IN_SERIES, _JOINING_IN_SERIES)
    return _Grammar(rules + dates.OF_ONE_TALK, _SILENT, _JOINING)


def phrases(words: str, language: str, *, of_series: bool = False) -> list[Phrase]:
    """Every equally good reading of all the words, at least one; as those of a series, where it is one.

    Raises TimeNotUnderstood when some word finds no place, TimeImpossible for figures that no date or clock
    shows, TimeInPast for "two hours ago", RecurrenceMalformed for "every hour".
    """
    found = lexemes(words, vocabulary(language, of_series=of_series))
    refused: list[Refusal] = []
    coverings = _cheapest(found, _grammar(language, of_series=of_series), refused)
    if refused and not coverings:
        raise refused[0]
    if not 0 < sum(_count(parts) for parts, _ in coverings) <= _MOST_READINGS:
        raise TimeNotUnderstood(words)
    readings = (phrase for parts, joins in coverings for phrase in _expanded(parts, joined=joins > 0))
    return list(dict.fromkeys(readings))


def _cheapest(found: Sequence[Lexeme], grammar: _Grammar, refused: list[Refusal]) -> list[_Covering]:
    """All coverings of the lowest cost, by going from each position to those its rules reach."""
    text = written(found)
    best: list[tuple[int, list[_Covering]]] = [(0, []) for _ in range(len(found) + 1)]
    best[0] = (0, [((), 0)])
    for at in range(len(found)):
        cost, coverings = best[at]
        for step in _steps(text, at, found, grammar, refused) if coverings else ():
            reached = [(before + step.parts, joins + step.joins) for before, joins in coverings]
            known, others = best[step.end]
            if not others or cost + step.cost < known:
                best[step.end] = cost + step.cost, reached
            elif cost + step.cost == known:
                more = [one for one in reached if one not in others]
                best[step.end] = known, (others + more)[: _MOST_READINGS + 1]
    return best[-1][1]


def _steps(
    text: str, at: int, found: Sequence[Lexeme], grammar: _Grammar, refused: list[Refusal]
) -> Iterator[_Step]:
    """What can be read at a position; what a rule refuses is noted, for when nothing else fits."""
    if found[at].kind in grammar.silent | grammar.joining:
        yield _Step((), at + 1, 0, joins=int(found[at].kind in grammar.joining))
    for each in grammar.rules:
        try:
            match = each.match(text, at, found)
        except Refusal as refusal:
            refused.append(refusal)
            continue
        if match is not None:
            yield _Step(match[0], match[1], each.cost)


def _count(parts: tuple[Part, ...]) -> int:
    return int(2 ** sum(isinstance(part, Either) for part in parts))


def _expanded(parts: tuple[Part, ...], *, joined: bool) -> Iterator[Phrase]:
    choices = [part.readings if isinstance(part, Either) else (part,) for part in parts]
    for chosen in product(*choices):
        yield Phrase(chosen, joined)
