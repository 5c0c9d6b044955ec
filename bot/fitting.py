"""Fitting: as much of a list as one message holds."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

ROOM = 3500
"""Characters that a list takes in a message, as people see them; all of it has 4096 at most (Bot API)."""

_BETWEEN = 2
"""Characters between two entries."""


def fitting(entries: Iterable[Markup], room: int = ROOM) -> Sequence[Markup]:
    """As many of the first entries as fit, and the first one in any case."""
    fit: list[Markup] = []
    for entry in entries:
        room -= len(entry.striptags()) + entry.count("\n") + _BETWEEN
        if fit and room < 0:
            break
        fit.append(entry)
    return fit
