"""Rules for days: "tomorrow", "next Thursday", "il 26 novembre", "26/11", "in 3 days"."""

import re

from bot.times.answers import TimeImpossible
from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import (
    LAST_DAY,
    YEARS,
    Ahead,
    Attached,
    Dated,
    Daypart,
    Nth,
    Orders,
    Part,
    Vague,
    Week,
    Weekday,
    in_figures,
)
from bot.times.patterns import Found, Rule, rule

_MARCH = "mar"
"""In Italian both martedì and marzo; CLDR's table of weekdays comes first."""
_WEEKS = {
    Kind.THIS: Week.THIS,
    Kind.NEXT: Week.NEXT,
    Kind.COMING: Week.NEAREST,
    Kind.LAST: Week.LAST,
}
_MOST_OF_A_WEEKDAY = 4
"""Only some months have a fifth Thursday."""
_ALSO_ORDINAL = {"second": 2, "secondo": 2, "quarto": 4}
"""Words that are first of all lengths of time."""


def _ahead(found: Found) -> tuple[Part, ...]:
    return (Ahead(found.one("day").number),)


def _part_today(found: Found) -> tuple[Part, ...]:
    lexeme = found.one("day")
    return Ahead(lexeme.number), Attached(Daypart[lexeme.name])


def part_of_day(found: Found) -> tuple[Part, ...]:
    """The evening of "tomorrow evening"."""
    return (Attached(Daypart[found.one("part").name]),)


def _this_part(found: Found) -> tuple[Part, ...]:
    return Ahead(0), Attached(Daypart[found.one("part").name])


def _weekday(found: Found) -> tuple[Part, ...]:
    which = found.maybe("which")
    return (Weekday(found.one("day").number, _WEEKS[which.kind] if which else Week.NEAREST),)


def _week_later(found: Found) -> tuple[Part, ...] | None:
    """A week or more after the day: "Friday week", "domani a otto", "two weeks from tomorrow"."""
    day, unit, count = found.one("day"), found.one("unit"), found.maybe("count")
    times = count.number if count else 1
    if unit.name == "month" and count and day.kind is Kind.DAY and found.maybe("from"):
        return (Ahead(day.number, times * unit.number),)
    if unit.name != "day" or times < 1 or not _is_later(found, times * unit.number):
        return None
    if day.kind is Kind.DAY:
        return (Ahead(day.number + times * unit.number),) if unit.number > 1 or count else None
    weeks, rest = divmod(times * unit.number, 7)
    return None if rest or not weeks else (Weekday(day.number, Week.LATER, weeks),)


def _is_later(found: Found, days: int) -> bool:
    """Whether a length of time before or after a day is to be added to it; "two weeks today" is."""
    is_today = found.one("day").kind is Kind.DAY and days % 7 == 0
    count = found.maybe("count")
    return count is None or count.number == 1 or is_today or found.maybe("from") is not None


def month_of(lexeme: Lexeme) -> int | None:
    """The number of a month's name."""
    if lexeme.kind is Kind.MONTH:
        return lexeme.number
    return 3 if lexeme.text == _MARCH else None


def _is_day(lead: Lexeme | None) -> bool:
    """Whether a unit before a date is no more than "giorno 26"."""
    return lead is None or lead.kind is not Kind.UNIT or (lead.name, lead.number) == ("day", 1)


def checked(date: Dated) -> Dated:
    """The date. Raises TimeImpossible for a day that no year has in that month."""
    longest = (
        31 if date.month is None else 29 if date.month == 2 else 30 if date.month in {4, 6, 9, 11} else 31
    )
    if not 1 <= date.day <= longest or not 1 <= (date.month or 1) <= 12:
        raise TimeImpossible(in_figures(date.day, date.month, date.year))
    return date


def _dated(found: Found) -> tuple[Part, ...] | None:
    month, year = month_of(found.one("month")), found.maybe("year")
    days = [lexeme for lexeme in found.all("day") if lexeme.kind in (Kind.NUMBER, Kind.ORDINAL)]
    if not _is_day(found.maybe("lead")):
        return None
    if month is None or not is_year(year) or any(day.number >= 100 for day in days):
        return None
    return tuple(checked(Dated(day.number, month, year.number if year else None)) for day in days)


def is_year(lexeme: Lexeme | None) -> bool:
    """Whether a number is a year, or none was said."""
    return lexeme is None or lexeme.number in YEARS


def _nth(found: Found) -> tuple[Part, ...] | None:
    """The first Monday of December, the last Friday of the month."""
    month, year, some, unit = (found.maybe(name) for name in ("month", "year", "some", "unit"))
    count, weekday = nth_of(found.one("nth")), found.one("day").number
    if not count or not is_year(year) or (unit and unit.name != "month") or (month and not month_of(month)):
        return None
    if some:
        return (Nth(count, weekday, months_ahead=some.number),)
    return (Nth(count, weekday, month_of(month) if month else None, year.number if year else None),)


