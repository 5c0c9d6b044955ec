"""Rules for hours of the day: "18:30", "half past six pm", "alle nove meno un quarto", "noon"."""

import re
from dataclasses import replace

from bot.times.answers import TimeImpossible
from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import Clock, Daypart, Face, Part
from bot.times.patterns import Found, Rule, rule

_MINUTES = 60
_HOUR_IN_SECONDS = 3600
AT = "(?P<at>(?:AT|ORE|HRS|FROM)+)"
TAIL = "(?P<tail>MERIDIEM|PART_OF)? OCLOCK?"
"""What may stand before an hour, and what may follow and settle it, for rules."""
_HOUR = "(?P<hour>NUMBER|HOUR)"
BESIDE_DAY = 3
"""What a number costs that is a day of the month, or an hour, only for the day that stands beside it."""


def face(hour: int, minute: int, *, padded: bool = False) -> Clock:
    """The clock that shows these figures; `padded` when the hour was written with its zero.

    Raises TimeImpossible when none does.
    """
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise TimeImpossible(f"{hour}:{minute:02}")
    if hour == 24:
        return Clock(0, 0, Face.MIDNIGHT)
    exact = padded or hour == 0 or hour > 12
    return Clock(hour, minute, Face.EXACT if exact else Face.TWELVE)


def figures(text: str) -> Clock:
    """The clock of "18:30", "9.05", "18h30" or "1830"; with seconds, of 24 hours. Raises TimeImpossible."""
    hour, minute, *seconds = re.split("[:.,h]", text) if not text.isdigit() else (text[:-2], text[-2:])
    if len(minute) != 2:
        raise TimeImpossible(text)
    return face(int(hour), int(minute), padded=bool(seconds) or (len(hour) == 2 and hour[0] == "0"))


def settled(clock: Clock, tail: Lexeme | None) -> Clock:
    """The clock with its "pm" or its "in the evening". Raises TimeImpossible for 13 pm."""
    if tail is None:
        return clock
    if tail.kind is Kind.PART_OF:
        return replace(clock, part=Daypart[tail.name])
    if not 1 <= clock.hour <= 12 or clock.face is Face.MIDNIGHT:
        raise TimeImpossible(f"{clock.hour}:{clock.minute:02} {tail.text}")
    hour = clock.hour % 12 + tail.number
    midnight = hour == 0 and clock.minute == 0
    return Clock(hour, clock.minute, Face.MIDNIGHT if midnight else Face.EXACT)


def hour_of(lexeme: Lexeme) -> Clock:
    """The clock of "18", "noon" or "1830". Raises TimeImpossible."""
    if lexeme.kind is Kind.HOUR:
        named = {0: Clock(0, 0, Face.MIDNIGHT), 12: Clock(12, 0, Face.EXACT)}
        return named.get(lexeme.number) or face(lexeme.number, 0)
    if is_compact(lexeme):
        return figures(lexeme.text)
    padded = len(lexeme.text) == 2 and lexeme.text[0] == "0"
    return face(lexeme.number, 0, padded=padded)


def is_compact(lexeme: Lexeme) -> bool:
    """Whether hour and minutes are written without anything between: "1830", "630"."""
    return lexeme.text.isdigit() and len(lexeme.text) in (3, 4)


