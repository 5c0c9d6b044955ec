"""What holds in a group's voice chats: who may speak at once, whose hand comes first, how long turns last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot import saying
from bot.customs.section import OFF, Option, Section, is_on, marked, on_or_off, picked
from bot.times import DurationNotUnderstood, read_span
from bot.times.zones import plain
from bot.words import Words
from rooms.group import Group
from rooms.speaking import LONGEST_TURN
from rooms.turn_keeping import SHORTEST_TURN

_MINUTE = timedelta(minutes=1)
_TURNS = (2 * _MINUTE, 3 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE)
_NO_TURN = "off"


class WhoSpeaks(Section):
    """Whether who comes into the call may speak at once, or listens until somebody lets them."""

    key = "speakers"
    field = "joins_muted"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Who may speak at once")

    def shown(self, group: Group, words: Words) -> str:
        """Speakers alone, or all."""
        return self._said(words)["speakers" if group.joins_muted else "all"]

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """Both."""
        holds = "speakers" if group.joins_muted else "all"
        return [(marked(said, is_chosen=value == holds), value) for value, said in self._said(words).items()]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that."""
        return replace(group, joins_muted=picked(value, ("speakers", "all")) == "speakers")

    def explanation(self, words: Words) -> str:
        """What the others do."""
        return words.gettext("Whoever may not speak raises a hand, in the voice chat or with /hand.")

    def _said(self, words: Words) -> dict[str, str]:
        return {
            "speakers": words.gettext("Host and speakers"),
            "all": words.gettext("Everybody in the voice chat"),
        }


class FirstTimers(Section):
    """Whether hands of those who never spoke here come first."""

    key = "firsttimers"
    field = "first_timers_first"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("First-timers first")

    def shown(self, group: Group, words: Words) -> str:
        """On or off."""
        return words.gettext("on") if group.first_timers_first else words.gettext("off")

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """On and off."""
        return on_or_off(words, is_on=group.first_timers_first)

    def chosen(self, value: str, group: Group) -> Group:
        """The group with that."""
        return replace(group, first_timers_first=is_on(value))

    def explanation(self, words: Words) -> str:
        """What it does."""
        return words.gettext("Hands of those who have never spoken in a talk of this group come first.")


class TurnLength(Section):
    """How long a turn to speak lasts, where a talk does not say otherwise."""

    key = "turn"
    field = "turn"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("A turn to speak")

    def shown(self, group: Group, words: Words) -> str:
        """Its length."""
        return _length(group.turn, words)

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """A few; others are written."""
        turns = sorted({*_TURNS, *([group.turn] if group.turn is not None else [])})
        return [
            (marked(_length(turn, words), is_chosen=turn == group.turn), _value(turn))
            for turn in (None, *turns)
        ]

    def chosen(self, value: str, group: Group) -> Group:
        """The group with turns that long."""
        turns = {_value(turn): turn for turn in (None, *_TURNS, group.turn)}
        return replace(group, turn=turns[picked(value, list(turns))])

    def explanation(self, words: Words) -> str:
        """What happens at its end."""
        return words.gettext(
            "The board shows what is left of it, and I tell the speaker in private when it ends. What comes "
            "next is the host's to say. /turn sets it for one talk."
        )

    def example(self, words: Words) -> str:
        """A length of time."""
        return words.gettext("4 minutes")

    def read(self, text: str, group: Group, words: Words) -> Group:
        """A length of time, or a word for none."""
        if plain(text).strip() in OFF:
            return replace(group, turn=None)
        try:
            turn = read_span(text, words.language)
        except DurationNotUnderstood:
            return super().read(text, group, words)
        if not SHORTEST_TURN <= turn <= LONGEST_TURN:
            raise self.misunderstood(text, words)
        return replace(group, turn=turn)


def _length(turn: timedelta | None, words: Words) -> str:
    return words.gettext("as long as it takes") if turn is None else saying.length(turn, words)


def _value(turn: timedelta | None) -> str:
    return _NO_TURN if turn is None else str(int(turn.total_seconds()))