def _nth_of_no_month(found: Found) -> tuple[Part, ...] | None:
    """The third Thursday of nothing: of some month, and never the third that is a Thursday."""
    return (Vague(),) if nth_of(found.one("nth")) else None


def nth_of(nth: Lexeme) -> int | None:
    """Which of a month's Thursdays: 1 to 4, or -1 for the last; None for what counts none."""
    if nth.kind is Kind.LAST:
        return -1
    count = nth.number if nth.kind in (Kind.ORDINAL, Kind.NUMBER) else _ALSO_ORDINAL.get(nth.text, 0)
    return count if 1 <= count <= _MOST_OF_A_WEEKDAY else None


def edge(found: Found) -> tuple[Part, ...] | None:
    """The first or the last day of a month, or of the year."""
    month, year, some, of = (found.maybe(name) for name in ("month", "year", "some", "of"))
    days = {1: 1, -1: LAST_DAY}
    day = days.get(nth_of(found.one("nth")) or 0)
    if day is None or not _is_day(found.one("unit")) or not is_year(year) or (month and not month_of(month)):
        return None
    if of is not None and (of.name, of.number) not in (("month", 1), ("month", 12)):
        return None
    if of is not None and of.number == 12:
        return (Dated(31, 12) if day == LAST_DAY else Dated(1, 1),)
    named = month_of(month) if month else None
    return (Dated(day, named, year.number if year else None, some.number if some else None),)


def _day_of_month(found: Found) -> tuple[Part, ...] | None:
    return (checked(Dated(found.one("day").number)),) if _is_day(found.maybe("lead")) else None


def _day_in_figures(found: Found) -> tuple[Part, ...] | None:
    """The day after a mere "of": "alle 21 del 27"."""
    text = found.one("day").text
    return _day_of_month(found) if text.isdigit() and len(text) <= 2 else None


def _figures(found: Found) -> tuple[Part, ...]:
    """A date in digits, by the Italian order."""
    day, month, year = _fields(found)
    return (checked(Dated(day, month, year)),)


def _either_order(found: Found) -> tuple[Part, ...]:
    """A date in digits, in an order that only a leading year or a number above 12 can force."""
    text = found.one("date").text
    day, month, year = _fields(found)
    straight, swapped = Dated(day, month, year), Dated(month, day, year)
    if text[:4].isdigit() or day > 12 or day == month:
        return (checked(straight),)
    if month > 12:
        return (checked(swapped),)
    return (Orders((checked(straight), checked(swapped))),)


def _fields(found: Found) -> tuple[int, int, int | None]:
    fields = [int(field) for field in re.split("[-/.]", found.one("date").text)]
    if fields[0] >= 1000:
        return fields[2], fields[1], fields[0]
    day, month, *rest = fields
    return day, month, (rest[0] + 2000 if rest[0] < 100 else rest[0]) if rest else None


def _feast(found: Found) -> tuple[Part, ...]:
    day, month = divmod(found.one("day").number, 100)
    return (Dated(day, month),)


def _day_range(found: Found) -> tuple[Part, ...] | None:
    """Two days written as one: "26-27 November"."""
    days = [int(field) for field in re.split("[-/.]", found.one("days").text)]
    month = month_of(found.one("month"))
    return tuple(checked(Dated(day, month)) for day in days) if len(days) == 2 else None


def _vague(found: Found) -> tuple[Part, ...]:
    some = found.one("some")
    if some.kind is Kind.SOME_YEAR:
        return (Vague(years_ahead=some.number),)
    if some.kind is Kind.SOME_MONTH:
        return (Vague(months_ahead=some.number),)
    return (Vague(Week.OF_NEXT_WEEK if some.kind is Kind.NEXT_WEEK else Week.OF_THIS_WEEK),)


def _weekend(found: Found) -> tuple[Part, ...]:
    which = found.maybe("which")
    week = _WEEKS[which.kind] if which else Week.NEAREST
    return Weekday(5, week), Weekday(6, week)


def _nothing(_: Found) -> tuple[Part, ...]:
    return ()


