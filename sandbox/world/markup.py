"""Entities that are plain to see in a text: commands, tags, mentions, links; offsets in UTF-16 units."""

import re
from typing import Any

_PATTERNS = {
    "url": re.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?'()\[\]…»]"),
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\d*[^\W\d])\w{1,64}"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z0-9_]{4,32}\b"),
}


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def entities_of(text: str) -> list[dict[str, Any]]:
    """What Telegram marks by itself; the earlier pattern wins where two overlap."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            if not any(match.start() < end and begin < match.end() for begin, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return [
        {"type": kind, "offset": utf16(text[:begin]), "length": utf16(text[begin:end])}
        for begin, end, kind in sorted(found)
    ]
