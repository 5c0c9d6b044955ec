"""The sheet under the panels: the house above, plain grounds below, the group's name on top."""

from dataclasses import replace

import pytest
from PIL import Image

from bot.pictures import Statistics
from bot.pictures.backdrop import WIDTH
from bot.pictures.palettes import PALETTES, Colour, Palette, palette_for
from bot.pictures.panels import EDGE
from bot.pictures.sheet import HEAD, REACH, draw_sheet
from tests.bot.pictures.gallery import TITLES, opened
from tests.bot.pictures.ledger import AUDIENCE, LABELS, SHARES, TALKS
from tests.bot.pictures.legibility import LEGIBLE, contrast, luminance


def a_sheet(title: str = LABELS.title) -> Image.Image:
    return opened(draw_sheet(Statistics(replace(LABELS, title=title), TALKS, AUDIENCE, SHARES)))


def colours_in(image: Image.Image, box: tuple[int, int, int, int]) -> list[Colour]:
    colours = image.crop(box).getcolors(WIDTH * WIDTH)
    assert colours is not None
    return [Colour(*colour) for _, colour in colours if isinstance(colour, tuple)]


def a_title_in(palette_name: str) -> str:
    return next(title for title in map(str, range(200)) if palette_for(title, None).name == palette_name)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_words_and_bars_of_a_panel_are_told_from_its_ground(palette: Palette) -> None:
    (ground,) = colours_in(a_sheet(a_title_in(palette.name)), (EDGE + 20, HEAD + 20, EDGE + 22, HEAD + 22))
    for text in (palette.ink, palette.soft, palette.glow):
        assert contrast(text, ground) >= LEGIBLE
    assert contrast(palette.pale, ground) >= 2.5


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title[:20])
def test_the_groups_name_keeps_to_the_dark_part_of_the_head(title: str) -> None:
    palette = palette_for(title, None)
    beyond = colours_in(a_sheet(title), (REACH, 0, WIDTH, HEAD))
    assert palette.ink not in beyond


def test_the_name_is_legible_on_the_house() -> None:
    nameless = a_sheet("漢\u200b")
    brightest = max(colours_in(nameless, (0, 0, REACH, HEAD)), key=luminance)
    assert contrast(palette_for("漢\u200b", None).ink, brightest) >= LEGIBLE


def test_below_the_house_all_is_dark_between_the_panels() -> None:
    image, palette = a_sheet(), palette_for(LABELS.title, None)
    assert colours_in(image, (0, image.height - 10, WIDTH, image.height)) == [palette.depth]
