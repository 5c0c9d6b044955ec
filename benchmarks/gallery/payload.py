"""The payload: what all contenders pass on, 48 kbit/s in pieces of 100 ms that say when they were made."""

import struct
import time

PACKETS = 5
"""Packets in a piece, as the program gathers them."""

PIECE = 0.1
"""Seconds of a piece."""

PACKET = 114
"""Bytes of a packet; with its page's header a piece has 602, and so 48 kbit/s."""

_MARK = b"\xfa\xceMADE AT"
_INSTANT = struct.Struct("<q")


def packet(fill: int) -> bytes:
    """A packet that holds this instant by CLOCK_MONOTONIC, which all processes share."""
    told = b"\xf8" + _MARK + _INSTANT.pack(time.monotonic_ns())
    return told + bytes([fill & 0x7F]) * (PACKET - len(told))


def newest_instant(received: bytes) -> int | None:
    """The last instant in what was received, in ns; None when there is none."""
    at = received.rfind(_MARK)
    if at < 0 or at + len(_MARK) + _INSTANT.size > len(received):
        return None
    instant: int = _INSTANT.unpack_from(received, at + len(_MARK))[0]
    return instant
