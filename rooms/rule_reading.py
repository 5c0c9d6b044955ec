"""Reads recurrence rules as people paste them, and refuses those that no talk can have."""

import re
from datetime import datetime, time
from enum import StrEnum

from rooms.errors.series import RecurrenceMalformed
from rooms.rule import WEEKDAYS, Frequency, Nth, Rule

LONGEST_RULE = 300
"""Characters; no rule that anybody means is longer."""
MOST_TIMES = 1000


class Flaw(StrEnum):
    """Why a rule cannot be taken, for `RecurrenceMalformed`."""

    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    """A part that is in order and that nobody needs for talks, or that programs take in different ways."""
    TOO_OFTEN = "too_often"
    """Several times a day."""
    HAS_HOUR = "has_hour"
    """BYHOUR and its like: the hour is that of the first occurrence."""
    INTERVAL = "interval"
    TOO_MANY_TIMES = "too_many_times"
    TWO_ENDS = "two_ends"
    OTHER_LINES = "other_lines"
    """DTSTART, EXDATE and other lines of a calendar file beside the rule."""
    NEVER = "never"
    """No day fits."""


LONGEST_INTERVALS = {
    Frequency.DAILY: 366,
    Frequency.WEEKLY: 53,
    Frequency.MONTHLY: 24,
    Frequency.YEARLY: 10,
}
_TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
OTHER_LINE = re.compile(r"\b(?:DTSTART|DTEND|EXDATE|RDATE|EXRULE)\b")
_WEEKDAY = re.compile(r"(?P<nth>[+-]?\d{1,2})?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"\d{8}(?:T\d{6}Z?)?")
_END_OF_DAY = time(23, 59, 59)


def read_rule_text(text: str) -> Rule:
    """The rule in `text`, with or without "RRULE:", in any case, spaces anywhere.

    Raises:
        RecurrenceMalformed: it is none, or none that a talk can have.
    """
    squeezed = "".join(text.split()).upper()
    if OTHER_LINE.search(text.upper()):
        raise RecurrenceMalformed(text, Flaw.OTHER_LINES)
    if len(squeezed) > LONGEST_RULE:
        raise RecurrenceMalformed(text[:LONGEST_RULE], Flaw.UNREADABLE)
    return _Reader(text, _parts(text, squeezed.removeprefix("RRULE:").rstrip(";"))).rule()


def _parts(text: str, squeezed: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in squeezed.split(";"):
        name, equals, value = piece.partition("=")
        if not (equals and value) or name in parts:
            raise RecurrenceMalformed(text, Flaw.UNREADABLE, piece)
        parts[name] = value
    return parts


class _Reader:
    """Reads the parts of one rule, and refuses what RFC 5545 does not allow."""

    def __init__(self, text: str, parts: dict[str, str]) -> None:
        self._text = text
        self._parts = parts

    def rule(self) -> Rule:
        frequency = self._frequency()
        months = self._numbers("BYMONTH", range(1, 13), signed=False)
        rule = Rule(
            frequency,
            self._interval(frequency),
            months=months,
            month_days=self._numbers("BYMONTHDAY", range(1, 32)),
            year_days=self._numbers("BYYEARDAY", range(1, 367)),
            weekdays=self._weekdays(_most_of_a_weekday(frequency, in_months=bool(months))),
            positions=self._numbers("BYSETPOS", range(1, 367)),
            week_start=self._week_start(),
            times=self._times(),
            until=self._until(),
        )
        if self._parts:
            raise self._unreadable(next(iter(self._parts)))
        self._check_together(rule)
        return rule

    def _refused(self, flaw: Flaw, part: str = "") -> RecurrenceMalformed:
        return RecurrenceMalformed(self._text, flaw, part)

    def _unreadable(self, name: str, value: str = "") -> RecurrenceMalformed:
        if name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            return self._refused(Flaw.HAS_HOUR, name)
        if name == "BYWEEKNO":
            return self._refused(Flaw.UNSUPPORTED, name)
        return self._refused(Flaw.UNREADABLE, f"{name}={value or self._parts.get(name, '')}")

    def _frequency(self) -> Frequency:
        value = self._parts.pop("FREQ", "")
        if value in _TOO_OFTEN:
            raise self._refused(Flaw.TOO_OFTEN, value)
        if value not in set(Frequency):
            raise self._unreadable("FREQ", value)
        return Frequency(value)

    def _number(self, name: str) -> int | None:
        value = self._parts.pop(name, None)
        if value is None:
            return None
        if not re.fullmatch(r"[0-9]{1,99}", value):
            raise self._unreadable(name, value)
        return int(value)

    def _interval(self, frequency: Frequency) -> int:
        interval = self._number("INTERVAL")
        if interval is not None and not 1 <= interval <= LONGEST_INTERVALS[frequency]:
            raise self._refused(Flaw.INTERVAL, f"INTERVAL={interval}")
        return interval or 1

    def _times(self) -> int | None:
        times = self._number("COUNT")
        if times == 0:
            raise self._unreadable("COUNT", "0")
        if times is not None and times > MOST_TIMES:
            raise self._refused(Flaw.TOO_MANY_TIMES, f"COUNT={times}")
        if times and "UNTIL" in self._parts:
            raise self._refused(Flaw.TWO_ENDS)
        return times

    def _numbers(self, name: str, allowed: range, *, signed: bool = True) -> tuple[int, ...]:
        value = self._parts.pop(name, None)
        numbers: set[int] = set()
        for figure in value.split(",") if value is not None else ():
            if not re.fullmatch(r"[+-]?[0-9]{1,3}" if signed else "[0-9]{1,2}", figure):
                raise self._unreadable(name, value or "")
            numbers.add(int(figure))
        if not all(abs(number) in allowed for number in numbers):
            raise self._unreadable(name, value or "")
        return tuple(sorted(numbers, key=lambda number: (number < 0, number)))

    def _weekdays(self, most: int) -> tuple[Nth, ...]:
        value = self._parts.pop("BYDAY", None)
        found: set[Nth] = set()
        for piece in value.split(",") if value is not None else ():
            match = _WEEKDAY.fullmatch(piece)
            count = int(match["nth"] or 0) if match else 0
            if match is None or (match["nth"] and not 1 <= abs(count) <= most):
                raise self._unreadable("BYDAY", value or "")
            found.add(Nth(count, WEEKDAYS.index(match["day"])))
        return tuple(sorted(found, key=lambda one: (one.count < 0, one.count, one.weekday)))

    def _week_start(self) -> int:
        value = self._parts.pop("WKST", "MO")
        if value not in WEEKDAYS:
            raise self._unreadable("WKST", value)
        return WEEKDAYS.index(value)

    def _until(self) -> datetime | None:
        value = self._parts.pop("UNTIL", None)
        if value is None:
            return None
        try:
            if not _UNTIL.fullmatch(value):
                raise ValueError(value)
            until = datetime.fromisoformat(value)
        except ValueError:
            raise self._unreadable("UNTIL", value) from None
        return until if "T" in value else datetime.combine(until, _END_OF_DAY)

    def _check_together(self, rule: Rule) -> None:
        """RFC 5545, section 3.3.10: which parts go with which frequency."""
        if rule.month_days and rule.frequency is Frequency.WEEKLY:
            raise self._refused(Flaw.UNREADABLE, "BYMONTHDAY")
        if rule.year_days and rule.frequency is not Frequency.YEARLY:
            raise self._refused(Flaw.UNREADABLE, "BYYEARDAY")
        if rule.positions and not (rule.months or rule.month_days or rule.year_days or rule.weekdays):
            raise self._refused(Flaw.UNREADABLE, "BYSETPOS")


def _most_of_a_weekday(frequency: Frequency, *, in_months: bool) -> int:
    """How many of a weekday a period can have; none in days and weeks, where they are not counted."""
    if frequency is Frequency.MONTHLY:
        return 5
    return (5 if in_months else 53) if frequency is Frequency.YEARLY else 0
