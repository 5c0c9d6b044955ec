"""Contrast and luminance are measured as the standard has it."""

import pytest

from bot.pictures.palettes import Colour
from tests.bot.pictures.legibility import contrast, luminance


def test_contrast_is_that_of_the_standard() -> None:
    black, white, grey = Colour(0, 0, 0), Colour(255, 255, 255), Colour(0x76, 0x76, 0x76)
    assert contrast(black, white) == contrast(white, black) == 21
    assert contrast(black, black) == 1
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
    assert luminance(white) == pytest.approx(1)
