"""The house on a cover: dark enough under the words, lit beside them."""

import pytest
from PIL import Image

from bot.pictures.backdrop import HEIGHT, WIDTH, backdrop
from bot.pictures.layout import EDGE, NARROW, WIDE
from bot.pictures.palettes import PALETTES, Colour, Palette
from tests.bot.pictures.gallery import mean
from tests.bot.pictures.legibility import LEGIBLE, contrast, luminance

REACHES = (EDGE + NARROW, EDGE + WIDE)


def brightest(image: Image.Image) -> Colour:
    colours = image.getcolors(WIDTH * HEIGHT)
    assert colours is not None
    return max((Colour(*colour) for _, colour in colours if isinstance(colour, tuple)), key=luminance)


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_text_is_legible_on_every_pixel_up_to_where_words_run(palette: Palette, reach: int) -> None:
    under = brightest(backdrop(palette, reach).crop((0, 0, reach, HEIGHT)))
    for text in (palette.ink, palette.soft, palette.glow):
        assert contrast(text, under) >= LEGIBLE


def test_beyond_the_words_the_lamps_shine() -> None:
    palette, reach = PALETTES[0], REACHES[0]
    image = backdrop(palette, reach)
    assert contrast(brightest(image.crop((reach, 0, WIDTH, HEIGHT))), palette.depth) > 2 * LEGIBLE
    assert mean(image.crop((WIDTH - 150, 0, WIDTH, HEIGHT))) > 1.5 * mean(image.crop((0, 0, 150, HEIGHT)))


def test_it_is_of_a_covers_size_and_drawn_once() -> None:
    image = backdrop(PALETTES[0], REACHES[0])
    assert image.size == (WIDTH, HEIGHT)
    assert image.mode == "RGB"
    assert backdrop(PALETTES[0], REACHES[0]) is image


def test_no_two_palettes_look_the_same() -> None:
    assert len({backdrop(palette, REACHES[1]).tobytes() for palette in PALETTES}) == len(PALETTES)