def _moved(clock: Clock, minutes: int) -> Clock | None:
    """The clock so many minutes later or, when negative, earlier; None where that leaves the day."""
    total = clock.hour * 60 + clock.minute + minutes
    if clock.face is Face.TWELVE:
        total = (total - 60) % 720 + 60  # the hour before one is twelve
    if clock.face is Face.MIDNIGHT and minutes < 0:
        return Clock(23, 60 + minutes, Face.EXACT)
    return replace(clock, hour=total // 60, minute=total % 60) if total >= 0 else None


def _shown(found: Found) -> tuple[Part, ...]:
    return (settled(figures(found.one("clock").text), found.maybe("tail")),)


def _shown_in_hours(found: Found) -> tuple[Part, ...] | None:
    """The clock of "19.00 hours"."""
    return _shown(found) if found.one("unit").number == _HOUR_IN_SECONDS else None


def _plain(found: Found) -> tuple[Part, ...] | None:
    """An hour without minutes; a bare number needs something that makes it an hour."""
    hour = found.one("hour")
    at, mark, tail = found.maybe("at"), found.maybe("mark"), found.maybe("tail")
    if mark is not None and mark.kind is Kind.UNIT:
        if mark.number != _HOUR_IN_SECONDS or not (at or is_compact(hour)):
            return None
    elif hour.kind is Kind.NUMBER and at is None and tail is None and mark is None:
        return None
    return (settled(hour_of(hour), tail),)


def _named_twice(found: Found) -> tuple[Part, ...] | None:
    """Twelve noon, twelve midnight."""
    hour = found.one("hour")
    return (hour_of(hour),) if hour.kind is Kind.HOUR and found.one("figure").number == 12 else None


def _with_minutes(found: Found) -> tuple[Part, ...] | None:
    """Hour and minutes as two numbers: "alle 18 e 30", "six thirty", "18 30"."""
    hour, minute = found.one("hour"), found.one("minute")
    unit = found.maybe("unit")
    two_digits = len(minute.text) == 2 if minute.text.isdigit() else minute.number >= 10
    spoken = not hour.text.isdigit() and not minute.text.isdigit()
    certain = any(map(found.maybe, ("at", "tail", "mark"))) or spoken or hour.number > 12
    if minute.number >= _MINUTES or (unit is not None and unit.number != 60):
        return None
    if not certain or not (two_digits or found.maybe("and")) or hour.number > 24:
        return None
    clock = settled(hour_of(hour), found.maybe("tail"))
    return (replace(clock, minute=minute.number),) if clock.minute == 0 else None


def _with_fraction(found: Found) -> tuple[Part, ...] | None:
    """Hour and quarter or half: "le sei e mezza", "nove meno un quarto", "half past six"."""
    way, fraction, times = found.one("way").kind, found.one("fraction"), found.maybe("times")
    count = times.number if times else 1
    if count not in ((1,) if fraction.kind is Kind.HALF else (1, 3)):
        return None
    minutes = 30 if fraction.kind is Kind.HALF else 15 * count
    return _around(found, minutes if way in (Kind.AND, Kind.PAST) else -minutes)


def _with_difference(found: Found) -> tuple[Part, ...] | None:
    """Minutes past or to an hour; "6 to 8" without a sign that minutes are meant is a range."""
    minutes, way, unit = found.one("minutes"), found.one("way").kind, found.maybe("unit")
    if minutes.number >= _MINUTES or (unit is not None and unit.number != 60):
        return None
    no_range = found.maybe("at") is not None or minutes.number > found.one("hour").number
    spoken = no_range and not minutes.text.isdigit()
    if way is Kind.TO and unit is None and not spoken:
        return None
    return _around(found, minutes.number if way is Kind.PAST else -minutes.number)


def _around(found: Found, minutes: int) -> tuple[Part, ...] | None:
    clock, tail = hour_of(found.one("hour")), found.maybe("tail")
    if clock.minute:
        return None
    if tail is not None and tail.kind is Kind.MERIDIEM:
        clock, tail = settled(clock, tail), None  # a quarter to 12 pm is before noon
    moved = _moved(clock, minutes)
    return None if moved is None else (settled(moved, tail),)


RULES: tuple[Rule, ...] = (
    rule(f"{AT}? (?P<clock>CLOCK|HOURED) HRS? {TAIL}", _shown),
    rule(f"{AT} (?P<clock>PAIR) (?:HRS|OCLOCK)? {TAIL}", _shown),
    rule("(?P<clock>CLOCK) (?P<unit>UNIT)", _shown_in_hours),
    rule(f"{AT} (?P<clock>CLOCK|PAIR) (?P<unit>UNIT)", _shown_in_hours),
    rule("(?P<clock>PAIR) (?P<tail>MERIDIEM|PART_OF)", _shown),
    rule("(?P<clock>PAIR) (?:HRS|OCLOCK) (?P<tail>MERIDIEM|PART_OF)?", _shown),
    rule(f"{AT}? {_HOUR} (?P<mark>OCLOCK|HRS|UNIT)? {TAIL}", _plain),
    rule(f"{AT}? {_HOUR} {TAIL}", _plain),
    rule(f"{AT}? (?P<figure>NUMBER) {_HOUR}", _named_twice),
    rule(f"{AT}? (?P<hour>NUMBER) (?P<minute>NUMBER) {TAIL}", _with_minutes),
    rule(f"{AT} (?P<hour>NUMBER) HRS (?P<minute>NUMBER) {TAIL}", _with_minutes),
    rule("(?P<hour>NUMBER) HRS (?P<minute>NUMBER) (?P<tail>MERIDIEM|PART_OF)", _with_minutes),
    rule("(?P<hour>NUMBER) (?P<mark>HRS) (?P<minute>NUMBER)", _with_minutes, cost=BESIDE_DAY + 1),
    rule(
        f"{AT}? {_HOUR} HRS? (?P<way>AND|LESS) (?P<times>ONE|NUMBER)? (?P<fraction>HALF|QUARTER) {TAIL}",
        _with_fraction,
    ),
    rule(
        f"{AT}? (?P<times>ONE)? (?P<fraction>HALF|QUARTER) (?P<way>PAST|TO) {_HOUR} OCLOCK? {TAIL}",
        _with_fraction,
    ),
    rule(f"{AT} {_HOUR} (?P<way>LESS) (?P<minutes>NUMBER) (?P<unit>UNIT)? {TAIL}", _with_difference),
    rule(
        f"{AT}? (?P<minutes>NUMBER) (?P<unit>UNIT)? (?P<way>PAST|TO) {_HOUR} OCLOCK? {TAIL}",
        _with_difference,
    ),
)
IN_ITALIAN: tuple[Rule, ...] = (
    rule(f"{AT} {_HOUR} HRS? (?P<and>AND) (?P<minute>NUMBER) (?P<unit>UNIT)? {TAIL}", _with_minutes),
)
