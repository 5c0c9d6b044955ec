"""Charts: bars as long as their numbers, steps as high as theirs."""

import pytest
from PIL import Image

from bot.pictures.charts import Pair, columns_chart, rows_chart, steps_chart
from bot.pictures.palettes import PALETTES, Colour

PALETTE = PALETTES[0]
SIZE = (600, 200)


def shows(image: Image.Image, at: tuple[int, int], colour: Colour) -> bool:
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel[3] == 255 and all(
        abs(mine - theirs) <= 2 for mine, theirs in zip(pixel[:3], colour, strict=True)
    )


def is_empty(image: Image.Image, at: tuple[int, int]) -> bool:
    pixel = image.getpixel(at)
    return isinstance(pixel, tuple) and pixel[3] == 0


def test_a_row_is_as_long_as_its_number_beside_the_largest() -> None:
    image = rows_chart([Pair(10, 5), Pair(5)], SIZE, PALETTE)
    assert image.size == SIZE
    assert shows(image, (290, 50), PALETTE.glow)
    assert shows(image, (310, 50), PALETTE.pale)
    assert shows(image, (590, 50), PALETTE.pale)
    assert shows(image, (290, 150), PALETTE.pale)
    assert is_empty(image, (310, 150))


def test_more_may_come_than_said_so() -> None:
    image = rows_chart([Pair(5, 10)], SIZE, PALETTE)
    assert shows(image, (590, 100), PALETTE.glow)
    assert shows(image, (290, 60), PALETTE.pale)
    assert is_empty(image, (310, 60))


def test_nobody_is_no_bar() -> None:
    assert rows_chart([Pair(0, 0)], SIZE, PALETTE).getbbox() is None


def test_columns_stand_in_order_from_the_left() -> None:
    image = columns_chart([Pair(number) for number in range(1, 11)], SIZE, PALETTE)
    heights = [image.crop((x, 0, x + 1, 180)) for x in range(70, 600, 56)]
    filled = [sum(pixel == 255 for pixel in column.getchannel("A").tobytes()) for column in heights]
    assert filled == sorted(filled)
    assert filled[-1] > 5 * max(1, filled[0])


def test_steps_hold_until_the_next_measurement() -> None:
    image = steps_chart([(0, 10), (50, 100), (100, 0)], SIZE, PALETTE)
    levels = {}
    for x in (150, 300, 340, 560):
        column = [y for y in range(SIZE[1]) if shows(image, (x, y), PALETTE.glow)]
        levels[x] = min(column)
    assert levels[150] == levels[300]
    assert levels[340] == levels[560] < levels[150]


@pytest.mark.parametrize("points", [[(0.0, 5)], [(3.0, 0)], [(0.0, 1), (0.0, 7)], [(0.0, 5), (0.2, 6)]])
def test_a_talk_that_was_hardly_measured_has_a_chart_too(points: list[tuple[float, int]]) -> None:
    assert steps_chart(points, SIZE, PALETTE).size == SIZE
