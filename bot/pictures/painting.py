"""Painting: a talk's cover as a JPEG, on the house's own backdrop or on the host's picture."""

from io import BytesIO

from PIL import Image, ImageOps

from bot.pictures.backdrop import backdrop
from bot.pictures.cover import Cover
from bot.pictures.drawing import draw_line, draw_plate
from bot.pictures.layout import Layout, arrange
from bot.pictures.palettes import Palette
from bot.pictures.photos import darkened, open_photo

PILL_ROUNDING = 18

MOST_BYTES = 150_000
"""What a cover may weigh, so that it is there at once on a poor line."""

QUALITIES = (89, 80, 64, 50, 35, 20)
"""What is tried; the last is taken whatever it weighs."""


def draw_cover(cover: Cover) -> bytes:
    """The cover as a JPEG of 1280 x 720 pixels, always the same for the same cover; some 11 ms of a core."""
    layout = arrange(cover)
    image = backdrop(cover.palette, layout.reach)
    return _lettered(ImageOps.mirror(image) if layout.is_mirrored else image.copy(), cover.palette, layout)


def dress_cover(photo: bytes, cover: Cover) -> bytes:
    """The host's own picture (JPEG, PNG or WebP) as the cover, cropped and darkened; else as `draw_cover`.

    Raises PictureUnusable.
    """
    layout = arrange(cover)
    image = darkened(open_photo(photo), cover.palette, layout.reach, mirrored=layout.is_mirrored)
    return _lettered(image, cover.palette, layout)


def _lettered(image: Image.Image, palette: Palette, layout: Layout) -> bytes:
    if layout.pill:
        draw_plate(image, layout.pill, PILL_ROUNDING, palette.glow)
    for placed in layout.lines:
        draw_line(image, placed.line, (placed.x, placed.y), placed.colour)
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    """The image as a JPEG of at most MOST_BYTES, in the best quality that permits."""
    for quality in QUALITIES:
        jpeg = BytesIO()
        image.save(jpeg, "JPEG", quality=quality, subsampling=2)
        if jpeg.tell() <= MOST_BYTES:
            break
    return jpeg.getvalue()
