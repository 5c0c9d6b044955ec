"""Colours: the covers' own, and speakers who can be told apart on each of them."""

import itertools

import pytest

from bot.pictures import palettes
from tests.bot.pictures.legibility import contrast
from voice.mastering.colours import PALETTES, SPEAKERS, palette_for


def test_they_are_the_covers_own() -> None:
    covers = [(one.ground, one.depth, one.glow, one.soft) for one in palettes.PALETTES]
    assert [tuple(one) for one in PALETTES] == covers


@pytest.mark.parametrize("theme", ["", "Le stelle", "ASTRONOMIA", "\ud800", "𝄞"])
def test_a_theme_has_the_colours_of_its_cover(theme: str) -> None:
    cover = palettes.palette_for(theme, None)
    assert palette_for(theme) == (cover.ground, cover.depth, cover.glow, cover.soft)


@pytest.mark.parametrize("colour", SPEAKERS)
def test_speakers_can_be_seen_on_every_ground(colour: tuple[int, int, int]) -> None:
    for palette in PALETTES:
        for ground in (palette.ground, palette.depth):
            assert contrast(palettes.Colour(*colour), palettes.Colour(*ground)) >= 3


def test_neighbours_differ() -> None:
    for one, other in itertools.pairwise(SPEAKERS):
        assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 60
