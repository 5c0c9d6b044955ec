"""Rules over kinds of lexeme: regular expressions in which a kind's name stands for one such lexeme."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.times.lexemes import Kind, Lexeme
from bot.times.parts import Part


@dataclass(frozen=True)
class Found:
    """The lexemes a rule matched, whole and by the names of its groups."""

    lexemes: tuple[Lexeme, ...]
    groups: dict[str, tuple[Lexeme, ...]]

    def all(self, group: str) -> tuple[Lexeme, ...]:
        """The lexemes of `group`, in order; none when it took no part."""
        return self.groups.get(group, ())

    def maybe(self, group: str) -> Lexeme | None:
        """The first lexeme of `group`, if it took part."""
        return next(iter(self.all(group)), None)

    def one(self, group: str) -> Lexeme:
        """The first lexeme of `group`, which always takes part."""
        return self.groups[group][0]


Builder = Callable[[Found], tuple[Part, ...] | None]


@dataclass(frozen=True)
class Rule:
    """A pattern and what it means; the builder gives None when what matched makes no sense to it."""

    pattern: re.Pattern[str]
    build: Builder
    cost: int = 1

    def match(self, written: str, at: int, lexemes: Sequence[Lexeme]) -> tuple[tuple[Part, ...], int] | None:
        """The parts that the rule reads at position `at`, and the position after them."""
        match = self.pattern.match(written, at)
        if match is None or match.end() == at:
            return None
        groups = {
            name: tuple(lexemes[match.start(name) : match.end(name)])
            for name, text in match.groupdict().items()
            if text
        }
        parts = self.build(Found(tuple(lexemes[at : match.end()]), groups))
        return None if parts is None else (parts, match.end())


def written(lexemes: Sequence[Lexeme]) -> str:
    """One letter per lexeme, its kind's."""
    return "".join(lexeme.kind.letter for lexeme in lexemes)


def pattern(text: str) -> re.Pattern[str]:
    """The regular expression of a rule: `AT? (?P<hour>NUMBER|HOUR)`; spaces only separate."""
    lettered = re.sub("[A-Z_]{2,}", lambda name: Kind[name[0]].letter, text)
    return re.compile("".join(lettered.split()))


def rule(text: str, build: Builder, cost: int = 1) -> Rule:
    """A rule from its text: see `pattern`."""
    return Rule(pattern(text), build, cost)
