"""Rules for days: "tomorrow", "next Thursday", "il 26 novembre", "26/11", "in 3 days"."""

import re

from bot.times.answers import TimeImpossible
from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import Ahead, Attached, Dated, Daypart, Orders, Part, Vague, Week, Weekday
from bot.times.patterns import Found, Rule, rule

_YEARS = range(1900, 2200)
_MARCH = "mar"
"""In Italian both martedì and marzo; CLDR's table of weekdays comes first."""
_WEEKS = {
    Kind.THIS: Week.THIS,
    Kind.NEXT: Week.NEXT,
    Kind.COMING: Week.NEAREST,
    Kind.LAST: Week.LAST,
    Kind.THIS_WEEK: Week.OF_THIS_WEEK,
    Kind.NEXT_WEEK: Week.OF_NEXT_WEEK,
    Kind.WEEK_LATER: Week.LATER,
}


def _ahead(found: Found) -> tuple[Part, ...]:
    return (Ahead(found.one("day").number),)


def _part_today(found: Found) -> tuple[Part, ...]:
    lexeme = found.one("day")
    return Ahead(lexeme.number), Attached(Daypart[lexeme.name])


def _part(found: Found) -> tuple[Part, ...]:
    return (Attached(Daypart[found.one("part").name]),)


def _this_part(found: Found) -> tuple[Part, ...]:
    return Ahead(0), Attached(Daypart[found.one("part").name])


def _weekday(found: Found) -> tuple[Part, ...]:
    which = found.maybe("which")
    return (Weekday(found.one("day").number, _WEEKS[which.kind] if which else Week.NEAREST),)


def _is_week(lexeme: Lexeme) -> bool:
    return lexeme.kind is Kind.WEEK_LATER or (
        lexeme.kind is Kind.UNIT and (lexeme.name, lexeme.number) == ("day", 7)
    )


def _week_later(found: Found) -> tuple[Part, ...] | None:
    """A week after the day: "Friday week", "domani a otto", "a week from tomorrow"."""
    day, count = found.one("day"), found.maybe("count")
    unit = found.one("unit")
    if day.kind is Kind.DAY and unit.name == "day" and found.maybe("from"):
        return (Ahead(day.number + (count.number if count else 1) * unit.number),)
    if not _is_week(unit) or (count is not None and count.number != 1) or unit.text.endswith("s"):
        return None
    return (Ahead(day.number + 7),) if day.kind is Kind.DAY else (Weekday(day.number, Week.LATER),)


def _month(lexeme: Lexeme) -> int | None:
    if lexeme.kind is Kind.MONTH:
        return lexeme.number
    return 3 if lexeme.text == _MARCH else None


def _is_day(lead: Lexeme | None) -> bool:
    """Whether a unit before a date is no more than "giorno 26"."""
    return lead is None or lead.kind is not Kind.UNIT or (lead.name, lead.number) == ("day", 1)


def _checked(date: Dated) -> Dated:
    """Raises TimeImpossible for a day that no year has in that month."""
    longest = (
        31 if date.month is None else 29 if date.month == 2 else 30 if date.month in {4, 6, 9, 11} else 31
    )
    if not 1 <= date.day <= longest or not 1 <= (date.month or 1) <= 12:
        raise TimeImpossible("/".join(str(field) for field in (date.day, date.month, date.year) if field))
    return date


def _dated(found: Found) -> tuple[Part, ...] | None:
    month, year = _month(found.one("month")), found.maybe("year")
    days = [lexeme for lexeme in found.all("day") if lexeme.kind in (Kind.NUMBER, Kind.ORDINAL)]
    if not _is_day(found.maybe("lead")):
        return None
    if (
        month is None
        or (year is not None and year.number not in _YEARS)
        or any(day.number >= 100 for day in days)
    ):
        return None
    return tuple(_checked(Dated(day.number, month, year.number if year else None)) for day in days)


def _day_of_month(found: Found) -> tuple[Part, ...] | None:
    lead, day, some = found.maybe("lead"), found.one("day"), found.maybe("some")
    if not _is_day(lead):
        return None
    return (_checked(Dated(day.number, months_ahead=some.number if some else None)),)


