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
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_MIRROR = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_MAX_LACING = 255
_NO_PACKET_ENDS = -1
"""The position of a page in the midst of a packet (RFC 3533, section 6)."""

_CAPTURE = b"OggS"
_STRIDE = 1 << 16


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
        """The header pages, as many as the tags need; tag names are upper case ASCII."""
        comments = [f"{name}={text}".encode() for name, text in tags.items()]
        vendor = VENDOR.encode()
        body = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(comments))
        body += b"".join(struct.pack("<I", len(comment)) + comment for comment in comments)
        return self._page([opus_head(self._pre_skip)], 0, _FIRST) + self._long(body)

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

    def _long(self, packet: bytes) -> bytes:
        """A packet that may be too long for one page (RFC 7845, section 5.2)."""
        lacing, pages = _lace(packet), b""
        for begin in range(0, len(lacing), _MAX_LACING):
            piece = lacing[begin : begin + _MAX_LACING]
            body, packet = packet[: sum(piece)], packet[sum(piece) :]
            is_last = begin + _MAX_LACING >= len(lacing)
            flags = _CONTINUED if begin else 0
            pages += self._laced(piece, body, 0 if is_last else _NO_PACKET_ENDS, flags)
        return pages

    def _page(self, packets: Sequence[bytes], position: int, flags: int) -> bytes:
        lacing = b"".join(map(_lace, packets))
        if len(lacing) > _MAX_LACING:
            raise ValueError(f"{len(packets)} packets do not fit into a page")
        return self._laced(lacing, b"".join(packets), position, flags)

    def _laced(self, lacing: bytes, body: bytes, position: int, flags: int) -> bytes:
        fields = (_CAPTURE, 0, flags, position, self._serial, self._number)
        self._number += 1
        page = _PAGE.pack(*fields, 0, len(lacing)) + lacing + body
        return _PAGE.pack(*fields, _checksum(page), len(lacing)) + page[_PAGE.size :]


@dataclass(frozen=True, slots=True)
class Head:
    """What an Ogg Opus file says of itself."""

    pre_skip: int
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of sound: its number in the stream, the sample at which it begins, its packets of 20 ms."""

    number: int
    at: int
    packets: Sequence[bytes]


def read_head(path: Path) -> Head:
    """What the file says of itself; raises `NotOggOpus`."""
    with path.open("rb") as file:
        raw = _pages(file)
        opening = next(raw, None)
        tags = _join(raw)
    if opening is None or opening.body[:8] != b"OpusHead" or tags[:8] != b"OpusTags":
        raise NotOggOpus(path.name)
    (pre_skip,) = struct.unpack_from("<H", opening.body, 10)
    return Head(pre_skip, _read_tags(tags))


def read_pages(path: Path) -> Iterator[Page]:
    """The file's sound, page by page; one that was spoilt or torn is passed over, and its number missing."""
    with path.open("rb") as file:
        for raw in _pages(file):
            packets = _unlace(raw.lacing, raw.body)
            length = len(packets) * PACKET
            if 0 < length <= raw.position:
                yield Page(raw.number, raw.position - length, packets)


def read_packets(path: Path) -> Iterator[bytes]:
    """The file's sound, one packet after the other, without what was spoilt or torn."""
    for page in read_pages(path):
        yield from page.packets


@dataclass(frozen=True, slots=True)
class _RawPage:
    position: int
    number: int
    lacing: bytes
    body: bytes


def _pages(file: BinaryIO) -> Iterator[_RawPage]:
    """All pages that are whole, wherever they are in the file."""
    begin = 0
    while begin >= 0:
        file.seek(begin)
        page = _read_page(file)
        if page is None:
            begin = _next_capture(file, begin + 1)
        else:
            begin = file.tell()
            yield page


def _read_page(file: BinaryIO) -> _RawPage | None:
    header = file.read(_PAGE.size)
    if len(header) < _PAGE.size:
        return None
    magic, _, _, position, _, number, checksum, segments = _PAGE.unpack(header)
    if magic != _CAPTURE:
        return None
    lacing = file.read(segments)
    body = file.read(sum(lacing))
    blank = header[:22] + b"\0\0\0\0" + header[26:]
    if _checksum(blank + lacing + body) != checksum:
        return None
    return _RawPage(position, number, lacing, body)


def _next_capture(file: BinaryIO, begin: int) -> int:
    """Where the next page may begin, -1 if none does."""
    while True:
        file.seek(begin)
        window = file.read(_STRIDE)
        found = window.find(_CAPTURE)
        if found >= 0:
            return begin + found
        if len(window) < _STRIDE:
            return -1
        begin += _STRIDE - len(_CAPTURE) + 1


def _join(pages: Iterator[_RawPage]) -> bytes:
    """The packet that begins with the next page and ends with one of the pages after it, if it does."""
    packet = b""
    for page in pages:
        packet += page.body
        if page.lacing and page.lacing[-1] < 255:
            break
    return packet


def _lace(packet: bytes) -> bytes:
    return b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])


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
