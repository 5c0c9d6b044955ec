"""Rules for what comes round: "every Thursday", "ogni primo lunedì del mese", "until June", "10 times"."""

from bot.times.clocks import face
from bot.times.dates import checked, edge, is_year, month_of, nth_of, part_of_day
from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import Attached, Bound, Dated, Daypart, Lasting, Nth, Part, Rhythm, SomeMonth, Times
from bot.times.patterns import Found, Rule, rule
from bot.times.quantities import span
from bot.times.rhythms import day_of, days_of_week
from rooms.errors.series import RecurrenceMalformed
from rooms.rule import WEEKDAYS
from rooms.rule_reading import Flaw

_PERIODS = {
    ("day", 1): ("DAILY", 1),
    ("day", 7): ("WEEKLY", 1),
    ("day", 14): ("WEEKLY", 2),
    ("month", 1): ("MONTHLY", 1),
    ("month", 12): ("YEARLY", 1),
}
_UNCLEAR = 0
_FIFTH = 5
"""A place that only some months have; it is asked about, and not merely not understood."""
_SECOND = ("second", "2")
"""English for every other; the Italian "secondo" is rather the month's second."""


def _weekly(found: Found) -> tuple[Part, ...] | None:
    days = _weekdays(found)
    return None if days is None else (Rhythm("WEEKLY", 1, days_of_week(days)),)


def _weekdays(found: Found) -> list[int] | None:
    """The weekdays of a list; a stroke between them is an "and", the word "or" is none."""
    lexemes = found.all("days")
    if any(one.kind is Kind.OR and one.text != "/" for one in lexemes):
        return None
    return [one.number for one in lexemes if one.kind in (Kind.WEEKDAY, Kind.WEEKDAYS)]


def _range(found: Found) -> tuple[Part, ...]:
    """From Monday to Friday, or from Friday to Monday."""
    first, last = found.one("first").number, found.one("last").number
    days = [(first + day) % 7 for day in range((last - first) % 7 + 1)]
    return (Rhythm("WEEKLY", 1, days_of_week(days)),)


def _named_days(found: Found) -> tuple[Part, ...]:
    name = found.one("days").name or "SA,SU"
    return (Rhythm("WEEKLY", 1, f"BYDAY={name}"),)


def _every_so_many_weekdays(found: Found) -> tuple[Part, ...] | None:
    """Every other Thursday, every two Thursdays; "every third Thursday" may be the month's third."""
    days, count = _weekdays(found), found.one("count")
    is_ordinal = count.kind not in (Kind.OTHER, Kind.NUMBER) or found.maybe("suffix") is not None
    place = nth_of(count) if is_ordinal else None
    if days is None or (count.kind in (Kind.UNIT, Kind.QUARTER) and place is None):
        return None
    if place in (1, -1):
        named = ",".join(f"{place}{WEEKDAYS[day]}" for day in days)
        return (Rhythm("MONTHLY", 1, f"BYDAY={named}"),)
    interval = _UNCLEAR if is_ordinal and not _is_english_second(found) else _interval(count)
    return None if interval is None else (Rhythm("WEEKLY", interval, days_of_week(days)),)


def _is_english_second(found: Found) -> bool:
    suffix = found.maybe("suffix")
    return found.one("count").text in _SECOND and (suffix is None or suffix.text == "nd")


def _interval(count: Lexeme | None) -> int | None:
    """How many periods apart; None for what is no number."""
    if count is None:
        return 1
    if count.kind is Kind.OTHER:
        return 2
    if count.kind is Kind.UNIT:
        return nth_of(count)
    return count.number or None


def _period(found: Found) -> tuple[str, int] | None:
    """The frequency, and the interval, of "every two months". Raises RecurrenceMalformed for every hour."""
    unit, count = found.one("unit"), _interval(found.maybe("count"))
    if (unit.name or "second") == "second":
        raise RecurrenceMalformed(unit.text, Flaw.TOO_OFTEN, unit.text)
    known = _PERIODS.get((unit.name, unit.number))
    return None if known is None or count is None else (known[0], known[1] * count)


