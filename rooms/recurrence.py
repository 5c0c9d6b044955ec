"""A series' recurrence: when its occurrences are, by the clocks of its zone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rooms.errors.series import RecurrenceMalformed
from rooms.moving import moved
from rooms.rule import Rule
from rooms.rule_reading import Flaw, read_rule_text

_FURTHEST = timedelta(days=366 * 41)
"""Beyond this no occurrence is looked for: the 29th of February takes 40 years to fall on a Monday again."""
_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a series comes round: at the same hour of the clocks in `zone`, whatever summer time does.

    `rule` is a rule of RFC 5545, section 3.3.10, without "RRULE:", in the one form that `read_rule` gives it,
    its UNTIL in UTC. `first` is the naive local time of the first occurrence, which fits the rule.

    An hour that the clocks skip happens as long after the jump as it lies after its beginning (02:30 at
    03:30): no occurrence is dropped, and those that follow keep their hour. An hour that comes twice happens
    the first time.
    """

    rule: str
    first: datetime
    zone: ZoneInfo

    def occurrences(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """The instants (aware UTC) after `after` and up to and with `until`, in order."""
        rule = read_rule_text(self.rule)
        end = until if rule.until is None else min(until, rule.until)
        latest = after
        for day in self._days(rule, after, end):
            instant = _instant(datetime.combine(day, self.first.time()), self.zone)
            if instant is None or instant > end:
                return
            if instant > latest:  # where a whole day was skipped, two would be one
                latest = instant
                yield instant

    def next_after(self, after: datetime) -> datetime | None:
        """The first instant (aware UTC) after `after`; None when the series is over by then."""
        return next(self.occurrences(after, _later(after, _FURTHEST)), None)

    def until(self, instant: datetime) -> "Recurrence":
        """The series with an end before `instant` (aware); without occurrences when that is its first."""
        rule, before = read_rule_text(self.rule), instant.astimezone(UTC) - timedelta(seconds=1)
        is_over = rule.times is not None and self.next_after(before) is None
        if is_over or (rule.until is not None and rule.until <= before):
            return self
        return replace(self, rule=str(replace(rule, times=None, until=before)))

    def continued(self, start_local: datetime, instead_of: date | None = None) -> "Recurrence":
        """The series from one occurrence on, moved to `start_local` (naive): its hour, and its day with it.

        `instead_of` is the local day of that occurrence; without it, the one that is nearest to the new day.
        Weekly days move with it, one of several alone; `rooms.moving` tells what becomes of others. What is
        left of a number of times is left, and an end moves along, so that no occurrence is lost or won.

        Raises:
            RecurrenceFixed: the days are of a kind that cannot be moved so.
        """
        rule, new = read_rule_text(self.rule), start_local.date()
        old = instead_of or self._nearest(rule, new)
        rest = moved(rule, old, new)
        if rule.times is not None:
            passed = sum(day < old for day in rule.days(self.first.date(), self.first.date(), old))
            rest = replace(rest, times=max(1, rule.times - passed))
        if rule.until is not None:
            rest = replace(rest, until=self._end_moved(rule.until, new - old))
        return replace(self, rule=str(rest), first=start_local)

    def _days(self, rule: Rule, after: datetime, end: datetime) -> Iterator[date]:
        """The days of occurrences from about `after` to about `end`; all from the first, if they count."""
        first = self.first.date()
        since = first if rule.times else _earlier(after, _DAY).astimezone(self.zone).date()
        days = rule.days(first, since, _later(end, _DAY).astimezone(self.zone).date())
        return days if rule.times is None else (day for _, day in zip(range(rule.times), days, strict=False))

    def _nearest(self, rule: Rule, day: date) -> date:
        """The day of the occurrence nearest to `day`, the earlier of two."""
        around = timedelta(days=366)
        days = rule.days(self.first.date(), day - around, day + around)
        return min(days, key=lambda one: abs(one - day), default=day)

    def _end_moved(self, until: datetime, by: timedelta) -> datetime:
        """The end of the last day that an end leaves, moved by so many days."""
        local = until.astimezone(self.zone)
        last = local.date() if self.first.time() <= local.time() else local.date() - _DAY
        return _end_of_day(last + by, self.zone)


def read_rule(text: str, first: datetime, zone: ZoneInfo) -> Recurrence:
    """The recurrence of a rule as people paste it, from the first of its days that is not before `first`.

    `first` (naive local) gives the hour, and the days where the rule gives none; every second week and the
    like are counted from the day found. UNTIL without a zone is local time, without an hour all of that day.

    Raises:
        RecurrenceMalformed: it is no rule, or none that a talk can have.
    """
    rule = read_rule_text(text).with_days_of(first.date())
    if rule.until is not None:
        rule = replace(rule, until=_aware(rule.until, zone))
    furthest = _later(first.replace(tzinfo=UTC), _FURTHEST).date()
    day = next(replace(rule, interval=1).days(first.date(), first.date(), furthest), None)
    start = None if day is None else _instant(datetime.combine(day, first.time()), zone)
    if day is None or start is None or (rule.until is not None and start > rule.until):
        raise RecurrenceMalformed(text, Flaw.NEVER)
    return Recurrence(str(rule), datetime.combine(day, first.time()), zone)


def _instant(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The UTC instant of a naive local time by the offset before a jump; None beyond the calendar."""
    try:
        return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:
        return None


def _aware(until: datetime, zone: ZoneInfo) -> datetime:
    if until.tzinfo is not None:
        return until
    return until.replace(tzinfo=zone, fold=1).astimezone(UTC)


def _end_of_day(day: date, zone: ZoneInfo) -> datetime:
    return _aware(datetime.combine(day, _LAST_SECOND), zone)


def _later(instant: datetime, span: timedelta) -> datetime:
    """So much later, as far as the calendar goes, with room for any zone."""
    latest = datetime.max.replace(tzinfo=UTC) - 2 * _DAY
    return instant + span if instant < latest - span else latest


def _earlier(instant: datetime, span: timedelta) -> datetime:
    earliest = datetime.min.replace(tzinfo=UTC) + 2 * _DAY
    return instant - span if instant > earliest + span else earliest
