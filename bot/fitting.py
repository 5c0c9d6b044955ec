"""Fitting: how long Telegram takes a text for, and as much of one, or of a list, as a message holds."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from markupsafe import Markup

ROOM = 3500
"""What a list takes in a message, as `length` counts; all of it has 4096 at most (Bot API)."""

_BETWEEN = 2
"""Characters between two entries."""

_TAG = re.compile("<[^>]*>")
_UNITS = "utf-16-le"


def length(text: Markup) -> int:
    """How long Telegram takes a text for: its units of UTF-16, two for an emoji and none for markup."""
    return _units(unescape(_TAG.sub("", text)))


def shortened(text: str, room: int) -> str:
    """As much of a text as fits, in units of UTF-16: all of it, or its words up to an ellipsis."""
    if _units(text) <= room:
        return text
    whole, *broken = _begun(text, room).rsplit(maxsplit=1)
    return f"{whole.rstrip(',.;:') if broken else _begun(text, room - 1)}…"


def fitting(entries: Iterable[Markup], room: int = ROOM) -> Sequence[Markup]:
    """As many of the first entries as fit, and the first one in any case."""
    fit: list[Markup] = []
    for entry in entries:
        room -= length(entry) + _BETWEEN
        if fit and room < 0:
            break
        fit.append(entry)
    return fit


def _begun(text: str, room: int) -> str:
    return text.encode(_UNITS)[: 2 * room].decode(_UNITS, errors="ignore")


def _units(text: str) -> int:
    return len(text.encode(_UNITS)) // 2
