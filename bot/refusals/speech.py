"""Speech: in which words, and in which zone, somebody is spoken to; and how a refusal is put into them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.words import Words

PIECE = 40
"""Characters of a person's own words that are quoted back at most."""


@dataclass(frozen=True, slots=True)
class Speech:
    """In which words, and in which zone, a person is spoken to."""

    words: Words
    zone: ZoneInfo


Sentence = Callable[[Any, Speech], str]
"""What to tell about a refusal: plain text that fits an alert."""

Sentences = dict[type[Any], Sentence]


def plain(text: Callable[[Words], str]) -> Sentence:
    """A sentence that needs nothing of the refusal but its class."""
    return lambda _refusal, speech: text(speech.words)


def piece(words: str) -> str:
    """Somebody's own words, as far as they are quoted back."""
    folded = " ".join(words.split())
    return folded if len(folded) <= PIECE else f"{folded[: PIECE - 1]}…"
