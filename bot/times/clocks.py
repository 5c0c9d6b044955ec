"""Rules for hours of the day: "18:30", "half past six pm", "alle nove meno un quarto", "noon"."""

import re
from dataclasses import replace
from functools import partial

from bot.times.answers import TimeImpossible
from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import YEARS, Clock, Dated, Daypart, Either, Face, Orders, Part
from bot.times.patterns import Found, Rule, rule

_MINUTES = 60
_AT = "(?P<at>(?:AT|ORE|HRS|FROM)+)"
_HOUR = "(?P<hour>NUMBER|HOUR)"
_TAIL = "(?P<tail>MERIDIEM|PART_OF)? OCLOCK?"
_DAYS = "[ WEEKDAY DAY DATE PART PART_TODAY PART_OF MONTH COMING NEXT ]"
_NO_YEAR_AFTER = "[ WEEKDAY DAY PART PART_TODAY PART_OF COMING ]"


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
    """The clock of "18:30", "9.05", "18,30" or "1830"; with seconds, of 24 hours. Raises TimeImpossible."""
    hour, minute, *seconds = re.split("[:.,]", text) if not text.isdigit() else (text[:-2], text[-2:])
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


def _hour(lexeme: Lexeme) -> Clock:
    if lexeme.kind is Kind.HOUR:
        faces = {0: Face.MIDNIGHT, 12: Face.EXACT}
        return Clock(lexeme.number, 0, faces.get(lexeme.number, Face.TWELVE))
    if _is_compact(lexeme):
        return figures(lexeme.text)
    padded = len(lexeme.text) == 2 and lexeme.text[0] == "0"
    return face(lexeme.number, 0, padded=padded)


def _is_compact(lexeme: Lexeme) -> bool:
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


def _pair(found: Found, *, any_order: bool) -> tuple[Part, ...]:
    """18.30 standing alone: an hour, or in some cases as well a date, in one order or in any."""
    text = found.one("pair").text
    one, other = (int(figure) for figure in re.split("[.,]", text))
    date: Dated | Orders | None = None
    if "," not in text and 1 <= one <= 31 and 1 <= other <= 12:
        date = Dated(one, other)
        if any_order and one <= 12 and one != other:
            date = Orders((date, Dated(other, one)))
    if date is None:
        return (figures(text),)
    try:
        return (Either((date, figures(text))),)
    except TimeImpossible:
        return (date,)


def _plain(found: Found) -> tuple[Part, ...] | None:
    """An hour without minutes; a bare number needs something that makes it an hour."""
    hour, tail, mark = found.one("hour"), found.maybe("tail"), found.maybe("mark")
    at = found.maybe("at")
    if mark is not None and mark.kind is Kind.UNIT and not (mark.number == 3600 and (at or _is_compact(hour))):
        return None
    if hour.kind is Kind.NUMBER and at is None and tail is None and mark is None:
        return None
    return (settled(_hour(hour), tail),)


def _named_twice(found: Found) -> tuple[Part, ...] | None:
    """Twelve noon, twelve midnight."""
    hour = found.one("hour")
    return (_hour(hour),) if hour.kind is Kind.HOUR and found.one("figure").number == 12 else None


def _with_minutes(found: Found) -> tuple[Part, ...] | None:
    """Hour and minutes as two numbers: "alle 18 e 30", "six thirty", "18 30"."""
    hour, minute = found.one("hour"), found.one("minute")
    unit = found.maybe("unit")
    two_digits = len(minute.text) == 2 if minute.text.isdigit() else minute.number >= 10
    spoken = not hour.text.isdigit() and not minute.text.isdigit()
    certain = found.maybe("at") or found.maybe("tail") or spoken or hour.number > 12
    if minute.number >= _MINUTES or (unit is not None and unit.number != 60):
        return None
    if not certain or not (two_digits or found.maybe("and")) or hour.number > 24:
        return None
    clock = settled(_hour(hour), found.maybe("tail"))
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
    clock, tail = _hour(found.one("hour")), found.maybe("tail")
    if clock.minute:
        return None
    if tail is not None and tail.kind is Kind.MERIDIEM:
        clock, tail = settled(clock, tail), None  # a quarter to 12 pm is before noon
    moved = _moved(clock, minutes)
    return None if moved is None else (settled(moved, tail),)


def _range(found: Found) -> tuple[Part, ...]:
    """Two hours that share what follows: "6 to 8 pm"."""
    tail = found.maybe("tail")
    return tuple(settled(_hour(found.one(name)), tail) for name in ("first", "hour"))


def _written_range(found: Found) -> tuple[Part, ...]:
    """Two hours that look like a date: "alle 18/19", "6-8 pm"."""
    fields = re.split("[-/.]", found.one("range").text)
    tail = found.maybe("tail")
    return tuple(settled(face(int(field), 0), tail) for field in fields)


