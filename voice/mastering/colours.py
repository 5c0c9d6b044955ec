"""Colours: the house's, and one for each speaker, that can be told from each other on the dark."""

import zlib
from typing import NamedTuple

Colour = tuple[int, int, int]


class Palette(NamedTuple):
    """The colours of a picture: `ground` is the lit part of the house, `depth` its dark part."""

    ground: Colour
    depth: Colour
    glow: Colour
    soft: Colour


def _colour(text: str) -> Colour:
    red, green, blue = bytes.fromhex(text)
    return red, green, blue


def _palette(*colours: str) -> Palette:
    return Palette(*map(_colour, colours))


PALETTES = (
    _palette("6b1426", "21080f", "f3c56f", "e9c9b4"),
    _palette("1d3471", "0a1230", "f6cd7e", "bccaeb"),
    _palette("115045", "061d1a", "f2d283", "b5d8c9"),
    _palette("55246b", "1b0a26", "ffbe8a", "dcc1e6"),
    _palette("0d4c64", "051c29", "ffc6a3", "aed7e2"),
    _palette("8a3318", "2b0d08", "ffd79a", "f0c7ae"),
    _palette("3b3f52", "12141d", "f0c987", "c5c8d6"),
)
"""Those of the covers, in their order, so that a talk has the same colours everywhere."""

SPEAKERS = tuple(
    map(_colour, ("f3c56f", "7fd1c7", "f2907f", "a9b8f5", "b9d67a", "e39ad0", "f6e3b4", "6fb4e8"))
)
"""Light enough for every ground; neighbours differ for those too who do not see red or green."""


def palette_for(theme: str) -> Palette:
    """The palette of a talk on this topic, or of this title: the same as its cover's."""
    return PALETTES[zlib.crc32(theme.casefold().encode("utf-8", "replace")) % len(PALETTES)]
