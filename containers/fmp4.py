"""Fragmented MP4 with one track of AAC (ISO 14496-12, CMAF: ISO 23000-19): a head, and segments for all."""

import struct
from collections.abc import Sequence
from typing import Final

from containers.opus import RATE

AAC_FRAME: Final = 1024
"""Samples in a frame of AAC (ISO 14496-3)."""

AAC_CONFIG: Final = b"\x11\x88"
"""AudioSpecificConfig: AAC-LC, 48 kHz, mono (ISO 14496-3, section 1.6.2.1)."""

_TRACK = 1
_SYNC_SAMPLE = 0x02000000
"""A sample that depends on no other."""

_UNITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
"""The matrix that changes nothing."""

_UNDETERMINED = 0x55C4
"""The language "und", five bits a letter."""

_BASE_IS_MOOF, _HAS_DURATION, _HAS_FLAGS = 0x020000, 0x08, 0x20
_HAS_OFFSET, _HAS_SIZES = 0x01, 0x200


def head() -> bytes:
    """What every player gets first: the file's type, and a movie without samples that says what comes."""
    brands = struct.pack(">4sI4s4s4s", b"iso6", 0, b"iso6", b"cmfc", b"caac")
    header = struct.pack(">IIII", 0, 0, RATE, 0) + struct.pack(">IH10x", 0x10000, 0x100) + _UNITY
    header += struct.pack(">24xI", _TRACK + 1)
    extends = struct.pack(">IIIII", _TRACK, 1, AAC_FRAME, 0, _SYNC_SAMPLE)
    extension = _box(b"mvex", _full(b"trex", extends))
    return _box(b"ftyp", brands) + _box(b"moov", _full(b"mvhd", header), _track(), extension)


def segment(frames: Sequence[bytes], at: int, number: int) -> bytes:
    """A segment that any player can begin with.

    Args:
        frames: of AAC, one after the other without a gap.
        at: the sample at which the first one begins.
        number: greater than that of the segment before.
    """
    sizes = struct.pack(f">{len(frames)}I", *map(len, frames))
    defaults = struct.pack(">III", _TRACK, AAC_FRAME, _SYNC_SAMPLE)
    place = _full(b"tfhd", defaults, flags=_BASE_IS_MOOF | _HAS_DURATION | _HAS_FLAGS)
    place += _full(b"tfdt", struct.pack(">Q", at), version=1)
    sequence = _full(b"mfhd", struct.pack(">I", number & 0xFFFFFFFF))

    def fragment(offset: int) -> bytes:
        run = struct.pack(">Ii", len(frames), offset) + sizes
        return _box(
            b"moof", sequence, _box(b"traf", place, _full(b"trun", run, flags=_HAS_OFFSET | _HAS_SIZES))
        )

    offset = len(fragment(0)) + _BOX.size
    return fragment(offset) + _box(b"mdat", *frames)


def _track() -> bytes:
    header = struct.pack(">IIIII", 0, 0, _TRACK, 0, 0) + struct.pack(">8xhhhH", 0, 0, 0x100, 0) + _UNITY
    header += struct.pack(">II", 0, 0)
    media = struct.pack(">IIIIHH", 0, 0, RATE, 0, _UNDETERMINED, 0)
    handler = struct.pack(">I4s12x", 0, b"soun") + b"Sound\0"
    here = _full(b"dref", struct.pack(">I", 1), _full(b"url ", b"", flags=1))
    sound = _box(b"minf", _full(b"smhd", bytes(4)), _box(b"dinf", here), _samples())
    return _box(
        b"trak",
        _full(b"tkhd", header, flags=3),  # enabled, in the movie
        _box(b"mdia", _full(b"mdhd", media), _full(b"hdlr", handler), sound),
    )


def _samples() -> bytes:
    """The table of samples, which holds none: they come in segments."""
    entry = struct.pack(">6xH8xHHHHI", 1, 1, 16, 0, 0, RATE << 16)
    stream = struct.pack(">HB", 0, 0) + _descriptor(4, _decoder()) + _descriptor(6, b"\x02")
    described = _box(b"mp4a", entry, _full(b"esds", _descriptor(3, stream)))
    none = bytes(4)
    return _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), described),
        _full(b"stts", none),
        _full(b"stsc", none),
        _full(b"stsz", none + none),
        _full(b"stco", none),
    )


def _decoder() -> bytes:
    """The DecoderConfigDescriptor (ISO 14496-1, section 7.2.6.6): AAC, of a bit rate that is not told."""
    return struct.pack(">BB3xII", 0x40, 0x15, 0, 0) + _descriptor(5, AAC_CONFIG)


_BOX = struct.Struct(">I4s")


def _box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return _BOX.pack(_BOX.size + len(body), name) + body


def _full(name: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", version << 24 | flags), *content)


def _descriptor(tag: int, content: bytes) -> bytes:
    """A descriptor shorter than 128 bytes."""
    return bytes([tag, len(content)]) + content
