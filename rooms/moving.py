"""Moves the days of a recurrence rule as one of its occurrences was moved."""

from dataclasses import replace
from datetime import date, timedelta

from rooms.errors.series import RecurrenceFixed
from rooms.rule import Frequency, Nth, Rule

_SHORTEST_MONTH = 28


def moved(rule: Rule, old: date, new: date) -> Rule:
    """The rule for the days that follow once its day `old` is `new` instead.

    Every day, every three days: counted from the new day. Weekdays: the one that was moved is replaced; of
    several, the others stay. A day of the month or of the year: the new one takes its place, if every month
    has it. "The first Monday" and days by their place are not moved: the day after the first Monday is not
    always the first Tuesday.

    Raises:
        RecurrenceFixed: there is no such rule.
    """
    if old == new or _is_each_day(rule):
        return rule
    if rule.positions or rule.year_days or any(one.count for one in rule.weekdays):
        raise RecurrenceFixed
    if rule.frequency is Frequency.WEEKLY and not rule.months:
        return _to_weekday(rule, old, new)
    if rule.frequency in (Frequency.MONTHLY, Frequency.YEARLY) and not rule.weekdays:
        return _to_day_of_month(rule, old, new)
    raise RecurrenceFixed


def _is_each_day(rule: Rule) -> bool:
    has_days = rule.months or rule.month_days or rule.weekdays
    return rule.frequency is Frequency.DAILY and not has_days


def _to_weekday(rule: Rule, old: date, new: date) -> Rule:
    others = {one.weekday for one in rule.weekdays} - {old.weekday()}
    if new.weekday() in others:
        raise RecurrenceFixed  # two talks on one day, from then on one
    if others and rule.interval > 1 and _week(rule, old) != _week(rule, new):
        raise RecurrenceFixed  # the others would come in the weeks that had none
    days = sorted({new.weekday(), *others})
    return replace(rule, weekdays=tuple(Nth(0, day) for day in days))


def _week(rule: Rule, day: date) -> date:
    return day - timedelta(days=(day.weekday() - rule.week_start) % 7)


def _to_day_of_month(rule: Rule, old: date, new: date) -> Rule:
    if old.day not in rule.month_days or new.day > _SHORTEST_MONTH or new.day in rule.month_days:
        raise RecurrenceFixed
    same_month = (old.year, old.month) == (new.year, new.month)
    if not same_month and (len(rule.month_days) > 1 or len(rule.months) > 1):
        raise RecurrenceFixed
    days = tuple(sorted({new.day, *rule.month_days} - {old.day}, key=lambda day: (day < 0, day)))
    return replace(rule, month_days=days, months=(new.month,) if rule.months else ())
