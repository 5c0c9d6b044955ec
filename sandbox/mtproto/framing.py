"""Frames on the door's socket: a length of four bytes, little-endian, then as many bytes of TL."""

import struct
from collections.abc import Iterator

LONGEST = 1 << 20
"""Bytes; a longer frame means that the two are out of step."""

REQUEST_ID = struct.Struct("<q")
"""What stands before the function in a request; the answer's `rpc_result` names it."""

GREETING = 0
"""No request has this id: behind it stands the name of the account as which a client comes."""

USUAL = "relay"
"""The account as which comes who does not say so."""

_LENGTH = struct.Struct("<I")


class BadFrame(Exception):
    """What came over the socket is no frame."""


def frame(body: bytes) -> bytes:
    """The bytes of one frame."""
    return _LENGTH.pack(len(body)) + body


class Unframer:
    """Finds frames in a stream, however it is cut."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The frames that these bytes complete; raises `BadFrame`."""
        self._pending += data
        while len(self._pending) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._pending)
            if length > LONGEST:
                raise BadFrame(f"a frame of {length} bytes")
            end = _LENGTH.size + length
            if len(self._pending) < end:
                return
            body = bytes(self._pending[_LENGTH.size : end])
            del self._pending[:end]
            yield body
