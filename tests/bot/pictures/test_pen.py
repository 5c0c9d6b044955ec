"""The pen: words from a point on, or up to one, within their column."""

from PIL import Image

from bot.pictures.palettes import PALETTES
from bot.pictures.pen import Pen
from tests.bot.pictures.gallery import OURS_ALONE


def a_pen() -> Pen:
    return Pen(Image.new("RGB", (600, 100)), PALETTES[0], OURS_ALONE)


def extent(pen: Pen) -> tuple[int, int]:
    box = pen.image.getbbox()
    assert box is not None
    return box[0], box[2]


def test_words_begin_at_their_point_and_keep_to_their_column() -> None:
    pen = a_pen()
    pen.write("A very long name that nobody can read whole", (50, 60), pen.palette.ink, 300)
    left, right = extent(pen)
    assert 48 <= left <= 56
    assert 300 <= right <= 350


def test_words_end_before_their_point_and_their_width_is_told() -> None:
    pen = a_pen()
    width = pen.write_before("minutes", (550, 60), pen.palette.soft, 300)
    left, right = extent(pen)
    assert 540 <= right <= 550
    assert abs(right - left - width) < 10


def test_a_name_that_no_font_can_write_is_three_dots() -> None:
    pen = a_pen()
    assert 10 < pen.write_before("四十岁", (550, 60), pen.palette.soft, 300) < 60


def test_a_chart_and_a_swatch_lie_where_they_were_put() -> None:
    pen = a_pen()
    pen.put(Image.new("RGBA", (20, 20), (255, 0, 0, 255)), (500, 10))
    assert pen.image.getbbox() == (500, 10, 520, 30)
    pen.swatch((100, 80), pen.palette.glow)
    assert pen.image.getpixel((112, 68)) == pen.palette.glow
