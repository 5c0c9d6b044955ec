"""Statistics: what a group sees of its talks with /stats, as one picture."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """The picture's words, in the group's language."""

    title: str
    """As in "Milano Product People"."""
    talks: str
    """As in "Who came"."""
    coming: str
    """As in "said they come"."""
    came: str
    """As in "came"."""
    audience: str
    """As in "People in the call"."""
    minutes: str
    """As in "minutes"."""
    shares: str
    """As in "Who spoke how long"."""
    others: str
    """As in "others"."""
    nothing: str
    """As in "No talk yet": what stands alone where there is nothing to show."""


@dataclass(frozen=True)
class TalkCount:
    """How many people said that they come to a talk, and how many were in its call; None if not measured."""

    label: str
    coming: int
    came: int | None = None


@dataclass(frozen=True)
class Statistics:
    """What is known of a group's talks; what is empty is left out of the picture."""

    labels: Labels
    talks: Sequence[TalkCount] = ()
    """From the first to the latest."""
    audience: Sequence[tuple[float, int]] = ()
    """Of one talk: minutes since its start, and how many were in the call from then on."""
    shares: Sequence[tuple[str, float]] = ()
    """Of one talk: who spoke, and for which share (0 to 1) of the time in which anybody spoke."""
