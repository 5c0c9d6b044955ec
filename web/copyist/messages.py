"""Messages between the gallery and the process that copies: msgpack, each behind its length."""

import struct
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

LONGEST = 1 << 20
"""Bytes; a longer message means that the link is out of step."""

_LENGTH = struct.Struct("!I")
_ENCODER = msgspec.msgpack.Encoder()


class Codec(StrEnum):
    """What sound can be copied into: mono, 48 kHz, 64 kbit/s, each frame of use by itself."""

    AAC = "aac"
    """AAC-LC, in frames of 1024 samples."""
    MP3 = "mp3"
    """MPEG-1, layer III, in frames of 1152 samples."""


class Begin(msgspec.Struct, frozen=True, tag=True):
    """A copy begins, with a number that no other one has or had."""

    number: int
    codec: Codec


Timed: TypeAlias = tuple[int, bytes]
"""A packet or a frame, behind the sample at which it begins."""


class Sound(msgspec.Struct, frozen=True, tag=True):
    """Packets for a copy, each 20 ms of Opus."""

    number: int
    packets: list[Timed]


class End(msgspec.Struct, frozen=True, tag=True):
    """Nothing comes any more for a copy: what is still in the works is its last answer."""

    number: int


Order: TypeAlias = Begin | Sound | End


class Frames(msgspec.Struct, frozen=True):
    """The answer: the next frames of a copy."""

    number: int
    frames: list[Timed]
    is_last: bool = False


def framed(message: Order | Frames) -> bytes:
    """The message behind its length."""
    body = _ENCODER.encode(message)
    return _LENGTH.pack(len(body)) + body


class OutOfStep(Exception):
    """What came is no message of ours."""


_Incoming = TypeVar("_Incoming")


class Unframer(Generic[_Incoming]):
    """Finds the messages of one direction in a stream of bytes, however it is cut."""

    def __init__(self, kind: Any) -> None:  # no type[…]: a union of messages is none
        self._decoder: msgspec.msgpack.Decoder[_Incoming] = msgspec.msgpack.Decoder(kind)
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[_Incoming]:
        """The messages that these bytes complete; raises `OutOfStep`."""
        self._pending += data
        while len(self._pending) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._pending)
            if length > LONGEST:
                raise OutOfStep(f"a message of {length} bytes")
            end = _LENGTH.size + length
            if len(self._pending) < end:
                return
            body = bytes(self._pending[_LENGTH.size : end])
            del self._pending[:end]
            try:
                yield self._decoder.decode(body)
            except msgspec.MsgspecError as error:
                raise OutOfStep(str(error)) from error
