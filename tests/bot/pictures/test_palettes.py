"""The colours: legible in every pairing that pictures use."""

import pytest

from bot.pictures.palettes import PALETTES, Colour, Palette, palette_for
from tests.bot.pictures.legibility import LEGIBLE, contrast

GRAPHIC = 2.5
"""The least contrast between two bars; their thickness and numbers tell them apart as well."""


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_text_is_legible_on_the_lit_and_on_the_dark_part_of_the_house(palette: Palette) -> None:
    for text in (palette.ink, palette.soft, palette.glow):
        assert contrast(text, palette.ground) >= LEGIBLE
        assert contrast(text, palette.depth) >= LEGIBLE


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_a_badge_is_legible(palette: Palette) -> None:
    assert contrast(palette.depth, palette.glow) >= LEGIBLE


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_bars_are_told_apart_by_their_brightness_and_not_only_by_their_hue(palette: Palette) -> None:
    assert contrast(palette.glow, palette.pale) >= GRAPHIC
    assert contrast(palette.pale, palette.depth) >= GRAPHIC


def test_a_colour_goes_towards_another_by_a_share() -> None:
    black, orange = Colour(0, 0, 0), Colour(200, 100, 50)
    assert black.towards(orange, 0) == black
    assert black.towards(orange, 0.5) == (100, 50, 25)
    assert black.towards(orange, 1) == orange


def test_talks_on_one_topic_look_alike_whatever_their_titles() -> None:
    assert palette_for("One", "careers") is palette_for("Two", "Careers")


def test_without_a_topic_the_title_decides_and_all_palettes_are_used() -> None:
    assert palette_for("Jazz", None) is palette_for("Jazz", None)
    assert {palette_for(f"Talk {number}", None) for number in range(100)} == set(PALETTES)


def test_half_a_character_has_a_palette_too() -> None:
    assert palette_for("\ud83d", None) in PALETTES
