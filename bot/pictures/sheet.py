"""The sheet: the panels that have something to show, one above the other, under the group's name."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from bot.pictures.backdrop import WIDTH, backdrop
from bot.pictures.drawing import draw_plate
from bot.pictures.faces import Style
from bot.pictures.layout import house_typesetter
from bot.pictures.palettes import Palette, palette_for
from bot.pictures.panels import (
    EDGE,
    MOST_COLUMNS,
    AudiencePanel,
    NothingPanel,
    Panel,
    SharesPanel,
    TalksPanel,
)
from bot.pictures.pen import Pen
from bot.pictures.statistics import Statistics

HEAD, GAP = 172, 26
"""Pixels above the first panel, and between two."""

REACH = 930
"""How far the group's name may run before the lamps of the house shine, in pixels."""

ROUNDING = 30


def draw_sheet(statistics: Statistics) -> bytes:
    """The picture as a PNG."""
    panels = list(_panels(statistics))
    palette = palette_for(statistics.labels.title, None)
    height = HEAD + sum(panel.height + GAP for panel in panels) + EDGE - GAP
    image = _ground(palette, height)
    pen = Pen(image, palette, house_typesetter())
    title = pen.typesetter.fitted(statistics.labels.title, Style.TITLE, (76, 66, 58), REACH - EDGE)
    pen.draw(title, (EDGE, 116), palette.ink)
    top = HEAD
    for panel in panels:
        _card(image, palette, top, panel.height)
        panel.draw(pen, top)
        top += panel.height + GAP
    png = BytesIO()
    image.save(png, "PNG", compress_level=4)
    return png.getvalue()


def _panels(statistics: Statistics) -> Iterator[Panel]:
    labels = statistics.labels
    if statistics.talks:
        yield TalksPanel(labels, statistics.talks[-MOST_COLUMNS:])
    if statistics.audience:
        yield AudiencePanel(labels, statistics.audience)
    if statistics.shares:
        yield SharesPanel(labels, statistics.shares)
    if not (statistics.talks or statistics.audience or statistics.shares):
        yield NothingPanel(labels)


def _ground(palette: Palette, height: int) -> Image.Image:
    """The upper part of the house, which sinks into the dark."""
    image = Image.new("RGB", (WIDTH, height), palette.depth)
    house = backdrop(palette, REACH)
    fading = Image.linear_gradient("L").rotate(180).resize(house.size)
    image.paste(house, (0, 0), fading)
    return image


def _card(image: Image.Image, palette: Palette, top: int, height: int) -> None:
    """The ground of a panel: one plain colour, so that nothing disturbs its chart."""
    rim, inside = palette.depth.towards(palette.ground, 0.9), palette.depth.towards(palette.ground, 0.42)
    draw_plate(image, (EDGE, top, WIDTH - EDGE, top + height), ROUNDING, rim)
    draw_plate(image, (EDGE + 2, top + 2, WIDTH - EDGE - 2, top + height - 2), ROUNDING - 2, inside)
