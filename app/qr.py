"""QR codes for the terminal, two rows of modules to a line."""

import io

import segno

_LIGHT_ON_DARK, _AS_BEFORE = "\x1b[97;40m", "\x1b[0m"
"""The light modules are what is drawn, and must be the lighter ones whatever colours the terminal has."""


def drawn(text: str) -> str:
    """A text as a QR code (ISO/IEC 18004), with the quiet zone that cameras want around it."""
    out = io.StringIO()
    segno.make_qr(text).terminal(out, compact=True)
    return "\n".join(f"{_LIGHT_ON_DARK}{line}{_AS_BEFORE}" for line in out.getvalue().splitlines())
