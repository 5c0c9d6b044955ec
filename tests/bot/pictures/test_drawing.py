"""Lines and plates on an image."""

import pytest
from PIL import Image, ImageChops

from bot.pictures.drawing import draw_line, draw_plate
from bot.pictures.faces import Style
from bot.pictures.layout import house_typesetter
from bot.pictures.palettes import Colour
from bot.pictures.typesetting import Typesetter
from tests.bot.pictures.gallery import OURS_ALONE

WHITE, RED, BLACK = Colour(255, 255, 255), Colour(255, 0, 0), Colour(0, 0, 0)


def drawn(text: str, at: tuple[float, float] = (50, 120), setter: Typesetter = OURS_ALONE) -> Image.Image:
    image = Image.new("RGB", (800, 200))
    draw_line(image, setter.line(setter.glyphs(text, Style.PLAIN), 60), at, WHITE)
    return image


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.getbbox()
    assert box is not None
    return box


def test_a_line_begins_at_its_point_and_ends_where_its_width_says() -> None:
    left, top, right, bottom = ink(drawn("Hem"))
    line = OURS_ALONE.line(OURS_ALONE.glyphs("Hem", Style.PLAIN), 60)
    assert left == pytest.approx(50, abs=7)
    assert right == pytest.approx(50 + line.width, abs=7)
    assert bottom == pytest.approx(120, abs=2)
    assert top > 120 - 60


def test_the_same_line_elsewhere_is_the_same_picture_moved() -> None:
    assert ImageChops.offset(drawn("Jazz"), 100, 10).tobytes() == drawn("Jazz", (150, 130)).tobytes()


def test_a_line_beyond_the_edge_is_cut_and_no_trouble() -> None:
    assert ink(drawn("Jazz" * 30, (700, 120)))[2] > 790


def test_nothing_draws_nothing() -> None:
    assert drawn("").getbbox() is None
    assert drawn("漢").getbbox() is None


def test_emoji_keep_their_colours_and_the_size_of_the_text() -> None:
    setter = house_typesetter()
    if not setter.glyphs("🎭", Style.PLAIN):
        pytest.skip("needs Noto Color Emoji")
    image = drawn("🎭", setter=setter)
    left, top, right, bottom = ink(image)
    assert 40 < right - left < 80
    assert 40 < bottom - top < 80
    assert len(image.crop((left, top, right, bottom)).getcolors(10_000) or ()) > 100


def test_a_plate_fills_its_box_but_for_its_corners() -> None:
    image = Image.new("RGB", (100, 60))
    draw_plate(image, (10, 10, 90, 50), 12, RED)
    assert ink(image) == (10, 10, 90, 50)
    assert image.getpixel((50, 30)) == RED
    assert image.getpixel((10, 10)) == BLACK
    assert image.getpixel((50, 10)) == RED
