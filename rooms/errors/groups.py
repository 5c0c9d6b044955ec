"""Refused about a group and its customs."""

from collections.abc import Sequence
from datetime import timedelta

from rooms.errors.refusal import Refusal


class NoSuchGroup(Refusal):
    """Nothing is known of this group."""


class ZoneUnknown(Refusal):
    """No such time zone."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"no time zone {zone!r}")
        self.zone = zone


class LanguageUnknown(Refusal):
    """The bot does not speak this language."""

    def __init__(self, language: str) -> None:
        super().__init__(f"no language {language!r}")
        self.language = language


class ReminderUnknown(Refusal):
    """Groups are not reminded so long before a talk."""

    def __init__(self, length: timedelta, offered: Sequence[timedelta]) -> None:
        super().__init__(f"{length} is none of {', '.join(map(str, offered))}")
        self.length = length
        self.offered = tuple(offered)


class WeekdayUnknown(Refusal):
    """A week has seven days, 0 for Monday."""

    def __init__(self, weekday: int) -> None:
        super().__init__(f"no weekday {weekday}")
        self.weekday = weekday


class QuietHoursEmpty(Refusal):
    """Quiet hours end at another time than they begin."""


class TooManyCopies(Refusal):
    """Talks are announced in as many other chats as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class CopiesItself(Refusal):
    """A group's talks are announced in the group in any case."""


class TalkOnAir(Refusal):
    """While a talk is on, its group cannot be forgotten: it must be closed first."""

    def __init__(self, title: str) -> None:
        super().__init__(f"{title!r} is on")
        self.title = title
