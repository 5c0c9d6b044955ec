"""A section of /settings: one custom of a group, how it is shown, and how it is made another."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from bot.errors import ButtonUnknown, SettingNotUnderstood
from bot.times.zones import plain
from bot.words import Words
from rooms.group import Group

Option = tuple[str, str]
"""What a button says, and the single word that it carries."""

OFF = frozenset({"off", "no", "none", "never", "nessuno", "nessuna", "mai", "-"})
_ON = frozenset({"on", "yes", "si"})
"""What people write, in any language, for the buttons that carry "off" and "on"."""


class Section(ABC):
    """One custom; stateless. Those that can be written after the command override `read`."""

    key: str
    """The word after /settings, and what its buttons carry."""

    field: str
    """What it is in a `Group`, and in the log."""

    @abstractmethod
    def title(self, words: Words) -> str:
        """What it is called."""

    @abstractmethod
    def shown(self, group: Group, words: Words) -> str:
        """What the group chose, in words."""

    @abstractmethod
    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """What can be chosen by a button."""

    @abstractmethod
    def chosen(self, value: str, group: Group) -> Group:
        """The group after the button of this value; raises `ButtonUnknown` for a value that no button has."""

    def explanation(self, words: Words) -> str:  # noqa: ARG002  # most need none
        """What should be known before choosing."""
        return ""

    def example(self, words: Words) -> str:  # noqa: ARG002
        """What may be written after /settings and the key, where there is more than the buttons offer."""
        return ""

    def read(self, text: str, group: Group, words: Words) -> Group:
        """The group after what somebody wrote: the words of a button, or more.

        Raises:
            SettingNotUnderstood.
        """
        value = self.named(text, group, words)
        if value is None:
            raise self.misunderstood(text, words)
        return self.chosen(value, group)

    def misunderstood(self, text: str, words: Words) -> SettingNotUnderstood:
        """What to raise about words that this custom cannot be."""
        return SettingNotUnderstood(spoken(self.key, words), text, self.example(words))

    def named(self, text: str, group: Group, words: Words) -> str | None:
        """The value of the button that these words mean, whatever their accents and capitals."""
        sought = plain(text).strip()
        meant = {"off": OFF, "on": _ON}
        for label, value in self.options(group, words):
            if sought in {plain(value), plain(label.lstrip("✅ ")), *meant.get(value, ())}:
                return value
        return None


def spoken(key: str, words: Words) -> str:
    """The word after /settings in somebody's language; the key itself is understood in each of them."""
    gettext = words.gettext
    said = {
        "language": gettext("language"),
        "zone": gettext("zone"),
        "topics": gettext("topics"),
        "schedulers": gettext("schedulers"),
        "listeners": gettext("listeners"),
        "recording": gettext("recording"),
        "reminders": gettext("reminders"),
        "quiet": gettext("quiet"),
        "digest": gettext("digest"),
        "threads": gettext("threads"),
        "copies": gettext("copies"),
        "thread": gettext("thread"),
        "speakers": gettext("speakers"),
        "firsttimers": gettext("firsttimers"),
        "turn": gettext("turn"),
        "keeping": gettext("keeping"),
    }
    return said[key]


def picked(value: str, values: Sequence[str]) -> str:
    """The value, if it is one of these; raises `ButtonUnknown`."""
    if value not in values:
        raise ButtonUnknown
    return value


def marked(label: str, *, is_chosen: bool) -> str:
    """A button's words, with a tick when it is what holds."""
    return f"✅ {label}" if is_chosen else label


def on_or_off(words: Words, *, is_on: bool) -> Sequence[Option]:
    """The two buttons of a switch."""
    return [
        (marked(words.gettext("On"), is_chosen=is_on), "on"),
        (marked(words.gettext("Off"), is_chosen=not is_on), "off"),
    ]


def is_on(value: str) -> bool:
    """What the button of a switch means; raises `ButtonUnknown`."""
    return picked(value, ("on", "off")) == "on"
