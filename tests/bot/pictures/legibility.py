"""Legibility: what the standard asks of text, and by which numbers."""

from bot.pictures.palettes import Colour

LEGIBLE = 4.5
"""The least contrast of text with its ground (WCAG 2.2, success criterion 1.4.3)."""


def contrast(one: Colour, other: Colour) -> float:
    """How well one colour can be told from the other, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """How bright a colour is, 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
