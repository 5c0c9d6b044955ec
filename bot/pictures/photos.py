"""Photos: pictures that people send, opened with care and made dark enough for words."""

import struct
import warnings
from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from bot.errors import PictureUnusable
from bot.pictures.backdrop import HEIGHT, WIDTH
from bot.pictures.palettes import Palette

FORMATS = ("JPEG", "PNG", "WEBP")

MOST_PIXELS = 20_000_000
"""What a picture may have at most; a small file can claim to be of any size."""

MOST_BYTES = 20_000_000
"""What a bot can download from Telegram (Bot API, getFile)."""

LEAST_DARK, BEARABLE = 0.45, 84
"""How much of the dark lies over every photo, and the brightest (0 to 255) that words bear under them."""

FADE = 330
"""Pixels from where words end to where the photo is at its clearest."""

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)
"""What Pillow's decoders raise at broken files."""


def open_photo(content: bytes) -> Image.Image:
    """The picture upright, cropped to a cover's shape and size, RGB. Raises PictureUnusable.

    Its size is read from its head before anything is decoded. Of a moving picture the first frame is taken.
    """
    if len(content) > MOST_BYTES:
        raise PictureUnusable
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _cropped(content)
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise PictureUnusable from error


def darkened(photo: Image.Image, palette: Palette, reach: int, *, mirrored: bool) -> Image.Image:
    """The photo with the palette's dark over it, more where words are: up to `reach` pixels from their side.

    The brighter the photo, the more of the dark it gets, so that light words can be read on it.
    """
    veil = _veil(reach)
    if mirrored:
        veil = ImageOps.mirror(veil)
    darkest = max(palette.depth)
    brightest = _brightest(photo)
    share = max(LEAST_DARK, (brightest - BEARABLE) / max(1, brightest - darkest))
    return Image.composite(
        Image.new("RGB", photo.size, palette.depth), photo, veil.point(lambda v: round(v * share))
    )


def _cropped(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise PictureUnusable
        image.draft("RGB", (WIDTH, HEIGHT))  # a JPEG is decoded no larger than needed
        upright = ImageOps.exif_transpose(image)
        if upright.mode.startswith("I"):  # sixteen bits of grey
            upright = upright.point(lambda value: value / 256).convert("L")
        return ImageOps.fit(_opaque(upright), (WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _opaque(image: Image.Image) -> Image.Image:
    """The image as RGB, on black where it is transparent."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    opaque = Image.new("RGBA", image.size, "black")
    opaque.alpha_composite(image.convert("RGBA"))
    return opaque.convert("RGB")


def _brightest(photo: Image.Image) -> int:
    """How bright, 0 to 255, all but the brightest hundredth of the photo is at most."""
    small = photo.reduce(8).convert("L")
    return int(np.percentile(np.asarray(small), 99))


@lru_cache(maxsize=2)
def _veil(reach: int) -> Image.Image:
    """How much of the dark lies where: all of it under the words, a third at the far side."""
    beyond = np.clip((np.arange(WIDTH) - reach) / FADE, 0, 1)
    row = 255 * (1 - 0.66 * beyond * beyond * (3 - 2 * beyond))
    return Image.fromarray(np.tile(row.astype(np.uint8), (HEIGHT, 1)), "L")
