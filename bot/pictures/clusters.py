"""Clusters: what people wrote, made harmless and cut into what a reader takes for one character each."""

import unicodedata
from collections.abc import Iterator

JOINER, NON_JOINER, EMOJI_STYLE = "\u200d", "\u200c", "\ufe0f"

MOST_MARKS = 3
"""Marks on one letter that a living script needs; what stands on more is a storm."""

MOST_CHARACTERS = 16
"""Characters of one cluster; the longest emoji, a family of four with its skin tones, has 11."""

_STORM = frozenset(
    chr(point) for block in ((0x300, 0x370), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00)) for point in range(*block)
)
"""Accents that can be put on anything: one is enough where it has no letter of its own."""


def clean(text: str) -> str:
    """The text on one line, composed (NFC), without controls, overrides and what is not assigned.

    Mathematical letters, in which people dress up words, become plain ones.
    Joiners stay, because families of emoji and the spelling of Persian hang together by them.
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(map(_harmless, composed)).split())


def clusters(text: str) -> list[str]:
    """The cleaned text as clusters: a letter with its marks, an emoji with its parts, a space."""
    cut: list[str] = []
    for character in text:
        if cut and _belongs(cut[-1], character):
            if _bearable(cut[-1], character):
                cut[-1] += character
        elif not _is_mark(character):
            cut.append(character)
    return [cluster for cluster in (_settled(cluster) for cluster in cut) if cluster]


def visible(cluster: str) -> Iterator[str]:
    """The characters of a cluster that need a glyph."""
    return (character for character in cluster if not _is_silent(character))


def _harmless(character: str) -> str:
    if character in (JOINER, NON_JOINER) or 0xE0020 <= ord(character) <= 0xE007F:
        return character
    if character.isspace():
        return " "
    if "\U0001d400" <= character <= "\U0001d7ff":
        return unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(character).startswith("C") else character


def _belongs(cluster: str, character: str) -> bool:
    """Whether this character is part of the cluster before it (UAX 29, extended grapheme clusters)."""
    if cluster == " ":
        return False
    if _is_mark(character) or _is_modifier(character):
        return True
    if cluster[-1] == JOINER:
        return _is_pictorial(character)
    return _is_flag_half(character) and len(cluster) == 1 and _is_flag_half(cluster)


def _bearable(cluster: str, character: str) -> bool:
    if character in _STORM and any(mark in _STORM for mark in cluster):
        return False
    if _is_tag(character) and not _is_pictorial(cluster[0]):
        return False
    marks = sum(unicodedata.category(mark) in ("Mn", "Me") for mark in cluster if mark != EMOJI_STYLE)
    if unicodedata.category(character) in ("Mn", "Me") and marks >= MOST_MARKS:
        return False
    return len(cluster) < MOST_CHARACTERS


def _settled(cluster: str) -> str:
    """Without a joiner that joins nothing, except where it shapes the letter before it."""
    return cluster.rstrip(JOINER) if _is_pictorial(cluster[0]) else cluster


def _is_mark(character: str) -> bool:
    return (
        unicodedata.category(character).startswith("M")
        or character in (JOINER, NON_JOINER)
        or _is_tag(character)
    )


def _is_silent(character: str) -> bool:
    return character in (JOINER, NON_JOINER) or 0xFE00 <= ord(character) <= 0xFE0F or _is_tag(character)


def _is_tag(character: str) -> bool:
    return 0xE0020 <= ord(character) <= 0xE007F


def _is_modifier(character: str) -> bool:
    return 0x1F3FB <= ord(character) <= 0x1F3FF


def _is_flag_half(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _is_pictorial(character: str) -> bool:
    return ord(character) >= 0x1F000 or 0x2190 <= ord(character) <= 0x2BFF
