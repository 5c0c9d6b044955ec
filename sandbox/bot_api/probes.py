"""Probes: what a file's first bytes tell of a picture, and its container of a sound."""

import io
import struct

import av

_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP; None for anything else."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack_from(">II", content, 16)
        if content.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack_from("<HH", content, 6)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _webp_size(content)
        if content.startswith(b"\xff\xd8"):
            return _jpeg_size(content)
    except (struct.error, IndexError):
        return None
    return None


def sound_details(content: bytes) -> dict[str, int | str]:
    """The `duration` in seconds, `title` and `performer` if it names them; empty for what is no sound."""
    try:
        with av.open(io.BytesIO(content), mode="r", metadata_errors="replace") as container:
            if not container.streams.audio:
                return {}
            stream = container.streams.audio[0]
            tags = {name.lower(): value for name, value in {**stream.metadata, **container.metadata}.items()}
            seconds = (container.duration or 0) / av.time_base
    except (av.FFmpegError, ValueError):
        return {}
    details: dict[str, int | str] = {"duration": max(0, round(seconds))}
    return details | {
        name: tags[tag] for name, tag in (("title", "title"), ("performer", "artist")) if tags.get(tag)
    }


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        (length,) = struct.unpack_from(">H", content, at + 2)
        at += 2 + length
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    match content[12:16]:
        case b"VP8X":
            width, width_top, height, height_top = struct.unpack_from("<HBHB", content, 24)
            return 1 + width + (width_top << 16), 1 + height + (height_top << 16)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", content, 21)
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None