def _every_period(found: Found) -> tuple[Part, ...] | None:
    period = _period(found)
    return None if period is None else (Rhythm(*period),)


def _adverb(found: Found) -> tuple[Part, ...]:
    rhythm = found.one("rhythm")
    return (Rhythm(rhythm.name, rhythm.number),)


def _of_month(found: Found) -> int | None:
    """The interval of "of every month", 1 where no unit was said; None when it is another unit."""
    period = _period(found) if found.maybe("unit") else ("MONTHLY", 1)
    return period[1] if period is not None and period[0] == "MONTHLY" else None


def _nth_weekdays(found: Found) -> tuple[Part, ...] | None:
    """The first and third Monday, the first Monday and the last Friday of every month."""
    interval, counts, named = _of_month(found), list[int](), list[str]()
    for one in found.all("nths"):
        if one.kind in (Kind.WEEKDAY, Kind.WEEKDAYS):
            named += [f"{count}{WEEKDAYS[one.number]}" for count in counts]
            counts = []
        elif one.kind not in (Kind.AND, Kind.COMMA, Kind.THE, Kind.SUFFIX):
            counts.append(_FIFTH if one.number == _FIFTH else nth_of(one) or 0)
            if not counts[-1]:
                return None
    return None if interval is None else (Rhythm("MONTHLY", interval, f"BYDAY={','.join(named)}"),)


def _nth_of_year(found: Found) -> tuple[Part, ...] | None:
    count, month = nth_of(found.one("nth")), month_of(found.one("month"))
    if not count or not month:
        return None
    return (Rhythm("YEARLY", 1, day_of(Nth(count, found.one("day").number, month))),)


def _bare_nth(found: Found) -> tuple[Part, ...] | None:
    """The first Monday, where "monthly" stands elsewhere."""
    count = nth_of(found.one("nth"))
    return (Nth(count, found.one("day").number),) if count else None


def _days_of_month(found: Found) -> tuple[Part, ...] | None:
    """The 1st and the 15th of every month."""
    interval = _of_month(found)
    numbers = [one.number for one in found.all("days") if one.kind in (Kind.NUMBER, Kind.ORDINAL)]
    if interval is None or any(one.kind is Kind.UNIT and one.name != "day" for one in found.all("days")):
        return None
    days = sorted({checked(Dated(number)).day for number in numbers})
    return (Rhythm("MONTHLY", interval, f"BYMONTHDAY={','.join(map(str, days))}"),)


def _edge_of_month(found: Found) -> tuple[Part, ...] | None:
    """The last day of every month, the first weekday of the month."""
    interval, count, day = _of_month(found), nth_of(found.one("nth")), found.one("day")
    if interval is None or count is None:
        return None
    if day.kind is Kind.WEEK_PART:
        return (Rhythm("MONTHLY", interval, f"BYDAY={day.name};BYSETPOS={count}"),)
    is_day = (day.name, day.number) == ("day", 1)
    return (Rhythm("MONTHLY", interval, f"BYMONTHDAY={count}"),) if is_day else None


def _date_of_year(found: Found) -> tuple[Part, ...] | None:
    """Every 3 May, every Christmas."""
    if (feast := found.maybe("feast")) is not None:
        day, month = divmod(feast.number, 100)
        return (Rhythm("YEARLY", 1, day_of(Dated(day, month))),)
    number, named = found.one("day").number, month_of(found.one("month"))
    return (Rhythm("YEARLY", 1, day_of(checked(Dated(number, named)))),) if named and number < 100 else None


def _part_of_every_day(found: Found) -> tuple[Part, ...]:
    return Rhythm("DAILY"), Attached(Daypart[found.one("part").name])


def _bound(found: Found) -> tuple[Part, ...]:
    return (Bound.FROM if found.one("bound").kind in (Kind.FROM, Kind.SINCE) else Bound.UNTIL,)


def _bound_day(found: Found) -> tuple[Part, ...] | None:
    """From the 3rd, "fino al 30": the article is in the word before."""
    number = found.one("day")
    is_day = number.text.isdigit() and len(number.text) <= 2
    return (*_bound(found), checked(Dated(number.number))) if is_day else None


