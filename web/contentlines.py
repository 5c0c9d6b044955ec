"""Content lines: the syntax of iCalendar (RFC 5545, section 3.1), out of which no text can break.

The icalendar library reads them in tests, but does not write them: it turns a backslash before a capital N
into a line break, and would hold back the sound of all rooms while it writes a long programme.
"""

from datetime import UTC, datetime

from web.cleaning import one_line, paragraphs

LONGEST = 75
"""Octets of a line at most, without its break; longer ones are folded."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_UNQUOTABLE = str.maketrans({'"': "'", "\\": "/", "^": ""})
"""Nothing is escaped in quotes, yet some apps read a backslash or a circumflex (RFC 6868) as if it were."""

_CONTINUED = 0b10
"""How the octets of a character begin in UTF-8, but for its first one."""


def line(name: str, value: str, /, **parameters: str) -> bytes:
    """One property on as many physical lines as it takes.

    Args:
        name: the property's name.
        value: what `text`, `moment` or `number` gave, or a URI; it must have no line break.
        parameters: their values in any wording; what a quoted one cannot hold is replaced (section 3.2).
    """
    more = "".join(f";{key.upper()}={_quoted(words)}" for key, words in parameters.items())
    return _folded(f"{name}{more}:{value}".encode())


def text(words: str) -> str:
    """Words as a value (section 3.3.11)."""
    return paragraphs(words).translate(_ESCAPES)


def moment(instant: datetime) -> str:
    """An instant as a value, in UTC (section 3.3.5, form 2)."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _quoted(words: str) -> str:
    if words.isalnum() and words.isascii():
        return words
    return f'"{one_line(words).translate(_UNQUOTABLE)}"'


def _folded(octets: bytes) -> bytes:
    pieces, begin, room = [], 0, LONGEST
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] >> 6 == _CONTINUED:
            end -= 1
        pieces.append(octets[begin:end])
        begin, room = end, LONGEST - 1
    return b"\r\n ".join((*pieces, octets[begin:])) + b"\r\n"
