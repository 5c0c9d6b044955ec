"""Live WebM (Matroska, RFC 9559) with one Opus track: a head for each joiner, clusters for all."""

import struct
from collections.abc import Sequence
from enum import Enum
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


class _Id(Enum):
    """Elements (RFC 8794, section 11.2; RFC 9559, section 5)."""

    EBML = 0x1A45DFA3
    EBML_VERSION = 0x4286
    EBML_READ_VERSION = 0x42F7
    EBML_MAX_ID_LENGTH = 0x42F2
    EBML_MAX_SIZE_LENGTH = 0x42F3
    DOC_TYPE = 0x4282
    DOC_VERSION = 0x4287
    DOC_READ_VERSION = 0x4285
    SEGMENT = 0x18538067
    INFO = 0x1549A966
    TIMESTAMP_SCALE = 0x2AD7B1
    MUXING_APP = 0x4D80
    WRITING_APP = 0x5741
    TRACKS = 0x1654AE6B
    TRACK_ENTRY = 0xAE
    TRACK_NUMBER = 0xD7
    TRACK_UID = 0x73C5
    TRACK_TYPE = 0x83
    LACING = 0x9C
    CODEC_ID = 0x86
    CODEC_PRIVATE = 0x63A2
    CODEC_DELAY = 0x56AA
    SEEK_PRE_ROLL = 0x56BB
    AUDIO = 0xE1
    FREQUENCY = 0xB5
    CHANNELS = 0x9F
    CLUSTER = 0x1F43B675
    CLUSTER_TIMESTAMP = 0xE7
    SIMPLE_BLOCK = 0xA3


def head(pre_skip: int, writer: str) -> bytes:
    """What a stream begins with: EBML header, an open segment, and the track's description.

    Args:
        pre_skip: samples by which the encoder delays.
        writer: the name of the program that writes it.
    """
    segment = _big_endian(_Id.SEGMENT.value) + _UNKNOWN_SIZE
    return _ebml() + segment + _info(writer) + _element(_Id.TRACKS, _track(pre_skip))


def cluster(packets: Sequence[bytes], at: int) -> bytes:
    """A cluster of known size with absolute time, at which anybody who was given the head may join.

    Args:
        packets: Opus packets of 20 ms, 30 s at most.
        at: the sample of the room's clock at which the first one begins.
    """
    blocks = b"".join(_block(packet, number * PACKET) for number, packet in enumerate(packets))
    return _element(_Id.CLUSTER, _number(_Id.CLUSTER_TIMESTAMP, _milliseconds(at)) + blocks)


def _block(packet: bytes, after: int) -> bytes:
    """A packet as a keyframe of its own, so many samples after the beginning of its cluster."""
    place = struct.pack(">BhB", 0x80 | _TRACK, _milliseconds(after), _KEYFRAME)
    return _element(_Id.SIMPLE_BLOCK, place + packet)


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
    return _big_endian(identifier.value) + _size(len(content)) + content


def _big_endian(value: int) -> bytes:
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def _size(length: int) -> bytes:
    """A data size in as few bytes as hold it; all ones would mean "unknown" (RFC 8794, section 6)."""
    width = next(width for width in range(1, 9) if length < (1 << 7 * width) - 1)
    return (1 << 7 * width | length).to_bytes(width, "big")
