"""Rules for numbers that stand alone and may be an hour, a day or a range: "Friday 18", "10.12", "6-8 pm"."""

import re
from functools import partial

from bot.times.answers import TimeImpossible
from bot.times.clocks import AT, BESIDE_DAY, TAIL, face, figures, hour_of, is_compact, settled
from bot.times.parts import YEARS, Dated, Either, Orders, Part
from bot.times.patterns import Found, Rule, rule

_DAYS = "[ WEEKDAY DAY DATE PART PART_TODAY PART_OF MONTH COMING NEXT ]"
_OF_DAYS = ("on", "il", "del")
_NO_YEAR_AFTER = "[ WEEKDAY DAY PART PART_TODAY PART_OF COMING ]"


def _pair(found: Found, *, any_order: bool) -> tuple[Part, ...]:
    """18.30 standing alone: an hour, or in some cases as well a date, in one order or in any."""
    text = found.one("pair").text
    date = _date(text, any_order=any_order)
    if date is None:
        return (figures(text),)
    try:
        return (Either((date, figures(text))),)
    except TimeImpossible:
        return (date,)


def _pair_of_a_day(found: Found, *, any_order: bool) -> tuple[Part, ...] | None:
    """18.12 after a word that only days have: a date, if it can be one."""
    date = _date(found.one("pair").text, any_order=any_order)
    return None if date is None or found.one("lead").text not in _OF_DAYS else (date,)


def _date(text: str, *, any_order: bool) -> Dated | Orders | None:
    """The date of 18.12, or those that it may be in any order."""
    one, other = (int(figure) for figure in re.split("[.,]", text))
    if "," in text or not (1 <= one <= 31 and 1 <= other <= 12):
        return None
    date = Dated(one, other)
    return Orders((date, Dated(other, one))) if any_order and one <= 12 and one != other else date


def _range(found: Found) -> tuple[Part, ...]:
    """Two hours that share what follows: "6 to 8 pm"."""
    tail = found.maybe("tail")
    return tuple(settled(hour_of(found.one(name)), tail) for name in ("first", "hour"))


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
    return (hour_of(number),) if is_compact(number) and len(number.text) == 4 else None


def _no_year(found: Found) -> tuple[Part, ...] | None:
    return None if found.one("number").number in YEARS else _compact(found)


RULES: tuple[Rule, ...] = (
    rule(
        "(?P<first>NUMBER) (?:TO|OR|AND|DASH) (?:AT|THE)? (?P<hour>NUMBER) (?P<tail>MERIDIEM|PART_OF)", _range
    ),
    rule(f"{AT} (?P<range>DATE) {TAIL}", _written_range),
    rule("(?P<range>DATE) (?P<tail>MERIDIEM|PART_OF)", _written_range),
    rule("(?P<range>DATE)", _unlike_a_date, cost=2),
    rule(f"(?: (?<={_DAYS}) | (?<={_DAYS} COMMA) ) (?P<number>NUMBER)", _bare, cost=BESIDE_DAY),
    rule(r"\A (?P<number>NUMBER) \Z", _bare, cost=BESIDE_DAY),
    rule("(?P<number>NUMBER) (?= DAY | PART_TODAY )", _bare, cost=BESIDE_DAY),
    rule("(?P<number>NUMBER)", _no_year, cost=BESIDE_DAY),
    rule(f"(?<={_NO_YEAR_AFTER}) (?P<number>NUMBER) (?! MONTH )", _compact, cost=BESIDE_DAY),
    rule(r"\A (?P<number>NUMBER) (?= WEEKDAY | DAY | PART_TODAY )", _compact, cost=BESIDE_DAY),
)


def _pairs(*, any_order: bool) -> tuple[Rule, ...]:
    return (
        rule("(?P<pair>PAIR)", partial(_pair, any_order=any_order), cost=2),
        rule("(?P<lead>THE|OF) (?P<pair>PAIR)", partial(_pair_of_a_day, any_order=any_order)),
    )


IN_ENGLISH: tuple[Rule, ...] = _pairs(any_order=True)
IN_ITALIAN: tuple[Rule, ...] = _pairs(any_order=False)
