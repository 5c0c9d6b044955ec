"""Palettes: the colours of a picture, picked by hand so that every text on them can be read."""

import zlib
from dataclasses import dataclass
from typing import NamedTuple


class Colour(NamedTuple):
    """Red, green and blue, each 0 to 255 (sRGB)."""

    red: int
    green: int
    blue: int

    def towards(self, other: "Colour", share: float) -> "Colour":
        """This colour mixed with a share (0 to 1) of the other."""
        return Colour(
            *(round(mine + (theirs - mine) * share) for mine, theirs in zip(self, other, strict=True))
        )


@dataclass(frozen=True)
class Palette:
    """The colours of one picture."""

    name: str
    ground: Colour
    """The lit part of the house."""
    depth: Colour
    """Its dark part."""
    glow: Colour
    """The lamps in the boxes, and the accents."""
    ink: Colour
    """What must be read first."""
    soft: Colour
    """What may be read later."""

    @property
    def pale(self) -> Colour:
        """For what stands behind something that glows, and can be told from it by any eye."""
        return self.depth.towards(self.soft, 0.5)


def _hex(text: str) -> Colour:
    return Colour(*bytes.fromhex(text))


def _palette(name: str, *colours: str) -> Palette:
    ground, depth, glow, ink, soft = map(_hex, colours)
    return Palette(name, ground, depth, glow, ink, soft)


PALETTES = (
    _palette("velvet", "6b1426", "21080f", "f3c56f", "fff3e0", "e9c9b4"),
    _palette("midnight", "1d3471", "0a1230", "f6cd7e", "f6f3ea", "bccaeb"),
    _palette("bottle", "115045", "061d1a", "f2d283", "f6f4e4", "b5d8c9"),
    _palette("plum", "55246b", "1b0a26", "ffbe8a", "fdf1f2", "dcc1e6"),
    _palette("petrol", "0d4c64", "051c29", "ffc6a3", "eff8f9", "aed7e2"),
    _palette("terracotta", "8a3318", "2b0d08", "ffd79a", "fff2e2", "f0c7ae"),
    _palette("graphite", "3b3f52", "12141d", "f0c987", "f6f3ec", "c5c8d6"),
)
"""What a cover may look like. Each one's texts are legible on both its ground and its depth."""


def palette_for(title: str, topic: str | None) -> Palette:
    """The palette of a talk: the same for all talks on a topic, else its title decides; always the same."""
    return PALETTES[zlib.crc32((topic or title).casefold().encode("utf-8", "replace")) % len(PALETTES)]
