"""The headers of RTP are read with care and written in another's numbers."""

import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sandbox.sfu.rtp import Rtp, is_rtcp, parse

HEADER = struct.pack("!BBHII", 0x80, 0x80 | 111, 7, 960, 0xDEADBEEF)


def test_a_plain_packet_is_read() -> None:
    assert parse(HEADER + b"opus") == Rtp(111, True, 7, 960, 0xDEADBEEF, b"opus")


def test_extensions_contributors_and_padding_are_left_out() -> None:
    first = bytes([0x80 | 0x20 | 0x10 | 2])
    contributors, extension = bytes(8), b"\xbe\xde\x00\x01" + b"ext."
    packet = parse(first + HEADER[1:] + contributors + extension + b"opus" + b"\x00\x00\x03")
    assert packet is not None
    assert packet.payload == b"opus"


def extended(elements: bytes, profile: bytes = b"\xbe\xde") -> Rtp:
    """A packet with a header extension, whose words are filled up with zeros."""
    words = elements + bytes(-len(elements) % 4)
    packet = parse(b"\x90" + HEADER[1:] + profile + struct.pack("!H", len(words) // 4) + words + b"opus")
    assert packet is not None
    return packet


@pytest.mark.parametrize(
    ("elements", "level"),
    [
        (b"\x10\x9e", 30),
        (b"\x10\x7f", 127),
        (b"\x22abc\x00\x00\x10\x05", 5),
        (b"\x10", 0),
        (b"", None),
        (b"\x20\x05", None),
        (b"\x2fab", None),
        (b"\xf0\x00\x10\x05", None),
        (b"\x01\x00\x00\x10\x05", None),
    ],
    ids=["voice", "silence", "behind", "cut", "none", "another", "too long", "after 15", "after 0"],
)
def test_a_packet_tells_how_loud_it_is(elements: bytes, level: int | None) -> None:
    packet = extended(elements)
    assert packet.audio_level(1) == level
    assert packet.payload == b"opus"


def test_elements_of_another_form_are_not_read() -> None:
    assert extended(b"\x01\x01\x05\x00", profile=b"\x10\x00").audio_level(1) is None


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        HEADER[:11],
        b"\x00" + HEADER[1:],
        b"\x8f" + HEADER[1:] + b"too few contributors",
        b"\x90" + HEADER[1:] + b"\xbe\xde",
        b"\x90" + HEADER[1:] + b"\xbe\xde\x00\x09" + b"short",
        b"\xa0" + HEADER[1:] + b"\x63",
    ],
    ids=["empty", "cut", "version 0", "contributors", "extension cut", "extension too long", "all padding"],
)
def test_a_malformed_packet_is_none(packet: bytes) -> None:
    assert parse(packet) is None


@given(st.binary(max_size=80))
@example(HEADER)
def test_no_bytes_are_too_strange(packet: bytes) -> None:
    read = parse(packet)
    is_rtcp(packet)
    assert read is None or len(read.payload) <= len(packet)
    assert read is None or read.audio_level(1) in (None, *range(128))


def test_a_packet_is_renumbered_for_somebody_else() -> None:
    packet = Rtp(111, True, 7, 960, 1, b"opus")
    renumbered = parse(packet.pack(109, 2, 0x1_0003, 0x1_0000_0005))
    assert renumbered == Rtp(109, True, 3, 5, 2, b"opus")


def test_control_packets_are_told_apart() -> None:
    assert is_rtcp(b"\x80\xc8")
    assert not is_rtcp(HEADER)
    assert not is_rtcp(b"\x80")
