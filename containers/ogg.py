"""Ogg Opus (RFC 3533, RFC 7845), as much as recordings and live streams need, robust against torn ends."""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from containers.opus import PACKET, opus_head

VENDOR = "Loggione"

_PAGE = struct.Struct("<4sBBqIIIB")
_FIRST, _LAST = 2, 4
_MIRROR = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_MAX_LACING = 255


class NotOggOpus(Exception):
    """The file does not begin as an Ogg Opus file does."""


class PageWriter:
    """Makes the pages of one Ogg Opus stream, mono, 20 ms a packet.

    Positions count from the first packet, unless a page is told where it begins. Every page holds whole
    packets, so that whoever was given the head may join at any page (RFC 7845, section 3).
    """

    def __init__(self, serial: int, pre_skip: int) -> None:
        self._serial = serial
        self._pre_skip = pre_skip
        self._number = 0
        self._samples = 0

    def head(self, tags: Mapping[str, str]) -> bytes:
        """The two header pages; tag names are upper case ASCII."""
        comments = [f"{name}={text}".encode() for name, text in tags.items()]
        vendor = VENDOR.encode()
        body = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(comments))
        body += b"".join(struct.pack("<I", len(comment)) + comment for comment in comments)
        return self._page([opus_head(self._pre_skip)], 0, _FIRST) + self._page([body], 0, 0)

    def page(self, packets: Sequence[bytes], *, at: int | None = None, is_last: bool = False) -> bytes:
        """A page that holds these packets: at most 1 s of speech, so that they fit.

        Args:
            packets: Opus packets of 20 ms.
            at: the sample at which the first one begins; where it is left out, the stream just goes on.
            is_last: whether the stream ends here.
        """
        begins = self._samples if at is None else at
        self._samples = begins + len(packets) * PACKET
        return self._page(packets, self._samples, _LAST if is_last else 0)

    def _page(self, packets: Sequence[bytes], position: int, flags: int) -> bytes:
        lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
        if len(lacing) > _MAX_LACING:
            raise ValueError(f"{len(packets)} packets do not fit into a page")
        fields = (b"OggS", 0, flags, position, self._serial, self._number)
        self._number += 1
        page = _PAGE.pack(*fields, 0, len(lacing)) + lacing + b"".join(packets)
        return _PAGE.pack(*fields, _checksum(page), len(lacing)) + page[_PAGE.size :]


@dataclass(frozen=True, slots=True)
class Head:
    """What an Ogg Opus file says of itself."""

    pre_skip: int
    tags: Mapping[str, str]


def read_head(path: Path) -> Head:
    """What the file says of itself; raises `NotOggOpus`."""
    with path.open("rb") as file:
        pages = list(zip(range(2), _pages(file), strict=False))
    packets = [packet for _, page in pages for packet in page]
    if len(packets) != 2 or packets[0][:8] != b"OpusHead" or packets[1][:8] != b"OpusTags":
        raise NotOggOpus(path.name)
    (pre_skip,) = struct.unpack_from("<H", packets[0], 10)
    return Head(pre_skip, _read_tags(packets[1]))


def read_packets(path: Path) -> Iterator[bytes]:
    """The file's sound, one packet after the other, up to where it is torn."""
    with path.open("rb") as file:
        for number, packets in enumerate(_pages(file)):
            if number >= 2:
                yield from packets


def _pages(file: BinaryIO) -> Iterator[list[bytes]]:
    while True:
        header = file.read(_PAGE.size)
        if len(header) < _PAGE.size:
            return
        magic, _, _, _, _, _, checksum, segments = _PAGE.unpack(header)
        lacing = file.read(segments)
        body = file.read(sum(lacing))
        blank = header[:22] + b"\0\0\0\0" + header[26:]
        if magic != b"OggS" or _checksum(blank + lacing + body) != checksum:
            return
        yield _unlace(lacing, body)


def _unlace(lacing: bytes, body: bytes) -> list[bytes]:
    packets, start, length = [], 0, 0
    for piece in lacing:
        length += piece
        if piece < 255:
            packets.append(body[start : start + length])
            start, length = start + length, 0
    return packets


def _read_tags(packet: bytes) -> dict[str, str]:
    (vendor,) = struct.unpack_from("<I", packet, 8)
    (count,) = struct.unpack_from("<I", packet, 12 + vendor)
    at, tags = 16 + vendor, {}
    for _ in range(count):
        (length,) = struct.unpack_from("<I", packet, at)
        name, _, text = packet[at + 4 : at + 4 + length].decode().partition("=")
        tags[name] = text
        at += 4 + length
    return tags


def _checksum(page: bytes) -> int:
    """Ogg's CRC-32, which is zlib's with the bits of every byte and of the result mirrored."""
    mirrored = zlib.crc32(page.translate(_MIRROR), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