_WHICH_BEFORE = "(?P<which>THIS|NEXT|COMING|LAST)"
_WHICH_AFTER = "(?P<which>NEXT|COMING|LAST)"
_NTH = "THE? (?P<nth>ORDINAL|LAST|UNIT|QUARTER|NUMBER(?=SUFFIX)) SUFFIX? (?P<day>WEEKDAY)"
_EDGE = "THE? (?P<nth>ORDINAL|LAST) (?P<unit>UNIT)"
_DAY_NUMBER = "(?: NUMBER SUFFIX? | ORDINAL )"
RULES: tuple[Rule, ...] = (
    rule("(?P<day>DAY)", _ahead),
    rule("(?P<day>PART_TODAY)", _part_today),
    rule("(?P<part>PART|PART_OF)", part_of_day),
    rule("THIS (?P<part>PART)", _this_part),
    rule("(?P<day>WEEKDAY)", _weekday),
    rule(f"{_WHICH_BEFORE} (?:OF|THE)* (?P<day>WEEKDAY)", _weekday),
    rule(f"THIS? (?P<day>WEEKDAY) (?:OF|THE)* {_WHICH_AFTER}", _weekday),
    rule("AT (?= WEEKDAY | DAY | PART_TODAY | MONTH | SOME_MONTH )", _nothing),
    rule("(?P<day>WEEKDAY|DAY) (?P<unit>WEEK_LATER|UNIT)", _week_later),
    rule("(?P<count>ONE|NUMBER) (?P<unit>UNIT) (?P<from>FROM|OF)? (?P<day>WEEKDAY|DAY)", _week_later),
    rule(f"{_NTH} (?:OF|IN) (?P<month>MONTH|WEEKDAY) (?: OF? (?P<year>NUMBER) )?", _nth),
    rule(f"{_NTH} (?:OF|IN) (?P<month>MONTH|WEEKDAY)", _nth),
    rule(f"{_NTH} OF* (?P<some>SOME_MONTH)", _nth),
    rule(f"{_NTH} OF THE? (?P<unit>UNIT)", _nth),
    rule(
        f"THE? (?P<lead>UNIT)? (?P<day>{_DAY_NUMBER}) OF? (?P<month>MONTH|WEEKDAY) "
        "(?: (?:COMMA|OF)? (?P<year>NUMBER) )?",
        _dated,
    ),
    rule(f"THE? (?P<lead>UNIT)? (?P<day>{_DAY_NUMBER}) OF? (?P<month>MONTH|WEEKDAY)", _dated),
    rule("THE? (?P<day>NUMBER SUFFIX? (?:AND|OR|DASH) THE? NUMBER SUFFIX?) OF? (?P<month>MONTH)", _dated),
    rule(f"THE? (?P<lead>THE|UNIT) (?P<day>{_DAY_NUMBER})", _day_of_month),
    rule("THE? (?P<day>NUMBER) SUFFIX", _day_of_month),
    rule("OF (?P<day>NUMBER)", _day_in_figures, cost=2),
    rule(f"(?P<day>{_DAY_NUMBER}) (?= OF? THE? SOME_MONTH )", _day_of_month),
    rule("(?P<day>NUMBER) DASH (?P<month>MONTH) (?: DASH (?P<year>NUMBER) )?", _dated),
    rule("(?P<day>FEAST)", _feast),
    rule("(?P<days>DATE) OF? (?P<month>MONTH)", _day_range),
    rule("(?P<some>THIS_WEEK|NEXT_WEEK|SOME_MONTH|SOME_YEAR)", _vague),
    rule(f"{_EDGE} (?:OF|IN) (?P<month>MONTH|WEEKDAY) (?: OF? (?P<year>NUMBER) )?", edge),
    rule(f"{_EDGE} (?:OF|IN) (?P<month>MONTH|WEEKDAY)", edge),
    rule(f"{_EDGE} OF* (?P<some>SOME_MONTH)", edge),
    rule(f"{_EDGE} OF THE? (?P<of>UNIT)", edge),
    rule("(?P<which>THIS|NEXT|COMING)? WEEKEND", _weekend),
    rule("THIS? WEEKEND (?P<which>NEXT|COMING)", _weekend),
)
OF_ONE_TALK: tuple[Rule, ...] = (
    rule(
        "THE? (?P<nth>ORDINAL|UNIT| (?<! [ NUMBER ONE AND LESS ] ) QUARTER |NUMBER(?=SUFFIX)) SUFFIX? "
        "(?P<day>WEEKDAY)",
        _nth_of_no_month,
    ),
)
IN_ENGLISH: tuple[Rule, ...] = (
    rule(f"(?P<month>MONTH) THE? (?P<day>{_DAY_NUMBER}) (?: COMMA? (?P<year>NUMBER) )?", _dated),
    rule(f"(?P<month>MONTH) THE? (?P<day>{_DAY_NUMBER})", _dated),
    rule("(?P<date>DATE)", _either_order),
)
IN_ITALIAN: tuple[Rule, ...] = (rule("(?P<date>DATE)", _figures),)
