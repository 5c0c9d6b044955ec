"""RTP packets: the few fields of the header that a forwarding server reads and writes (RFC 3550)."""

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("!BBHII")
_RTCP = range(64, 96)
"""Payload types that mark RTCP on a shared port (RFC 5761)."""


@dataclass(frozen=True, slots=True)
class Rtp:
    """A packet without header extensions, CSRCs or padding."""

    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    source: int
    payload: bytes

    def pack(self, payload_type: int, source: int, sequence: int, timestamp: int) -> bytes:
        """The packet for somebody who numbers things in another way."""
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
    if first & 0x10:
        if len(packet) < begin + 4:
            return None
        begin += 4 + 4 * int.from_bytes(packet[begin + 2 : begin + 4])
    end = len(packet) - (packet[-1] if first & 0x20 else 0)
    if not begin <= end <= len(packet):
        return None
    return Rtp(second & 0x7F, bool(second & 0x80), sequence, timestamp, source, packet[begin:end])
