"""How times are said: dates with their zone, how far off, how long, how often."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.lists import format_list
from babel.units import format_unit

from bot import rhythms
from bot.words import Words
from rooms.recurrence import Recurrence
from rooms.rule_reading import read_rule_text

_MINUTE = timedelta(minutes=1)
_TONIGHT = timedelta(hours=12)
_DAYS_ARE_PLAIN = timedelta(days=21)
"""Up to here whole days are counted; beyond, weeks and months say more."""


def moment(instant: datetime, zone: ZoneInfo, words: Words) -> str:
    """The date, the hour and the zone: "Thursday 26 November 2026, 18:30 Europe/Rome"."""
    return f"{date_and_hour(instant, zone, words)} {zone_name(instant, zone)}"


def date_and_hour(instant: datetime, zone: ZoneInfo, words: Words) -> str:
    """The date and the hour: "Thursday 26 November 2026, 18:30"."""
    return format_datetime(instant, "EEEE d MMMM y, HH:mm", tzinfo=zone, locale=words.locale)


def short_day(instant: datetime, zone: ZoneInfo, words: Words) -> str:
    """A day in few words: "26 Nov"."""
    return format_datetime(instant, "d MMM", tzinfo=zone, locale=words.locale)


def day(date: date, words: Words) -> str:
    """A day of the near future: "Thursday 26 November"."""
    return format_date(date, "EEEE d MMMM", locale=words.locale)


def moment_and_distance(instant: datetime, zone: ZoneInfo, words: Words, now: datetime) -> str:
    """The same, and how far off it is: "…, in 2 days"."""
    return f"{moment(instant, zone, words)}, {distance(instant, zone, words, now)}"


def label(instant: datetime, zone: ZoneInfo, own: ZoneInfo, words: Words) -> str:
    """A moment in few words: "Thu 26 Nov 2026, 18:30", with its zone where it is not the group's own."""
    short = format_datetime(instant, "EEE d MMM y, HH:mm", tzinfo=zone, locale=words.locale)
    if zone == own and not _is_doubled(instant, zone):
        return short
    return f"{short} {zone_name(instant, zone)}"


def hour(instant: datetime, zone: ZoneInfo, words: Words) -> str:
    """The hour alone: "18:30"."""
    return format_datetime(instant, "HH:mm", tzinfo=zone, locale=words.locale)


def distance(instant: datetime, zone: ZoneInfo, words: Words, now: datetime) -> str:
    """How far off a moment is: "in 10 minutes", "tomorrow", "in 2 days"; "now" once it has come."""
    left = instant - now
    if left <= timedelta(0):
        return words.gettext("now")
    days = (instant.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0 or left < _TONIGHT:
        rounded = _round_up(left)
        is_plain = rounded <= _MINUTE or rounded % timedelta(hours=1) == timedelta(0)
        threshold = 1 if is_plain else 2
        return format_timedelta(rounded, threshold=threshold, add_direction=True, locale=words.locale)
    if days == 1:
        return words.gettext("tomorrow")
    threshold = 99 if left < _DAYS_ARE_PLAIN else 2
    unit = timedelta(days=days)
    return format_timedelta(
        unit, granularity="day", threshold=threshold, add_direction=True, locale=words.locale
    )


def length(duration: timedelta, words: Words) -> str:
    """How long something lasts: "1 hour and 30 minutes"."""
    seconds = round(duration.total_seconds())
    parts = {"hour": seconds // 3600, "minute": seconds // 60 % 60, "second": seconds % 60}
    said = [
        format_unit(number, f"duration-{unit}", locale=words.locale)
        for unit, number in parts.items()
        if number
    ]
    if not said:
        return format_unit(0, "duration-second", locale=words.locale)
    return format_list(said, locale=words.locale)


def recurrence_beside(series: Recurrence, instant: datetime, zone: ZoneInfo, words: Words) -> str:
    """How a series comes round, for one of its talks: "usually every Thursday …" where that one is not so."""
    said = recurrence(series, words, zone)
    if instant in series.occurrences(instant - timedelta(seconds=1), instant):
        return said
    return words.gettext("usually {rhythm}").format(rhythm=said)


def recurrence(series: Recurrence, words: Words, own: ZoneInfo | None = None) -> str:
    """How a series comes round: "every Thursday at 18:30, until Wednesday 30 June 2027".

    With its zone, where that is not the group's `own`.
    """
    rule = read_rule_text(series.rule)
    at = format_time(series.first.time(), "HH:mm", locale=words.locale)
    if own is not None and own != series.zone:
        at = f"{at} {series.zone.key}"
    rhythm = rhythms.rhythm(rule, words)
    if rhythm is None:
        return words.gettext("by the rule {rule}, at {hour}").format(rule=series.rule, hour=at)
    said = words.gettext("{rhythm} at {hour}").format(rhythm=rhythm, hour=at)
    if rule.times is not None:
        text = words.ngettext("{rhythm}, {number} time", "{rhythm}, {number} times", rule.times)
        return text.format(rhythm=said, number=rule.times)
    if rule.until is not None:
        last = format_date(_last_day(rule.until, series), "EEEE d MMMM y", locale=words.locale)
        return words.gettext("{rhythm}, until {date}").format(rhythm=said, date=last)
    return said


def _last_day(until: datetime, series: Recurrence) -> date:
    """The last day that an end leaves: the one before, where it comes earlier than that day's talk."""
    local = until.astimezone(series.zone)
    return local.date() if series.first.time() <= local.time() else local.date() - timedelta(days=1)


def _round_up(left: timedelta) -> timedelta:
    """To whole minutes once it is more than one, so that nine minutes and 59.9 seconds are ten minutes."""
    seconds = -(-left // timedelta(seconds=1))
    return timedelta(seconds=seconds if seconds < 60 else -(-seconds // 60) * 60)


def zone_name(instant: datetime, zone: ZoneInfo) -> str:
    """What the zone is called; for an hour that comes twice with its distance from Greenwich."""
    if zone.key.startswith("Etc/"):
        return _offset(instant, zone)
    return f"{zone.key} ({_offset(instant, zone)})" if _is_doubled(instant, zone) else zone.key


def _offset(instant: datetime, zone: ZoneInfo) -> str:
    """As "GMT-02:30"; by hand, because Babel takes half an hour west of Greenwich for half an hour east."""
    figures = f"{instant.astimezone(zone):%z}"
    return f"GMT{figures[:3]}:{figures[3:]}"


def _is_doubled(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock shows this hour twice, because summer time ends."""
    local = instant.astimezone(zone)
    offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
    # An hour that the clock skips has two offsets as well, but no instant is ever shown as such an hour.
    return len(offsets) > 1
