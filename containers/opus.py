"""Opus as we use it (RFC 6716, RFC 7845): mono, 48 kHz, 20 ms a packet."""

import struct
from typing import Final

RATE: Final = 48_000
"""Samples a second, whatever the source had (RFC 7845, section 4)."""

PACKET: Final = 960
"""Samples in a packet: 20 ms."""

PRE_SKIP: Final = 120
"""Samples by which libopus delays sound in its mode of low delay (RFC 7845, section 4.2)."""

SILENT_PACKET = b"\xf8\xff\xfe"
"""20 ms of silence: CELT, full band, mono, no energy."""


def opus_head(pre_skip: int) -> bytes:
    """The identification header (RFC 7845, section 5.1), which Ogg and Matroska share."""
    return struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, pre_skip, RATE, 0, 0)
