"""Small pictures: a PNG that is 3 pixels wide and 2 high, and the heads of other kinds."""

import io
import struct
import zlib

from PIL import Image


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x10\x20\x30" * 2))
    + _chunk(b"IEND", b"")
)
GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + b"\x00" * 8
JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 10
JPEG = JPEG_HEAD + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30) + b"\x03"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\x00" * 8 + b"\x1d\x00\x00" + b"\x13\x00\x00"


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    """A picture of this size that can be looked at."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(written, kind)
    return written.getvalue()
