"""Texts of people, freed of characters that would hide or turn what follows them."""

import unicodedata


def plain_line(text: str) -> str:
    """One line without hidden characters; the emoji and their joiners stay."""
    return " ".join("".join(" " if _is_hidden(one) else one for one in text).split())


def plain_lines(text: str) -> str:
    """The same of several lines, which stay several."""
    lines = [plain_line(line) for line in text.splitlines()]
    return "\n".join(lines).strip()


def _is_hidden(character: str) -> bool:
    """A control character, or one that overrides the direction of text; joiners of emoji may stay."""
    return (
        unicodedata.category(character) == "Cc"
        or character in "\u200b\u200e\u200f\u2060\ufeff"
        or ("\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069")
    )