def _unlike_a_date(found: Found) -> tuple[Part, ...] | None:
    """Two hours that look like a date but are none: "18-20"."""
    first, second, *more = (int(field) for field in re.split("[-/.]", found.one("range").text))
    return _written_range(found) if not more and 12 < first < second <= 24 else None


def _bare(found: Found) -> tuple[Part, ...] | None:
    """A number beside a day and nothing more: the day of the month, or an hour."""
    number = found.one("number")
    padded = len(number.text) == 2 and number.text[0] == "0"
    hour = face(number.number, 0, padded=padded) if padded or 1 <= number.number <= 24 else None
    day = Dated(number.number) if number.text.isdigit() and 1 <= number.number <= 31 else None
    if hour and day:
        return (Either((day, hour)),)
    one = hour or day
    return (one,) if one else None


def _compact(found: Found) -> tuple[Part, ...] | None:
    """Four figures and nothing more, where they cannot be a year."""
    number = found.one("number")
    return (_hour(number),) if _is_compact(number) and len(number.text) == 4 else None


def _no_year(found: Found) -> tuple[Part, ...] | None:
    return None if found.one("number").number in YEARS else _compact(found)


RULES: tuple[Rule, ...] = (
    rule(f"{_AT}? (?P<clock>CLOCK) HRS? {_TAIL}", _shown),
    rule(f"{_AT} (?P<clock>PAIR) (?:HRS|OCLOCK)? {_TAIL}", _shown),
    rule("(?P<clock>PAIR) (?P<tail>MERIDIEM|PART_OF)", _shown),
    rule("(?P<clock>PAIR) (?:HRS|OCLOCK) (?P<tail>MERIDIEM|PART_OF)?", _shown),
    rule(f"{_AT}? {_HOUR} (?P<mark>OCLOCK|HRS|UNIT)? {_TAIL}", _plain),
    rule(f"{_AT}? {_HOUR} {_TAIL}", _plain),
    rule(f"{_AT}? (?P<figure>NUMBER) {_HOUR}", _named_twice),
    rule(f"{_AT}? (?P<hour>NUMBER) HRS? (?P<minute>NUMBER) {_TAIL}", _with_minutes),
    rule(
        f"{_AT}? {_HOUR} HRS? (?P<way>AND|LESS) (?P<times>ONE|NUMBER)? (?P<fraction>HALF|QUARTER) {_TAIL}",
        _with_fraction,
    ),
    rule(
        f"{_AT}? (?P<times>ONE)? (?P<fraction>HALF|QUARTER) (?P<way>PAST|TO) {_HOUR} OCLOCK? {_TAIL}",
        _with_fraction,
    ),
    rule(f"{_AT} {_HOUR} (?P<way>LESS) (?P<minutes>NUMBER) (?P<unit>UNIT)? {_TAIL}", _with_difference),
    rule(
        f"{_AT}? (?P<minutes>NUMBER) (?P<unit>UNIT)? (?P<way>PAST|TO) {_HOUR} OCLOCK? {_TAIL}",
        _with_difference,
    ),
    rule(
        "(?P<first>NUMBER) (?:TO|OR|AND|DASH) (?:AT|THE)? (?P<hour>NUMBER) (?P<tail>MERIDIEM|PART_OF)", _range
    ),
    rule(f"{_AT} (?P<range>DATE) {_TAIL}", _written_range),
    rule("(?P<range>DATE) (?P<tail>MERIDIEM|PART_OF)", _written_range),
    rule("(?P<range>DATE)", _unlike_a_date, cost=2),
    rule(f"(?: (?<={_DAYS}) | (?<={_DAYS} COMMA) ) (?P<number>NUMBER)", _bare, cost=3),
    rule(r"\A (?P<number>NUMBER) \Z", _bare, cost=3),
    rule("(?P<number>NUMBER) (?= DAY | PART_TODAY )", _bare, cost=3),
    rule("(?P<number>NUMBER)", _no_year, cost=3),
    rule(f"(?: \\A | (?<={_NO_YEAR_AFTER}) ) (?P<number>NUMBER) (?! MONTH )", _compact, cost=3),
)
IN_ENGLISH: tuple[Rule, ...] = (rule("(?P<pair>PAIR)", partial(_pair, any_order=True), cost=2),)
IN_ITALIAN: tuple[Rule, ...] = (
    rule("(?P<pair>PAIR)", partial(_pair, any_order=False), cost=2),
    rule(f"{_AT} {_HOUR} HRS? (?P<and>AND) (?P<minute>NUMBER) (?P<unit>UNIT)? {_TAIL}", _with_minutes),
)