def _month(found: Found) -> tuple[Part, ...] | None:
    month, year = month_of(found.one("month")), found.maybe("year")
    return (SomeMonth(month, year.number if year else None),) if month and is_year(year) else None


def _times(found: Found) -> tuple[Part, ...]:
    times = Times(found.one("count").number)
    return (times, *(_weekly(found) or ())) if found.maybe("days") else (times,)


def _lasting(found: Found) -> tuple[Part, ...] | None:
    length = span(found.all("length"))
    return None if length is None or length.elapsed else (Lasting(length),)


def _lone_hour(found: Found) -> tuple[Part, ...] | None:
    """A number after "every day", "weekdays", where it can be no day of the month."""
    number = found.one("number")
    padded = len(number.text) == 2 and number.text[0] == "0"
    return (face(number.number, 0, padded=padded),) if padded or 1 <= number.number <= 24 else None


_AND = "(?: (?:COMMA|AND|OR)+ (?:EVERY|OF|THE)* )"
_LIST = f"WEEKDAY (?: {_AND}? WEEKDAY )*"
_MORE = f"WEEKDAY (?: {_AND} WEEKDAY )+"
_PLURALS = f"WEEKDAYS (?: {_AND} (?:WEEKDAYS|WEEKDAY) )*"
_COUNT = "(?P<count>OTHER|NUMBER|ORDINAL|UNIT|LAST|QUARTER) (?P<suffix>SUFFIX)?"
_NTH = "(?:ORDINAL|LAST|UNIT|QUARTER|NUMBER SUFFIX?)"
_NTHS = f"(?P<nths> (?: {_NTH} WEEKDAY? (?:AND|COMMA)+ THE? )* {_NTH} (?:WEEKDAY|WEEKDAYS) )"
_SEVERAL = f"(?: {_NTH} (?:AND|COMMA)+ THE? )+ {_NTH}"
_NUMBER = "(?: UNIT? NUMBER SUFFIX? | ORDINAL )"
_NUMBERS = f"(?P<days>{_NUMBER} (?: (?:AND|COMMA)+ THE? {_NUMBER} )*)"
_OF_EVERY = "(?:OF|IN|COMMA)* EVERY (?:(?P<count>OTHER|NUMBER|ORDINAL|UNIT) SUFFIX?)? (?P<unit>UNIT)"
_OF_THE = "(?:OF|IN)+ THE? (?P<unit>UNIT)"
_TO = "(?:TO|DASH|UNTIL|NEAR)"
RULES: tuple[Rule, ...] = (
    rule(f"EVERY (?P<days>{_LIST})", _weekly),
    rule(f"(?:EVERY|OF)? (?P<days>{_PLURALS})", _weekly),
    rule(f"(?P<days>{_MORE})", _weekly),
    rule(f"AND EVERY? (?P<days>{_LIST})", _weekly),
    rule(f"(?P<days>{_LIST}) (?= PARTS )", _weekly),
    rule(f"EVERY? (?:FROM|SINCE)? THE? (?P<first>WEEKDAY) {_TO} THE? (?P<last>WEEKDAY)", _range),
    rule("(?:EVERY|OF)* (?P<days>WEEK_PART)", _named_days),
    rule("EVERY (?P<days>WEEKEND)", _named_days),
    rule(f"EVERY THE? {_COUNT} (?P<days>WEEKDAYS|{_LIST})", _every_so_many_weekdays),
    rule("(?P<count>OTHER) (?P<days>WEEKDAYS)", _every_so_many_weekdays),
    rule("(?:NUMBER|ONE)? (?P<days>WEEKDAY) (?P<count>OTHER)", _every_so_many_weekdays),
    rule("(?:NUMBER|ONE) (?P<days>WEEKDAY) EVERY (?P<count>NUMBER)", _every_so_many_weekdays),
    rule("EVERY (?:(?P<count>OTHER|NUMBER|ORDINAL|UNIT) SUFFIX?)? (?P<unit>UNIT)", _every_period),
    rule("EVERY NUMBER? (?P<unit>ORE|HRS)", _every_period),
    rule("(?P<count>OTHER) (?P<unit>UNIT)", _every_period),
    rule("(?:NUMBER|ONE)? (?P<unit>UNIT) (?P<count>OTHER)", _every_period),
    rule("(?P<rhythm>RHYTHM)", _adverb),
    rule(f"THE? {_NTHS} {_OF_EVERY}", _nth_weekdays),
    rule(f"EVERY THE? {_NTHS} {_OF_THE}", _nth_weekdays),
    rule(f"(?:EVERY|OF|THE)* (?P<nths>{_SEVERAL} (?:WEEKDAY|WEEKDAYS)) (?:{_OF_THE})?", _nth_weekdays),
    rule(f"EVERY THE? (?P<nth>{_NTH}) (?P<day>WEEKDAY) (?:OF|IN) (?P<month>MONTH)", _nth_of_year),
    rule("THE? (?P<nth>ORDINAL|LAST|UNIT|QUARTER|NUMBER(?=SUFFIX)) SUFFIX? (?P<day>WEEKDAY)", _bare_nth),
    rule("THE? (?P<nth>ORDINAL|LAST) (?P<unit>UNIT)", edge),
    rule(f"THE? {_NUMBERS} {_OF_EVERY}", _days_of_month),
    rule(f"EVERY THE? {_NUMBERS} {_OF_THE}", _days_of_month),
    rule("EVERY (?P<days>NUMBER) SUFFIX (?! WEEKDAY | WEEKDAYS | UNIT )", _days_of_month),
    rule(f"THE? (?P<nth>{_NTH}) (?P<day>UNIT|WEEK_PART) {_OF_EVERY}", _edge_of_month),
    rule(f"EVERY THE? (?P<nth>{_NTH}) (?P<day>UNIT|WEEK_PART) {_OF_THE}", _edge_of_month),
    rule("EVERY THE? (?P<day>NUMBER|ORDINAL) SUFFIX? OF? (?P<month>MONTH|WEEKDAY)", _date_of_year),
    rule("EVERY (?P<month>MONTH) THE? (?P<day>NUMBER|ORDINAL) SUFFIX?", _date_of_year),
    rule("EVERY (?P<feast>FEAST)", _date_of_year),
    rule("EVERY (?P<part>PART|PARTS)", _part_of_every_day),
    rule("(?<! [ WEEKDAY WEEKDAYS ] ) (?:IN|OF)? THE? (?P<part>PARTS)", _part_of_every_day),
    rule("(?<= [ WEEKDAY WEEKDAYS ] ) (?P<part>PARTS)", part_of_day),
    rule("(?P<bound>FROM|SINCE|UNTIL)", _bound, cost=0),
    rule(f"(?P<bound>TO) (?= THE? (?: {_NUMBER} OF? MONTH | MONTH | DATE | FEAST ))", _bound, cost=0),
    rule("(?P<bound>FROM|SINCE|UNTIL) THE? (?P<day>NUMBER)", _bound_day, cost=2),
    rule("OF? (?P<month>MONTH) (?: OF? (?P<year>NUMBER) )?", _month, cost=2),
    rule("OF? (?P<month>MONTH)", _month, cost=2),
    rule("FOR? THE? NEXT? (?P<count>NUMBER) TIMES", _times),
    rule("FOR? THE? NEXT? (?P<count>NUMBER) (?P<days>WEEKDAYS)", _times),
    rule("FOR (?:THE|AT)? NEXT? (?P<length>(?:ONE|NUMBER) UNIT)", _lasting),
    rule("(?<=[ UNIT RHYTHM WEEKDAYS WEEK_PART PART ]) (?P<number>NUMBER)", _lone_hour, cost=3),
)
_HABITS = f"{_SEVERAL} WEEKDAY {_OF_THE}"
HABITS = {"en": _HABITS, "it": f"{_HABITS} | THE WEEKDAY (?: (?:COMMA|AND)+ THE WEEKDAY )+"}
"""What is said of weeks and months in general without a word for it: "il lunedì e il giovedì"."""
