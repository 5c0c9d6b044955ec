"""How a group is spoken to: language and time zone."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.customs.section import Option, Section, marked, picked
from bot.times.zones import cities, plain, zone_key
from bot.words import Words
from rooms.group import Group

_LANGUAGES = {"en": "English", "it": "Italiano"}
_ZONES = (
    "Europe/Rome", "Europe/London", "Europe/Athens", "America/New_York", "America/Sao_Paulo",
    "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip


_UTC = {"utc": "Etc/UTC", "gmt": "Etc/UTC", "etc/utc": "Etc/UTC"}


class Language(Section):
    """In which language the bot speaks in the group."""

    key = "language"
    field = "language"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Language")

    def shown(self, group: Group, words: Words) -> str:  # noqa: ARG002  # a language is called by its own name
        """What the group chose."""
        return _LANGUAGES[group.language]

    def options(self, group: Group, words: Words) -> Sequence[Option]:  # noqa: ARG002
        """Every language there is."""
        return [(marked(name, is_chosen=code == group.language), code) for code, name in _LANGUAGES.items()]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that language."""
        return replace(group, language=picked(value, tuple(_LANGUAGES)))


class Zone(Section):
    """By which clock the group lives."""

    key = "zone"
    field = "zone"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Time zone")

    def shown(self, group: Group, words: Words) -> str:  # noqa: ARG002
        """What the group chose."""
        return group.zone.key

    def options(self, group: Group, words: Words) -> Sequence[Option]:  # noqa: ARG002
        """A few around the world; the rest is written."""
        keys = dict.fromkeys((group.zone.key, *_ZONES))
        return [(marked(key, is_chosen=key == group.zone.key), key) for key in keys]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that zone."""
        return replace(group, zone=ZoneInfo(picked(value, (group.zone.key, *_ZONES))))

    def example(self, words: Words) -> str:  # noqa: ARG002
        """Any city of the time zone database."""
        return "Asia/Kathmandu"

    def read(self, text: str, group: Group, words: Words) -> Group:
        """A key of the time zone database, or a city's name: zones with their own summer time."""
        written = plain(text).strip()
        key = _UTC.get(written) or zone_key(written) or _city(written, words.language)
        if key is None:
            raise self.misunderstood(text, words)
        return replace(group, zone=ZoneInfo(key))


def _city(written: str, language: str) -> str | None:
    """By its name in the group's language, else in another one: members come from everywhere."""
    sought = tuple(written.replace("_", " ").split())
    for spoken in sorted(_LANGUAGES, key=lambda code: code != language):
        for names, key in cities(spoken):
            if names == sought:
                return key
    return None
