"""When a group is told of its talks: reminders, quiet hours, digest."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

from babel.dates import format_time, get_day_names

from bot import saying
from bot.customs.section import Option, Section, marked, picked
from bot.words import Words
from rooms.group import DIGEST_HOUR, REMINDERS, Group
from rooms.quiet import QuietHours

_QUIET = {"22-8": (22, 8), "23-7": (23, 7), "21-9": (21, 9)}
_HOUR = r"(\d{1,2})(?:[:.h](\d{2}))?"
_HOURS = re.compile(rf"(?:from |dalle |da )?{_HOUR}\s*(?:-|\u2013|to|until|alle|a)\s*{_HOUR}", re.ASCII)
_MINUTE = timedelta(minutes=1)


class Reminders(Section):
    """How long before a talk the group is reminded; each can be on or off."""

    key = "reminders"
    field = "reminders"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Reminders")

    def shown(self, group: Group, words: Words) -> str:
        """Those that are on."""
        said = [_before(length, words) for length in group.reminders]
        return ", ".join(said) if said else words.gettext("none")

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """Each of them, with a tick where it is on."""
        return [
            (
                marked(_before(length, words), is_chosen=length in group.reminders),
                str(length // _MINUTE),
            )
            for length in REMINDERS
        ]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that reminder on, or off if it was on."""
        pressed = timedelta(minutes=int(picked(value, [str(one // _MINUTE) for one in REMINDERS])))
        wanted = {*group.reminders} ^ {pressed}
        return replace(group, reminders=tuple(one for one in REMINDERS if one in wanted))


class Quiet(Section):
    """The hours in which messages make no sound, and reminders that can wait do."""

    key = "quiet"
    field = "quiet"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Quiet hours")

    def shown(self, group: Group, words: Words) -> str:
        """From when to when."""
        if group.quiet is None:
            return words.gettext("never")
        return _range(group.quiet, words)

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """Never, and what is usual."""
        never = (marked(words.gettext("Never"), is_chosen=group.quiet is None), "off")
        usual = {key: _quiet(key) for key in _QUIET}
        return [
            never,
            *(
                (marked(_range(hours, words), is_chosen=group.quiet == hours), key)
                for key, hours in usual.items()
            ),
        ]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with those hours."""
        picked(value, ("off", *_QUIET))
        return replace(group, quiet=None if value == "off" else _quiet(value))

    def explanation(self, words: Words) -> str:
        """What they mean."""
        return words.gettext("My messages make no sound then, and reminders that can wait do so.")

    def example(self, words: Words) -> str:  # noqa: ARG002
        """Any two hours."""
        return "22:30-7:00"

    def read(self, text: str, group: Group, words: Words) -> Group:
        """Two hours of the day."""
        found = _HOURS.fullmatch(text.strip().lower())
        if found is None:
            return super().read(text, group, words)
        try:
            begin, end = _hour(found[1], found[2]), _hour(found[3], found[4])
        except ValueError as error:
            raise self.misunderstood(text, words) from error
        return replace(group, quiet=QuietHours(begin, end))


class DigestDay(Section):
    """On which weekday the group is told what comes in the week."""

    key = "digest"
    field = "digest"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Weekly digest")

    def shown(self, group: Group, words: Words) -> str:
        """The weekday and the hour."""
        if group.digest is None:
            return words.gettext("none")
        hour = format_time(DIGEST_HOUR, "HH:mm", locale=words.locale)
        return words.gettext("{weekday} at {hour}").format(weekday=_weekday(group.digest, words), hour=hour)

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """None, and every weekday."""
        days = [(marked(_weekday(day, words), is_chosen=group.digest == day), str(day)) for day in range(7)]
        return [(marked(words.gettext("None"), is_chosen=group.digest is None), "off"), *days]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that weekday."""
        picked(value, ("off", *map(str, range(7))))
        return replace(group, digest=None if value == "off" else int(value))


def _hour(hours: str, minutes: str | None) -> time:
    """Midnight may be written as 24; raises ValueError for what no clock shows."""
    at = time(0 if hours == "24" else int(hours), int(minutes or 0))
    if hours == "24" and at.minute:
        raise ValueError(minutes)
    return at


def _before(length: timedelta, words: Words) -> str:
    if not length:
        return words.gettext("at the start")
    return words.gettext("{length} before").format(length=saying.length(length, words))


def _quiet(key: str) -> QuietHours:
    begin, end = _QUIET[key]
    return QuietHours(time(begin), time(end))


def _range(hours: QuietHours, words: Words) -> str:
    begin, end = (format_time(one, "HH:mm", locale=words.locale) for one in (hours.begin, hours.end))
    return words.gettext("from {begin} to {end}").format(begin=begin, end=end)


def _weekday(day: int, words: Words) -> str:
    return str(get_day_names(locale=words.locale)[day])
