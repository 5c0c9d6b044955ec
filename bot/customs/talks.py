"""What a group's talks begin with: who may schedule them, who may listen, recording, forum topics."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards import admission
from bot.customs.section import Option, Section, is_on, marked, on_or_off, picked
from bot.words import Words
from rooms.group import Group, Schedulers
from rooms.plan import Admission


class WhoSchedules(Section):
    """Admins alone, or every member."""

    key = "schedulers"
    field = "schedulers"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Who may schedule")

    def shown(self, group: Group, words: Words) -> str:
        """Those who may."""
        return self._said(words)[group.schedulers]

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """Both."""
        said = self._said(words)
        return [(marked(said[one], is_chosen=one is group.schedulers), one.value) for one in Schedulers]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that."""
        return replace(group, schedulers=Schedulers(picked(value, list(Schedulers))))

    def _said(self, words: Words) -> dict[Schedulers, str]:
        return {
            Schedulers.ADMINS: words.gettext("Admins only"),
            Schedulers.MEMBERS: words.gettext("Every member"),
        }


class WhoListens(Section):
    """Who may listen in the gallery when a talk does not say otherwise."""

    key = "listeners"
    field = "admission"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Who may listen")

    def shown(self, group: Group, words: Words) -> str:
        """Those who may."""
        return admission(group.admission, words)

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """All three."""
        return [
            (marked(admission(one, words), is_chosen=one is group.admission), one.value) for one in Admission
        ]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that."""
        return replace(group, admission=Admission(picked(value, list(Admission))))


class Recording(Section):
    """Whether talks are recorded when they do not say otherwise."""

    key = "recording"
    field = "records_talks"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Recording")

    def shown(self, group: Group, words: Words) -> str:
        """On or off."""
        return words.gettext("on") if group.records_talks else words.gettext("off")

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """On and off."""
        return on_or_off(words, is_on=group.records_talks)

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that."""
        return replace(group, records_talks=is_on(value))


class Threads(Section):
    """Whether each talk gets a forum topic of its own."""

    key = "threads"
    field = "makes_threads"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("A forum topic for each talk")

    def shown(self, group: Group, words: Words) -> str:
        """On or off."""
        return words.gettext("on") if group.makes_threads else words.gettext("off")

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """On and off."""
        return on_or_off(words, is_on=group.makes_threads)

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that."""
        return replace(group, makes_threads=is_on(value))

    def explanation(self, words: Words) -> str:
        """What it needs."""
        return words.gettext(
            "In groups with forum topics: I make one for each talk, and close it afterwards. I need the "
            "right to manage topics."
        )
