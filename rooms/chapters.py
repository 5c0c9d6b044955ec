"""Chapters: a recording is divided by who speaks at length, so that one finds one's way in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from rooms.ids import PersonId
from rooms.recordings import Turn

SHORTEST = timedelta(seconds=15)
"""What is said more briefly is no chapter, but part of the one in which it is said."""

MOST = 50
"""Chapters of a recording: of more, only the longest remain."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a recording in which somebody speaks above all; it goes on until the next one."""

    at: timedelta
    person: PersonId
    name: str
    length: timedelta


def chapters_of(turns: Iterable[Turn]) -> tuple[Chapter, ...]:
    """The chapters in order, the first of them from the very beginning; none when nobody spoke at length."""
    long = [turn for turn in _in_order(turns) if turn.length >= SHORTEST]
    longest = sorted(long, key=lambda turn: turn.length, reverse=True)[:MOST]
    chapters: list[Chapter] = []
    for turn in _in_order(longest):
        if chapters and chapters[-1].person == turn.person:
            chapters[-1] = replace(chapters[-1], length=turn.at + turn.length - chapters[-1].at)
        else:
            chapters.append(Chapter(turn.at, turn.person, turn.name, turn.length))
    if chapters:
        first = chapters[0]
        chapters[0] = replace(first, at=timedelta(0), length=first.length + first.at)
    return tuple(chapters)


def speakers_in(turns: Iterable[Turn]) -> Sequence[str]:
    """The names of those who spoke, those who spoke longest first; who was forgotten has none."""
    spoken: dict[tuple[PersonId, str], timedelta] = {}
    for turn in turns:
        key = turn.person, turn.name
        spoken[key] = spoken.get(key, timedelta(0)) + turn.length
    named = sorted(spoken, key=lambda key: spoken[key], reverse=True)
    return tuple(dict.fromkeys(name for _person, name in named if name))


def _in_order(turns: Iterable[Turn]) -> list[Turn]:
    return sorted(turns, key=lambda turn: turn.at)
