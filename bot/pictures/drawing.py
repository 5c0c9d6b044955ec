"""Drawing: puts lines of text, and plates behind them, onto an image."""

from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw

from bot.pictures.faces import EMOJI_SIZE
from bot.pictures.palettes import Colour
from bot.pictures.typesetting import Line, Run

ABOVE = 0.86
"""How far an emoji reaches above the baseline, as a share of the size of the text."""


FINER = 4
"""How much finer corners are drawn than they are shown."""


class _Stamp(NamedTuple):
    """A run as it is pressed onto images: its mask, and how far that lies from its left end and baseline."""

    mask: Image.Image
    right: int
    down: int


def draw_line(image: Image.Image, line: Line, at: tuple[float, float], colour: Colour) -> None:
    """Draw the line onto an RGB image, with its left end at this point of its baseline."""
    x, baseline = at
    for run in line.runs:
        if run.face.is_emoji:
            picture = _emoji(run, line.size)
            image.paste(picture, (round(x), round(baseline - ABOVE * line.size)), picture)
        else:
            stamp = _stamp(run, line.size)
            image.paste(colour, (round(x) + stamp.right, round(baseline) + stamp.down), stamp.mask)
        x += run.width


def draw_plate(
    image: Image.Image, box: tuple[float, float, float, float], rounding: int, colour: Colour
) -> None:
    """Draw a rectangle with soft round corners; `box` is left, top, right, bottom."""
    left, top, right, bottom = map(round, box)
    image.paste(colour, (left, top), _plate(right - left, bottom - top, rounding))


@lru_cache(maxsize=32)
def _plate(width: int, height: int, rounding: int) -> Image.Image:
    mask = Image.new("L", (width * FINER, height * FINER))
    box = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, rounding * FINER, 255)
    return mask.reduce(FINER)


@lru_cache(maxsize=96)
def _stamp(run: Run, size: int) -> _Stamp:
    """Kept, because many groups announce for the same hour, and cards are drawn again when talks change."""
    font = run.face.at(size)
    left, top, right, bottom = font.getbbox(run.text, "L", run.direction, run.features, anchor="ls")
    mask = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
    pen, origin = ImageDraw.Draw(mask), (-round(left), -round(top))
    pen.text(origin, run.text, 255, font, "ls", direction=run.direction, features=run.features)
    return _Stamp(mask, round(left), round(top))


@lru_cache(maxsize=32)
def _emoji(run: Run, size: int) -> Image.Image:
    """Emoji as a picture with transparency: drawn in the one size that their font has, and reduced."""
    scale = run.face.enlargement(size)
    full = Image.new("RGBA", (max(1, round(run.width / scale)), round(EMOJI_SIZE * 1.25)))
    pen = ImageDraw.Draw(full)
    pen.text(
        (0, EMOJI_SIZE), run.text, None, run.face.at(size), "ls", direction=run.direction, embedded_color=True
    )
    reduced = (max(1, round(full.width * scale)), max(1, round(full.height * scale)))
    return full.resize(reduced, Image.Resampling.LANCZOS)
