"""Retention: how long a group keeps the recordings of its talks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from babel.dates import format_timedelta

from bot.customs.section import Option, Section, marked, picked
from bot.words import Words
from rooms.group import Group

_DAYS = (7, 30, 90, 365)
_FOR_EVER = "off"


class KeepsRecordings(Section):
    """For ever, or so many days after each talk."""

    key = "keeping"
    field = "keeps_recordings"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Recordings are deleted")

    def shown(self, group: Group, words: Words) -> str:
        """Never by themselves, or after so long."""
        return _after(group.keeps_recordings, words)

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """Never, and four lengths."""
        lengths = [None, *(timedelta(days=days) for days in _DAYS)]
        return [
            (marked(_after(one, words), is_chosen=one == group.keeps_recordings), _value(one))
            for one in lengths
        ]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that."""
        days = picked(value, (_FOR_EVER, *map(str, _DAYS)))
        return replace(group, keeps_recordings=None if days == _FOR_EVER else timedelta(days=int(days)))

    def explanation(self, words: Words) -> str:
        """What is counted, and what else goes."""
        return words.gettext(
            "Counted from the end of each talk, those of the past included. The replay in this chat and its "
            "clips go with it."
        )


def _after(length: timedelta | None, words: Words) -> str:
    if length is None:
        return words.gettext("never")
    said = format_timedelta(length, granularity="day", threshold=99, locale=words.locale)
    return words.gettext("after {length}").format(length=said)


def _value(length: timedelta | None) -> str:
    return _FOR_EVER if length is None else str(length.days)
