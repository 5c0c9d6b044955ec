"""How rhythms are said: "every Thursday", "on the first Monday of every month"."""

from dataclasses import replace
from datetime import date

from babel.dates import format_date
from babel.lists import format_list

from bot.words import Words
from rooms.rule import Frequency, Nth, Rule

_SHORTEST_MONTH = 28
_SUNDAY = 6
_A_LEAP_YEAR = 2028
_WORKING_DAYS = tuple(Nth(0, day) for day in range(5))


def rhythm(rule: Rule, words: Words) -> str | None:
    """The rhythm of a rule that people would have, without its hour and its end; None for others."""
    plain = replace(rule, interval=1, times=None, until=None, week_start=0)
    if rule.frequency is Frequency.DAILY and plain == Rule(Frequency.DAILY):
        return _daily(rule, words)
    if rule.frequency is Frequency.WEEKLY and plain == Rule(Frequency.WEEKLY, weekdays=rule.weekdays):
        return _weekly(rule, words)
    if rule.frequency is Frequency.MONTHLY and not (rule.months or rule.year_days):
        return _monthly(rule, words)
    if (
        rule.frequency is Frequency.YEARLY
        and len(rule.months) == 1
        and not (rule.year_days or rule.positions)
    ):
        return _yearly(rule, words)
    return None


def _daily(rule: Rule, words: Words) -> str:
    text = words.ngettext("every day", "every {number} days", rule.interval)
    return text.format(number=rule.interval)


def _weekly(rule: Rule, words: Words) -> str:
    days = [one.weekday for one in rule.weekdays]
    if rule.interval == 1 and len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        text = words.gettext("every week from {first} to {last}")
        return text.format(first=_weekday(days[0], words), last=_weekday(days[-1], words))
    listed = format_list([_weekday(day, words) for day in days], locale=words.locale)
    if rule.interval == 1:
        return words.gettext("every {days}").format(days=listed)
    if rule.interval == 2 and len(days) == 1:
        return words.gettext("every second {day}").format(day=listed)
    text = words.ngettext("every {number} week on {days}", "every {number} weeks on {days}", rule.interval)
    return text.format(number=rule.interval, days=listed)


def _monthly(rule: Rule, words: Words) -> str | None:
    if rule.month_days and not rule.weekdays and min(rule.month_days) > 0:
        return None if rule.positions else _on_numbered_days(rule, words)
    days = _named_days(rule, words)
    if days is None:
        return None
    if rule.interval == 1:
        return words.gettext("on the {days} of every month").format(days=days)
    text = words.ngettext(
        "every {number} month on the {days}", "every {number} months on the {days}", rule.interval
    )
    return text.format(number=rule.interval, days=days)


def _on_numbered_days(rule: Rule, words: Words) -> str | None:
    numbers = [str(day) for day in rule.month_days]
    days = format_list(numbers, locale=words.locale)
    if rule.interval > 1:
        text = words.ngettext(
            "every {number} month on day {day}", "every {number} months on day {day}", rule.interval
        )
        is_plain = len(numbers) == 1 and rule.month_days[0] <= _SHORTEST_MONTH
        return text.format(number=rule.interval, day=days) if is_plain else None
    if max(rule.month_days) > _SHORTEST_MONTH:
        text = words.ngettext(
            "on day {days} of every month that has it",
            "on days {days} of every month that has them",
            len(numbers),
        )
    else:
        text = words.ngettext("on day {days} of every month", "on days {days} of every month", len(numbers))
    return text.format(days=days)


def _named_days(rule: Rule, words: Words) -> str | None:
    """The days of a month by their place: "first Monday", "last day"."""
    if rule.month_days:
        is_last = rule.month_days == (-1,) and not (rule.weekdays or rule.positions)
        return words.gettext("last day") if is_last else None
    if rule.positions:
        edges = {1: words.gettext("first working day"), -1: words.gettext("last working day")}
        is_edge = len(rule.positions) == 1 and rule.weekdays == _WORKING_DAYS
        return edges.get(rule.positions[0]) if is_edge else None
    named = [_nth_weekday(one, words) for one in rule.weekdays]
    known = [one for one in named if one is not None]
    return format_list(known, locale=words.locale) if len(known) == len(named) else None


def _nth_weekday(nth: Nth, words: Words) -> str | None:
    """By its place; there are languages in which Sunday is of another gender than the other days."""
    gettext = words.gettext
    texts = {
        1: (gettext("first {weekday}"), gettext("first {sunday}")),
        2: (gettext("second {weekday}"), gettext("second {sunday}")),
        3: (gettext("third {weekday}"), gettext("third {sunday}")),
        4: (gettext("fourth {weekday}"), gettext("fourth {sunday}")),
        5: (gettext("fifth {weekday}"), gettext("fifth {sunday}")),
        -1: (gettext("last {weekday}"), gettext("last {sunday}")),
    }
    if nth.count not in texts:
        return None
    name = _weekday(nth.weekday, words)
    return texts[nth.count][nth.weekday == _SUNDAY].format(weekday=name, sunday=name)


def _yearly(rule: Rule, words: Words) -> str | None:
    month = rule.months[0]
    if not rule.month_days:
        days = _named_days(rule, words) if rule.interval == 1 else None
        name = words.locale.months["format"]["wide"][month]
        text = words.gettext("every year on the {days} of {month}")
        return None if days is None else text.format(days=days, month=name)
    if len(rule.month_days) > 1 or rule.weekdays or (month, rule.month_days[0]) == (2, 29):
        return None
    if rule.month_days[0] < 0:
        return None
    named = format_date(date(_A_LEAP_YEAR, month, rule.month_days[0]), "d MMMM", locale=words.locale)
    if rule.interval == 1:
        return words.gettext("every year on {date}").format(date=named)
    text = words.ngettext("every {number} year on {date}", "every {number} years on {date}", rule.interval)
    return text.format(number=rule.interval, date=named)


def _weekday(day: int, words: Words) -> str:
    return str(words.locale.days["format"]["wide"][day])
