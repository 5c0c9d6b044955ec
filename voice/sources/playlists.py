"""Playlists: those of HLS (RFC 8216), and the lists in which stations hide their address (M3U, PLS)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

SEGMENTS = 20_000
"""Segments that are read of one playlist: more than a day in pieces of five seconds."""

LONGEST = 60.0
"""Seconds that a segment lasts at most."""

_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^",]*)')
_PLS_ENTRY = re.compile(r"^File\d+\s*=\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class PlaylistMalformed(Exception):
    """The text is no playlist that could be followed."""


@dataclass(frozen=True, slots=True)
class Range:
    """A part of what is at an address: so many bytes from an offset."""

    length: int
    offset: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What is at an address, or a part of it."""

    url: str
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """AES-128 in CBC; without `iv` the segment's number is the vector (RFC 8216, 5.2)."""

    url: str
    iv: bytes | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A few seconds of sound; `head` (EXT-X-MAP) goes before the first one that has it."""

    number: int
    piece: Piece
    seconds: float
    head: Piece | None
    key: Key | None


@dataclass(frozen=True, slots=True)
class MediaPlaylist:
    """Segments in order; a playlist that is not over has others later."""

    segments: tuple[Segment, ...]
    target: float
    is_over: bool


def is_hls(text: str) -> bool:
    """Whether a playlist is one of HLS, and not just a list of addresses."""
    return text.lstrip("\ufeff").startswith("#EXTM3U") and "#EXT-X-" in text


def first_address(text: str, base: str) -> str:
    """The first address in an M3U or PLS list; raises `PlaylistMalformed` when there is none."""
    if text.lstrip("\ufeff \r\n").lower().startswith("[playlist]"):
        found = _PLS_ENTRY.search(text)
        addresses = iter([found[1]] if found else [])
    else:
        addresses = (line for line in _lines(text) if not line.startswith("#"))
    return _joined(base, next(addresses, ""))


def choose_variant(text: str, base: str) -> str | None:
    """The address of a master playlist's best sound; None when the playlist is no master playlist.

    Sound alone goes before sound with pictures, of which the fewest bytes are taken.
    """
    renditions: dict[str, str] = {}
    variants: list[tuple[dict[str, str], str]] = []
    described: dict[str, str] | None = None
    for line in _lines(text):
        tag, _, value = line.partition(":")
        if tag == "#EXT-X-MEDIA":
            _note_rendition(_attributes(value), renditions)
        elif tag == "#EXT-X-STREAM-INF":
            described = _attributes(value)
        elif not line.startswith("#") and described is not None:
            variants.append((described, line))
            described = None
    if not variants:
        return None
    chosen, url = min(variants, key=lambda variant: _preference(variant[0]))
    return _joined(base, renditions.get(chosen.get("AUDIO", ""), url))


def read_media(text: str, base: str) -> MediaPlaylist:
    """A media playlist; raises `PlaylistMalformed`."""
    try:
        return _Reading(base).read(_lines(text))
    except (ValueError, OverflowError) as error:
        raise PlaylistMalformed(str(error)) from error


class _Reading:
    """The state of a media playlist while its lines go by."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._segments: list[Segment] = []
        self._number = 0
        self._target = 0.0
        self._is_over = False
        self._seconds = 0.0
        self._range: Range | None = None
        self._range_end = 0
        self._head: Piece | None = None
        self._key: Key | None = None

    def read(self, lines: Iterator[str]) -> MediaPlaylist:
        for line in lines:
            if line.startswith("#"):
                self._take_tag(*line.partition(":")[::2])
            elif len(self._segments) < SEGMENTS:
                self._take_address(line)
        if not self._target > 0:  # nor if it is no number
            raise PlaylistMalformed("no target duration")
        return MediaPlaylist(tuple(self._segments), self._target, self._is_over)

    def _take_tag(self, tag: str, value: str) -> None:
        match tag:
            case "#EXTINF":
                self._seconds = min(LONGEST, max(0.0, float(value.partition(",")[0])))
            case "#EXT-X-TARGETDURATION":
                self._target = min(float(value), LONGEST)
            case "#EXT-X-MEDIA-SEQUENCE":
                self._number = int(value)
            case "#EXT-X-ENDLIST":
                self._is_over = True
            case "#EXT-X-BYTERANGE":
                self._range = self._read_range(value)
            case "#EXT-X-MAP":
                self._head = self._read_map(_attributes(value))
            case "#EXT-X-KEY":
                self._key = self._read_key(_attributes(value))

    def _take_address(self, line: str) -> None:
        piece = Piece(_joined(self._base, line), self._range)
        self._segments.append(Segment(self._number, piece, self._seconds, self._head, self._key))
        self._number += 1
        self._range = None

    def _read_range(self, text: str) -> Range:
        length, _, offset = text.partition("@")
        found = Range(int(length), int(offset) if offset else self._range_end)
        if found.length <= 0 or found.offset < 0:
            raise PlaylistMalformed("an impossible byte range")
        self._range_end = found.offset + found.length
        return found

    def _read_map(self, attributes: dict[str, str]) -> Piece:
        part = attributes.get("BYTERANGE")
        return Piece(_joined(self._base, attributes.get("URI", "")), self._read_range(part) if part else None)

    def _read_key(self, attributes: dict[str, str]) -> Key | None:
        method = attributes.get("METHOD")
        if method == "NONE":
            return None
        if method != "AES-128":
            raise PlaylistMalformed(f"encrypted by {method}")
        iv = attributes.get("IV")
        vector = None if iv is None else int(iv, 16).to_bytes(16, "big")
        return Key(_joined(self._base, attributes.get("URI", "")), vector)


def _note_rendition(attributes: dict[str, str], renditions: dict[str, str]) -> None:
    """Keep the address of a group's default rendition, or else of its first."""
    group, url = attributes.get("GROUP-ID", ""), attributes.get("URI")
    if (
        attributes.get("TYPE") == "AUDIO"
        and url
        and (group not in renditions or attributes.get("DEFAULT") == "YES")
    ):
        renditions[group] = url


def _preference(attributes: dict[str, str]) -> tuple[bool, int]:
    bandwidth = int(number[:12]) if (number := attributes.get("BANDWIDTH", "")).isdecimal() else 0
    codecs = [codec.strip() for codec in attributes.get("CODECS", "").split(",")]
    is_sound = all(
        codec.startswith(("mp4a", "ac-3", "ec-3", "opus", "Opus", "fLaC", "flac")) for codec in codecs
    )
    has_pictures = "RESOLUTION" in attributes or not is_sound
    return has_pictures, bandwidth if has_pictures else -bandwidth


def _attributes(text: str) -> dict[str, str]:
    return {found[1]: found[2].strip('"') for found in _ATTRIBUTE.finditer(text)}


def _lines(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text.lstrip("\ufeff").splitlines())
    return (line for line in lines if line)


def _joined(base: str, address: str) -> str:
    if not address:
        raise PlaylistMalformed("no address")
    try:
        return urljoin(base, address)
    except ValueError as error:
        raise PlaylistMalformed("no address") from error
