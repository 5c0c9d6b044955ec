"""Pictures: a photo becomes several, from a thumbnail up to the one that was sent."""

import io
from functools import partial
from typing import TypeAlias

from PIL import Image, UnidentifiedImageError

from sandbox.bot_api.files import make_copy, make_file
from sandbox.bot_api.parameters import Upload
from sandbox.bot_api.probes import picture_size
from sandbox.bot_api.refusals import bad_request
from sandbox.world.entities import Media

PHOTO_LIMIT = 10 * 1024 * 1024
"""Bytes."""

LARGEST_PERIMETER = 10_000
"""Pixels of width and height together."""

WIDEST_RATIO = 20

BOXES = (90, 320, 800, 1280)
"""Into which squares, in pixels, Telegram fits its copies (core.telegram.org/api/files: s, m, x, y)."""

QUALITY = 87

Size: TypeAlias = tuple[int, int]
"""Width and height, in pixels."""


def make_photo(upload: Upload) -> Media:
    """An upload as a photo of all its sizes, the original as the biggest; `Messages.keep_picture` keeps it.

    It takes as long as decoding does: call it in a thread. The smaller sizes are made when they are wanted.

    Raises:
        ApiError: it is no picture, cannot be decoded, or is out of Telegram's bounds.
    """
    file = make_file("photo", upload)
    size = _checked_size(upload.content)
    _try_to_decode(upload.content)
    smaller = [_copy(upload.content, _fitted(size, box)) for box in BOXES if max(size) > box]
    return Media("photo", file, _measures(size), smaller)


def _checked_size(content: bytes) -> Size:
    size = picture_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(content) > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_LIMIT} bytes"
        )
    if sum(size) > LARGEST_PERIMETER or max(size) > WIDEST_RATIO * max(1, min(size)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _try_to_decode(content: bytes) -> None:
    """Of a JPEG all is read, but only an eighth drawn: that tells as much, in a third of the time."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            opened.draft(None, (1, 1))
            opened.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def _fitted(size: Size, box: int) -> Size:
    """The size of a copy in a square."""
    width, height = (max(1, round(side * box / max(size))) for side in size)
    return width, height


def _copy(content: bytes, size: Size) -> Media:
    return Media("photo", make_copy(partial(_shrunk, content, size)), _measures(size))


def _shrunk(content: bytes, size: Size) -> bytes:
    """The picture in this size, as a JPEG."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(content)) as opened:
        opened.draft("RGB", size)
        small = opened.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    small.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _measures(size: Size) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}