def _figures(found: Found) -> tuple[Part, ...]:
    """A date in digits, by the Italian order."""
    day, month, year = _fields(found)
    return (_checked(Dated(day, month, year)),)


def _either_order(found: Found) -> tuple[Part, ...]:
    """A date in digits, in an order that only a leading year or a number above 12 can force."""
    text = found.one("date").text
    day, month, year = _fields(found)
    straight, swapped = Dated(day, month, year), Dated(month, day, year)
    if text[:4].isdigit() or day > 12 or day == month:
        return (_checked(straight),)
    if month > 12:
        return (_checked(swapped),)
    return (Orders((_checked(straight), _checked(swapped))),)


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
    month = _month(found.one("month"))
    return tuple(_checked(Dated(day, month)) for day in days) if len(days) == 2 else None


def _vague(_: Found) -> tuple[Part, ...]:
    return (Vague(),)


def _weekend(_: Found) -> tuple[Part, ...]:
    return Weekday(5), Weekday(6)


_WHICH_BEFORE = "(?P<which>THIS|NEXT|COMING|LAST|NEXT_WEEK|THIS_WEEK)"
_WHICH_AFTER = "(?P<which>NEXT|COMING|LAST|NEXT_WEEK|THIS_WEEK)"
_DAY_NUMBER = "(?: NUMBER SUFFIX? | ORDINAL )"
RULES: tuple[Rule, ...] = (
    rule("(?P<day>DAY)", _ahead),
    rule("(?P<day>PART_TODAY)", _part_today),
    rule("(?P<part>PART|PART_OF)", _part),
    rule("THIS (?P<part>PART)", _this_part),
    rule("(?P<day>WEEKDAY)", _weekday),
    rule(f"{_WHICH_BEFORE} (?:OF|THE)* (?P<day>WEEKDAY)", _weekday),
    rule(f"(?P<day>WEEKDAY) (?:OF|THE)* {_WHICH_AFTER}", _weekday),
    rule("(?P<day>WEEKDAY|DAY) (?P<unit>WEEK_LATER|UNIT)", _week_later),
    rule("(?P<count>ONE|NUMBER) (?P<unit>UNIT) (?P<from>FROM|OF) (?P<day>WEEKDAY|DAY)", _week_later),
    rule(
        f"THE? (?P<lead>UNIT)? (?P<day>{_DAY_NUMBER}) OF? (?P<month>MONTH|WEEKDAY) "
        "(?: (?:COMMA|OF)? (?P<year>NUMBER) )?",
        _dated,
    ),
    rule(f"THE? (?P<lead>UNIT)? (?P<day>{_DAY_NUMBER}) OF? (?P<month>MONTH|WEEKDAY)", _dated),
    rule("THE? (?P<day>NUMBER SUFFIX? (?:AND|OR|DASH) THE? NUMBER SUFFIX?) OF? (?P<month>MONTH)", _dated),
    rule(f"THE? (?P<lead>THE|UNIT) (?P<day>{_DAY_NUMBER}) (?P<some>SOME_MONTH)?", _day_of_month),
    rule("THE? (?P<day>NUMBER) SUFFIX (?P<some>SOME_MONTH)?", _day_of_month),
    rule(f"(?P<day>{_DAY_NUMBER}) OF? THE? (?P<some>SOME_MONTH)", _day_of_month),
    rule("(?P<day>FEAST)", _feast),
    rule("(?P<days>DATE) OF? (?P<month>MONTH)", _day_range),
    rule("(?P<week>THIS_WEEK|NEXT_WEEK|SOME_MONTH)", _vague, cost=2),
    rule("(?P<weekend>WEEKEND)", _weekend),
)
IN_ENGLISH: tuple[Rule, ...] = (
    rule(f"(?P<month>MONTH) THE? (?P<day>{_DAY_NUMBER}) (?: COMMA? (?P<year>NUMBER) )?", _dated),
    rule(f"(?P<month>MONTH) THE? (?P<day>{_DAY_NUMBER})", _dated),
    rule("(?P<date>DATE)", _either_order),
)
IN_ITALIAN: tuple[Rule, ...] = (rule("(?P<date>DATE)", _figures),)
