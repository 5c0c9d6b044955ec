"""Cleaning: what people wrote, made fit for formats that know no control characters."""

import re

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and newline, halves of characters, and what else XML 1.0 excludes (2.2)."""


def one_line(text: str) -> str:
    """The text on one line: every stretch of white space and line breaks is one space."""
    return " ".join(paragraphs(text).split())


def paragraphs(text: str) -> str:
    """The text with its line breaks, each of them a plain newline, whichever of the many kinds it was."""
    return _UNFIT.sub("", "\n".join(text.splitlines()))
