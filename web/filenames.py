"""File names: what a browser may call a file that it saves, made of what people wrote."""

import unicodedata
from urllib.parse import quote

_LONGEST = 60
_NAMELESS = "loggione"


def file_name(words: str, ending: str) -> str:
    """A name of small letters, digits and hyphens, in any script: "2026-11-26-careers-after-40.ics"."""
    name = _hyphenated(unicodedata.normalize("NFC", words).lower())[:_LONGEST].strip("-")
    return f"{name or _NAMELESS}.{ending}"


def disposition(name: str) -> str:
    """Content-Disposition with the name, and again in ASCII for old programs (RFC 6266, sections 4.3 and 5).

    Inline, so that a telephone opens its calendar at once.
    """
    stem, _, ending = name.rpartition(".")
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return (
        f'inline; filename="{_hyphenated(plain) or _NAMELESS}.{ending}"; '
        f"filename*=UTF-8''{quote(name, safe='')}"
    )


def _hyphenated(words: str) -> str:
    """Letters with their marks, and digits; all between them is one hyphen."""
    kept = (letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in words)
    return "-".join("".join(kept).split())
