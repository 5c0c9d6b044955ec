"""Languages: which of ours a browser asks for."""

from collections.abc import Collection

DEFAULT = "en"


def preferred(accept_language: str, offered: Collection[str]) -> str:
    """The language that an Accept-Language header likes best (RFC 9110, section 12.5.4), else English.

    Args:
        accept_language: the header's value, in whatever shape it came.
        offered: primary language tags in lower case.
    """
    liked = [(_weight(part), _primary(part)) for part in accept_language[:1000].split(",")]
    for weight, language in sorted(liked, key=lambda wish: -wish[0]):
        if weight > 0 and language in offered:
            return language
    return DEFAULT


def _primary(part: str) -> str:
    return part.split(";", maxsplit=1)[0].strip().split("-")[0].lower()


def _weight(part: str) -> float:
    _, _, quality = part.replace(" ", "").partition(";q=")
    try:
        weight = float(quality or 1)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
