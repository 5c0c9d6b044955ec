"""Photos of hosts: every kind is taken, none does harm, and words can be read on all."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from bot.errors import PictureUnusable
from bot.pictures.backdrop import HEIGHT, WIDTH
from bot.pictures.palettes import PALETTES, Colour, Palette
from bot.pictures.photos import MOST_BYTES, darkened, open_photo
from tests.bot.pictures.gallery import encoded, mean
from tests.bot.pictures.legibility import LEGIBLE, contrast, luminance

SMALL = encoded(Image.effect_mandelbrot((64, 48), (-2, -1, 1, 1), 50), "PNG")


def a_png_that_claims(width: int, height: int) -> bytes:
    """The head of a PNG of this size, and a few bytes in place of its pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (3000, 200), (200, 3000), (1280, 720), (2600, 2000)])
def test_a_picture_of_any_size_fills_a_cover(form: str, size: tuple[int, int]) -> None:
    photo = open_photo(encoded(Image.new("RGB", size, (200, 100, 50)), form))
    assert photo.size == (WIDTH, HEIGHT)
    assert photo.mode == "RGB"
    middle = photo.getpixel((640, 360))
    assert isinstance(middle, tuple)
    assert np.allclose(middle, (200, 100, 50), atol=6)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_to_store_a_picture_is_understood(mode: str) -> None:
    grey = Image.new("L", (320, 180), 128)
    image = Image.new("I;16", (320, 180), 128 * 257) if mode == "I;16" else grey.convert("RGB").convert(mode)
    photo = open_photo(encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert mean(photo) == pytest.approx(128, abs=8)


def test_what_is_transparent_is_black() -> None:
    assert mean(open_photo(encoded(Image.new("RGBA", (64, 36), (255, 255, 255, 0)), "PNG"))) == 0


def test_a_photo_taken_sideways_stands_upright() -> None:
    image = Image.new("RGB", (720, 1280), "blue")
    image.paste("white", (0, 0, 720, 640))
    turned, content = image.getexif(), BytesIO()
    turned[0x0112] = 6
    image.save(content, "JPEG", exif=turned)
    photo = open_photo(content.getvalue())
    assert mean(photo.crop((700, 0, WIDTH, HEIGHT))) > mean(photo.crop((0, 0, 500, HEIGHT)))


def test_the_middle_of_a_picture_is_kept() -> None:
    image = Image.new("RGB", (3000, 720))
    image.paste("white", (1100, 0, 1900, 720))
    assert mean(open_photo(encoded(image, "PNG")).crop((300, 0, 980, HEIGHT))) == 255


def test_of_a_moving_picture_the_first_frame_is_taken() -> None:
    content = BytesIO()
    frames = [Image.new("RGB", (64, 36), colour) for colour in ("white", "black")]
    frames[0].save(content, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert mean(open_photo(content.getvalue())) > 250


@pytest.mark.parametrize("size", [(5000, 4001), (100_000, 100_000), (2**31 - 1, 2**31 - 1), (0, 5)])
def test_a_small_file_that_claims_to_be_huge_is_refused_unopened(size: tuple[int, int]) -> None:
    with pytest.raises(PictureUnusable):
        open_photo(a_png_that_claims(*size))


def test_twenty_megapixels_are_taken_and_a_row_more_is_refused() -> None:
    assert open_photo(encoded(Image.new("1", (5000, 4000)), "PNG")).size == (WIDTH, HEIGHT)
    with pytest.raises(PictureUnusable):
        open_photo(encoded(Image.new("1", (5000, 4001)), "PNG"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        encoded(Image.new("RGB", (64, 36)), "GIF"),
        encoded(Image.new("RGB", (64, 36)), "TIFF"),
        encoded(Image.new("RGB", (64, 36)), "BMP"),
        SMALL[: len(SMALL) // 2],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\0" * (MOST_BYTES + 1),
    ],
    ids=["nothing", "text", "svg", "gif", "tiff", "bmp", "half a png", "postscript", "too many bytes"],
)
def test_what_is_no_picture_of_these_kinds_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnusable):
        open_photo(content)


PHOTOS = [encoded(Image.effect_noise((80, 60), 90).convert("RGB"), form) for form in ("JPEG", "PNG", "WEBP")]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PHOTOS), st.data())
def test_a_damaged_picture_is_opened_or_refused_and_nothing_else(photo: bytes, data: st.DataObject) -> None:
    damaged = bytearray(photo)
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(PictureUnusable):
        assert open_photo(bytes(damaged)).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("shade", [0, 90, 180, 255])
def test_words_can_be_read_on_a_photo_of_any_brightness(shade: int, palette: Palette) -> None:
    reach = 1072
    photo = darkened(Image.new("RGB", (WIDTH, HEIGHT), (shade,) * 3), palette, reach, mirrored=False)
    colours = photo.crop((0, 0, reach, HEIGHT)).getcolors(100_000)
    assert colours is not None
    under = max((Colour(*colour) for _, colour in colours if isinstance(colour, tuple)), key=luminance)
    for text in (palette.ink, palette.soft, palette.glow):
        assert contrast(text, under) >= LEGIBLE


def test_beside_the_words_the_photo_is_clearer() -> None:
    white = Image.new("RGB", (WIDTH, HEIGHT), "white")
    photo = darkened(white, PALETTES[0], 700, mirrored=False)
    assert mean(photo.crop((1100, 0, WIDTH, HEIGHT))) > 1.5 * mean(photo.crop((0, 0, 700, HEIGHT)))
    mirrored = darkened(white, PALETTES[0], 700, mirrored=True)
    assert mirrored.tobytes() == ImageOps.mirror(photo).tobytes()
