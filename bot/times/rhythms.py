"""Brings together what a phrase says of a rhythm: "every two weeks", "on Tuesdays", "the first Monday"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeGuard

from bot.times.answers import TimeNotUnderstood
from bot.times.parts import Dated, Day, Nth, Rhythm, SomeMonth, Week, Weekday
from bot.times.resolving import Scene
from rooms.rule import WEEKDAYS

_UNCLEAR = 0
_SHORTEST_MONTH = 28
_LEAP_DAY = (2, 29)
_FIFTH = "5"
_COUNTED_WITH_TODAY = {8: 7, 15: 14}
"""Italian counts the day it begins from: "ogni quindici giorni" are rather two weeks than 15 days."""


def merged(rhythms: Sequence[Rhythm], scene: Scene) -> Rhythm:
    """The one rhythm of several that go together: "every two weeks" and "on Tuesdays".

    Raises TimeNotUnderstood when they do not, or when there is none.
    """
    bare, full = [one for one in rhythms if not one.by], [one for one in rhythms if one.by]
    if not rhythms or len(bare) > 1 or any(not _is_weekly(one) for one in full[1:] and full):
        raise TimeNotUnderstood(scene.words)
    if not full:
        return bare[0]
    days = replace(full[0], by=",".join([full[0].by, *(one.by.removeprefix("BYDAY=") for one in full[1:])]))
    every = _in_weeks(bare[0], scene) if bare and _is_weekly(days) else next(iter(bare), days)
    if every.frequency != days.frequency or (bare and days.interval != 1):
        raise TimeNotUnderstood(scene.words)
    return replace(days, interval=every.interval)


def on_days(
    rhythm: Rhythm, days: Sequence[Day | SomeMonth], scene: Scene
) -> tuple[Rhythm, Sequence[Day | SomeMonth]]:
    """The rhythm with its days where they were said apart from it, and the days that are left.

    Raises TimeNotUnderstood for days that cannot be its.
    """
    if rhythm.by:
        whole, others = rhythm, days
    elif rhythm.frequency in ("DAILY", "WEEKLY"):
        whole, others = _on_weekdays(rhythm, days, scene)
    elif days and all(_is_some_weekday(day) for day in days):
        whole, others = replace(rhythm, interval=_UNCLEAR), days  # which of the month's, or the year's?
    else:
        own = [day for day in days if isinstance(day, Dated | Nth) and _is_of(rhythm, day)]
        whole = replace(rhythm, by=_days_of_month(own, scene)) if own else rhythm
        others = [day for day in days if day not in own]
    if any(isinstance(day, Dated | Nth) and day.month is None for day in others):
        raise TimeNotUnderstood(scene.words)  # "every Thursday 18" is an hour
    if rhythm.by and any(map(_is_some_weekday, others)):
        raise TimeNotUnderstood(scene.words)  # "every Thursday, Sunday" begins on no Sunday
    return whole, others


def _on_weekdays(
    rhythm: Rhythm, days: Sequence[Day | SomeMonth], scene: Scene
) -> tuple[Rhythm, Sequence[Day | SomeMonth]]:
    weekdays = [day for day in days if _is_some_weekday(day)]
    if not weekdays:
        return _unless_counted_with_today(rhythm, scene), days
    weekly = _in_weeks(rhythm, scene)
    if weekly.frequency != "WEEKLY" or rhythm == Rhythm("DAILY"):
        raise TimeNotUnderstood(scene.words)
    by = days_of_week([day.day for day in weekdays])
    return replace(weekly, by=by), [day for day in days if day not in weekdays]


def is_in_short_month(rhythm: Rhythm, starts: Sequence[date]) -> bool:
    """Whether not every month, or every year, has the days."""
    if rhythm.frequency == "YEARLY":
        return "BYMONTH=2;BYMONTHDAY=29" in rhythm.by or (
            not rhythm.by and any((day.month, day.day) == _LEAP_DAY for day in starts)
        )
    if rhythm.frequency != "MONTHLY" or rhythm.is_rule:
        return False
    if any(day.startswith(_FIFTH) for day in rhythm.by.removeprefix("BYDAY=").split(",")):
        return True
    _, _, days = rhythm.by.partition("BYMONTHDAY=")
    numbers = [int(day) for day in days.split(",")] if days else []
    return any(day > _SHORTEST_MONTH for day in numbers or ([] if rhythm.by else [one.day for one in starts]))


def days_of_week(days: Sequence[int]) -> str:
    """The part of a rule for weekdays, 0 for Monday."""
    return f"BYDAY={','.join(WEEKDAYS[day] for day in sorted(set(days)))}"


def day_of(day: Dated | Nth) -> str:
    """The part of a rule for a day of a month, or of a year."""
    month = f"BYMONTH={day.month};" if day.month else ""
    if isinstance(day, Dated):
        return f"{month}BYMONTHDAY={day.day}"
    return f"{month}BYDAY={day.count}{WEEKDAYS[day.weekday]}"


def _is_some_weekday(day: Day | SomeMonth) -> TypeGuard[Weekday]:
    """Whether it is a day of the week and no certain one, as next Thursday is."""
    return isinstance(day, Weekday) and day.week is Week.NEAREST


def _is_weekly(rhythm: Rhythm) -> bool:
    return rhythm.frequency == "WEEKLY" and not rhythm.is_rule


def _in_weeks(rhythm: Rhythm, scene: Scene) -> Rhythm:
    """Every 14 days as every two weeks, every day as every week: where weekdays are said as well."""
    if rhythm.frequency != "DAILY":
        return rhythm
    counted = _COUNTED_WITH_TODAY if scene.language == "it" else {}
    weeks, rest = divmod(counted.get(rhythm.interval, rhythm.interval), 7)
    if rhythm.interval == 1:
        weeks, rest = 1, 0
    return rhythm if rest else Rhythm("WEEKLY", weeks)


def _unless_counted_with_today(rhythm: Rhythm, scene: Scene) -> Rhythm:
    is_unclear = rhythm.frequency == "DAILY" and rhythm.interval in _COUNTED_WITH_TODAY and not rhythm.is_rule
    return replace(rhythm, interval=_UNCLEAR) if is_unclear and scene.language == "it" else rhythm


def _is_of(rhythm: Rhythm, day: Dated | Nth) -> bool:
    """Whether the day comes round in such a rhythm, and does not only say when it begins."""
    if day.year or day.months_ahead is not None:
        return False
    return (rhythm.frequency, day.month is not None) in (("MONTHLY", False), ("YEARLY", True))


def _days_of_month(days: Sequence[Dated | Nth], scene: Scene) -> str:
    first, *others = map(day_of, days)
    name = first.partition("=")[0]
    if others and not (name in ("BYMONTHDAY", "BYDAY") and all(one.startswith(f"{name}=") for one in others)):
        raise TimeNotUnderstood(scene.words)
    return ",".join([first, *(one.partition("=")[2] for one in others)])
