"""Live WebM (Matroska, RFC 9559) with one Opus track: a head for each joiner, clusters for all."""

import struct
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import Final

from containers.opus import PACKET, RATE, opus_head

_TRACK: Final = 1
_MILLISECOND: Final = 1_000_000
"""Nanoseconds in a tick of the file's clock (TimestampScale)."""

_SEEK_PRE_ROLL = 80 * _MILLISECOND
"""What a decoder must hear before it is right again (RFC 7845, section 4.2; Matroska's SeekPreRoll)."""

_UNKNOWN_SIZE = b"\x01" + b"\xff" * 7
"""For a segment that goes on until it ends (RFC 8794, section 6.2)."""

_KEYFRAME = 0x80

_SOUND = 2
"""The TrackType of audio."""


class _Id(bytes, Enum):
    """Elements (RFC 8794, section 11.2; RFC 9559, section 5)."""

    EBML = b"\x1a\x45\xdf\xa3"
    EBML_VERSION = b"\x42\x86"
    EBML_READ_VERSION = b"\x42\xf7"
    EBML_MAX_ID_LENGTH = b"\x42\xf2"
    EBML_MAX_SIZE_LENGTH = b"\x42\xf3"
    DOC_TYPE = b"\x42\x82"
    DOC_VERSION = b"\x42\x87"
    DOC_READ_VERSION = b"\x42\x85"
    SEGMENT = b"\x18\x53\x80\x67"
    INFO = b"\x15\x49\xa9\x66"
    TIMESTAMP_SCALE = b"\x2a\xd7\xb1"
    MUXING_APP = b"\x4d\x80"
    WRITING_APP = b"\x57\x41"
    TRACKS = b"\x16\x54\xae\x6b"
    TRACK_ENTRY = b"\xae"
    TRACK_NUMBER = b"\xd7"
    TRACK_UID = b"\x73\xc5"
    TRACK_TYPE = b"\x83"
    LACING = b"\x9c"
    CODEC_ID = b"\x86"
    CODEC_PRIVATE = b"\x63\xa2"
    CODEC_DELAY = b"\x56\xaa"
    SEEK_PRE_ROLL = b"\x56\xbb"
    AUDIO = b"\xe1"
    FREQUENCY = b"\xb5"
    CHANNELS = b"\x9f"
    CLUSTER = b"\x1f\x43\xb6\x75"
    CLUSTER_TIMESTAMP = b"\xe7"
    SIMPLE_BLOCK = b"\xa3"


def head(pre_skip: int, writer: str) -> bytes:
    """What a stream begins with: EBML header, an open segment, and the track's description.

    Args:
        pre_skip: samples by which the encoder delays.
        writer: the name of the program that writes it.
    """
    segment = _Id.SEGMENT + _UNKNOWN_SIZE
    return _ebml() + segment + _info(writer) + _element(_Id.TRACKS, _track(pre_skip))


def cluster(packets: Sequence[bytes], at: int) -> bytes:
    """A cluster of known size with absolute time, at which anybody who was given the head may join.

    Args:
        packets: Opus packets of 20 ms, 30 s at most.
        at: the sample of the room's clock at which the first one begins.
    """
    content = [_number(_Id.CLUSTER_TIMESTAMP, _milliseconds(at))]
    for number, packet in enumerate(packets):
        content += (_block_head(len(packet), number * PACKET), packet)
    return _element(_Id.CLUSTER, b"".join(content))


@lru_cache(maxsize=4096)
def _block_head(length: int, after: int) -> bytes:
    """What stands before a packet of so many bytes, a keyframe so many samples after its cluster."""
    place = struct.pack(">BhB", 0x80 | _TRACK, _milliseconds(after), _KEYFRAME)
    return _Id.SIMPLE_BLOCK + _size(len(place) + length) + place


def _ebml() -> bytes:
    versions = _number(_Id.EBML_VERSION, 1) + _number(_Id.EBML_READ_VERSION, 1)
    lengths = _number(_Id.EBML_MAX_ID_LENGTH, 4) + _number(_Id.EBML_MAX_SIZE_LENGTH, 8)
    document = _element(_Id.DOC_TYPE, b"webm")
    written = _number(_Id.DOC_VERSION, 4) + _number(_Id.DOC_READ_VERSION, 2)
    return _element(_Id.EBML, versions + lengths + document + written)


def _info(writer: str) -> bytes:
    names = _element(_Id.MUXING_APP, writer.encode()) + _element(_Id.WRITING_APP, writer.encode())
    return _element(_Id.INFO, _number(_Id.TIMESTAMP_SCALE, _MILLISECOND) + names)


def _track(pre_skip: int) -> bytes:
    delay = pre_skip * 1_000_000_000 // RATE
    sound = _element(_Id.FREQUENCY, struct.pack(">d", RATE)) + _number(_Id.CHANNELS, 1)
    return _element(
        _Id.TRACK_ENTRY,
        _number(_Id.TRACK_NUMBER, _TRACK)
        + _number(_Id.TRACK_UID, _TRACK)
        + _number(_Id.TRACK_TYPE, _SOUND)
        + _number(_Id.LACING, 0)
        + _element(_Id.CODEC_ID, b"A_OPUS")
        + _element(_Id.CODEC_PRIVATE, opus_head(pre_skip))
        + _number(_Id.CODEC_DELAY, delay)
        + _number(_Id.SEEK_PRE_ROLL, _SEEK_PRE_ROLL)
        + _element(_Id.AUDIO, sound),
    )


def _milliseconds(samples: int) -> int:
    return samples * 1000 // RATE


def _number(identifier: _Id, value: int) -> bytes:
    return _element(identifier, _big_endian(value))


def _element(identifier: _Id, content: bytes) -> bytes:
    return b"".join((identifier, _size(len(content)), content))


def _big_endian(value: int) -> bytes:
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def _size(length: int) -> bytes:
    """A data size in as few bytes as hold it; all ones would mean "unknown" (RFC 8794, section 6)."""
    width = -(-(length + 1).bit_length() // 7)
    return (1 << 7 * width | length).to_bytes(width, "big")
