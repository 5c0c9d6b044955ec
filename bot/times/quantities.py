"""Lengths of time in words, for spans and for durations: "an hour and a half", "2h30", "tre quarti d'ora"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import Span
from bot.times.patterns import pattern, written

_UNIT = "(?:UNIT|ORE|HRS)"
_TERM = f"""(?: (?:NUMBER|ONE|PAIR) OF? {_UNIT}
              | (?:NUMBER|ONE) AND ONE? HALF {_UNIT}
              | (?:ONE|NUMBER)? HALF (?:ONE|OF)? {_UNIT}
              | (?:ONE|NUMBER)? QUARTER OF? ONE? {_UNIT}
              | HOURED )"""
_TAIL = "(?: AND (?:ONE|NUMBER)? (?:HALF|QUARTER) | AND? NUMBER )"
TERMS = f"(?: {_TERM} (?: (?:AND|COMMA)? {_TERM} )* )"
"""The pattern of a length of time whose last number has its unit; `span` reads what it matched."""
QUANTITY = f"(?: {TERMS} {_TAIL}? )"
"""As `TERMS`, or with a last number that has none: "an hour and a half", "2h30"."""

_READ = pattern(f"(?P<term>{_TERM}) | (?P<tail>{_TAIL}) \\Z | AND | COMMA")
_MINUTE = 60
_HOUR = 3600
_FRACTIONS = {Kind.HALF: 2, Kind.QUARTER: 4}


def span(lexemes: Sequence[Lexeme]) -> Span | None:
    """The span that matched `QUANTITY`; None when its terms do not go from the large to the small."""
    text, at, sizes = written(lexemes), 0, [10**9]
    total = Span()
    while at < len(text):
        match = _READ.match(text, at)
        if match is None:
            return None
        piece = lexemes[at : match.end()]
        at = match.end()
        if match["term"]:
            read = _term(piece)
        elif match["tail"] and sizes[-1] == _HOUR and at == len(text):
            read = _tail(piece)
        else:
            read = Span() if not match["tail"] else None
        if read is None:
            return None
        total = _sum(total, read)
        if match["term"]:
            sizes.append(_size(piece))
            if sizes[-1] >= sizes[-2]:
                return None
    return total


def _sum(one: Span, other: Span) -> Span:
    return Span(one.months + other.months, one.days + other.days, one.elapsed + other.elapsed)


def _unit(piece: Sequence[Lexeme]) -> Lexeme:
    return replace(piece[-1], name=piece[-1].name or "second")


def _size(piece: Sequence[Lexeme]) -> int:
    if piece[0].kind is Kind.HOURED:
        return _MINUTE
    unit = _unit(piece)
    return unit.number * {"second": 1, "day": 86_400, "month": 30 * 86_400}[unit.name]


def _term(piece: Sequence[Lexeme]) -> Span | None:
    if piece[0].kind is Kind.HOURED:
        hours, minutes = (int(figure) for figure in piece[0].text.split("h"))
        return Span(elapsed=timedelta(hours=hours, minutes=minutes)) if minutes < _MINUTE else None
    unit = _unit(piece)
    count = next((lexeme for lexeme in piece if lexeme.kind in (Kind.NUMBER, Kind.ONE, Kind.PAIR)), None)
    fraction = next((lexeme.kind for lexeme in piece if lexeme.kind in _FRACTIONS), None)
    if count is not None and count.kind is Kind.PAIR:
        return _decimal(count.text, unit) if fraction is None else None
    times = count.number if count is not None else 1
    if fraction is None:
        return _whole(times, unit)
    if unit.name != "second" or unit.number == 1:
        return None
    part = timedelta(seconds=unit.number // _FRACTIONS[fraction])
    if any(lexeme.kind is Kind.AND for lexeme in piece):
        return Span(elapsed=timedelta(seconds=times * unit.number) + part)
    if (fraction is Kind.HALF and times != 1) or times > 3:
        return None
    return Span(elapsed=times * part)


def _whole(times: int, unit: Lexeme) -> Span:
    if unit.name == "month":
        return Span(months=times * unit.number)
    if unit.name == "day":
        return Span(days=times * unit.number)
    return Span(elapsed=timedelta(seconds=times * unit.number))


def _decimal(text: str, unit: Lexeme) -> Span | None:
    """Tenths of hours or minutes; more digits ("1.30 h") may as well be hours and minutes."""
    whole, _, tenths = text.replace(",", ".").partition(".")
    if unit.name != "second" or unit.number == 1 or len(tenths) != 1:
        return None
    return Span(elapsed=timedelta(seconds=int(whole + tenths) * unit.number // 10))


def _tail(piece: Sequence[Lexeme]) -> Span | None:
    """What follows hours without a unit of its own: "and a half", "e un quarto", "30"."""
    number = next((lexeme.number for lexeme in piece if lexeme.kind is Kind.NUMBER), 1)
    last = piece[-1].kind
    if last in _FRACTIONS:
        allowed = (1,) if last is Kind.HALF else (1, 3)
        return (
            Span(elapsed=timedelta(seconds=number * _HOUR // _FRACTIONS[last])) if number in allowed else None
        )
    return Span(elapsed=timedelta(minutes=number)) if number < 60 else None
