"""A stream of MP3: what it begins with, so that players show a title. Its frames need nothing around them."""

import struct
from typing import Final

MP3_FRAME: Final = 1152
"""Samples in a frame of MPEG-1, layer III."""

_UTF_8 = b"\x03"


def head(title: str) -> bytes:
    """An ID3v2.4 tag with the title (id3.org, id3v2.4.0-structure, sections 3.1 and 4)."""
    text = _UTF_8 + title.encode()
    frame = b"TIT2" + _synchsafe(len(text)) + bytes(2) + text
    return struct.pack(">3sBBB", b"ID3", 4, 0, 0) + _synchsafe(len(frame)) + frame


def _synchsafe(length: int) -> bytes:
    """A length below 2^28 in four bytes of seven bits, so that none looks like the beginning of a frame."""
    return bytes(length >> shift & 0x7F for shift in (21, 14, 7, 0))
