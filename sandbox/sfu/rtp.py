"""RTP packets: what of the header a forwarding server reads and writes (RFC 3550, RFC 8285)."""

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("!BBHII")
_RTCP = range(64, 96)
"""Payload types that mark RTCP on a shared port (RFC 5761)."""
_ONE_BYTE_HEADERS = b"\xbe\xde"
"""Marks extension elements of one byte of header each (RFC 8285 section 4.2)."""
_ENDS = (0, 15)
"""Numbers of elements from which on nothing is read."""


@dataclass(frozen=True, slots=True)
class Rtp:
    """A packet without CSRCs or padding; `extension` holds the elements of its header extension, if any."""

    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    source: int
    payload: bytes
    extension: bytes = b""

    def audio_level(self, element: int) -> int | None:
        """How far below the loudest possible sound the packet's is, in dB, from 0 to 127 for silence.

        `element` is the number that the offer gives the level (RFC 6464); None when the packet has none.
        """
        at = 0
        while at + 1 < len(self.extension):
            header = self.extension[at]
            number, length = header >> 4, (header & 0x0F) + 1
            if number == element:
                return self.extension[at + 1] & 0x7F
            if header and number in _ENDS:
                return None
            at += 1 + length if header else 1  # a byte of zeros is padding
        return None

    def pack(self, payload_type: int, source: int, sequence: int, timestamp: int) -> bytes:
        """The packet for somebody who numbers things in another way, without its header extension."""
        second = payload_type | (0x80 if self.marker else 0)
        return _HEADER.pack(0x80, second, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, source) + self.payload


def is_rtcp(packet: bytes) -> bool:
    """Whether a packet on a shared port is RTCP."""
    return len(packet) >= 2 and packet[1] & 0x7F in _RTCP


def parse(packet: bytes) -> Rtp | None:
    """Read a packet; None when it is malformed."""
    if len(packet) < _HEADER.size or packet[0] >> 6 != 2:
        return None
    first, second, sequence, timestamp, source = _HEADER.unpack_from(packet)
    begin = _HEADER.size + 4 * (first & 0x0F)
    extension = b""
    if first & 0x10:
        if len(packet) < begin + 4:
            return None
        profile, at = packet[begin : begin + 2], begin + 4
        begin = at + 4 * int.from_bytes(packet[begin + 2 : begin + 4])
        extension = packet[at:begin] if profile == _ONE_BYTE_HEADERS else b""
    end = len(packet) - (packet[-1] if first & 0x20 else 0)
    if not begin <= end <= len(packet):
        return None
    payload = packet[begin:end]
    return Rtp(second & 0x7F, bool(second & 0x80), sequence, timestamp, source, payload, extension)
