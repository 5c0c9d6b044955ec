"""Pictures: a photo becomes several, from a thumbnail up to the one that was sent."""

import io

from PIL import Image, UnidentifiedImageError

from sandbox.bot_api.files import make_file
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


def make_photo(upload: Upload) -> Media:
    """An upload as a photo of all its sizes, the original as the biggest; `Messages.keep_picture` keeps it.

    It takes as long as decoding does: call it in a thread.

    Raises:
        ApiError: it is no picture, cannot be decoded, or is out of Telegram's bounds.
    """
    file = make_file("photo", upload)
    width, height = _checked_size(upload.content)
    smaller = [
        Media("photo", make_file("photo", Upload("", "image/jpeg", content)), {"width": w, "height": h})
        for content, w, h in _copies(upload.content)
    ]
    return Media("photo", file, {"width": width, "height": height}, smaller)


def _checked_size(content: bytes) -> tuple[int, int]:
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


def _copies(content: bytes) -> list[tuple[bytes, int, int]]:
    """The smaller ones, as JPEG with width and height, from the smallest up."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    return [_shrunk(picture, box) for box in BOXES if max(picture.size) > box]


def _shrunk(picture: Image.Image, box: int) -> tuple[bytes, int, int]:
    small = picture.copy()
    small.thumbnail((box, box))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=QUALITY)
    return written.getvalue(), *small.size
