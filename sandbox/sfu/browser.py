"""The browser's way to join: an SDP offer read, an SDP answer written (RFC 8829, RFC 8866)."""

import re
import secrets
from dataclasses import dataclass

from sandbox.sfu.native import BadOffer

LONGEST = 100_000
"""Characters of an offer at most."""

MOST_SECTIONS = 32
"""Lines of an offer at most."""

LAST_TYPE = 127
"""The highest payload type that RTP can carry (RFC 3550 section 5.1)."""

LEVEL_URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

LAST_EXTENSION = 14
"""The highest number of a header extension's element (RFC 8285 section 4.2)."""


@dataclass(frozen=True, slots=True)
class BrowserAnswer:
    """The SDP to hand back, and the SSRC of the browser's microphone (0 without one)."""

    sdp: str
    source: int


@dataclass(frozen=True, slots=True)
class Section:
    """An m-line: what it is for and whether the browser sends on it.

    `source` is the SSRC: the browser's where it sends, ours where it receives. `level` is the number of the
    header extension by which it tells how loud its packets are (RFC 6464), None without one.
    """

    mid: str
    sends: bool
    source: int
    level: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """Who wants to join: its certificate's fingerprint, its number for Opus, its m-lines."""

    fingerprint: str
    opus: int
    sections: tuple[Section, ...]

    @property
    def slot_sources(self) -> tuple[int, ...]:
        """The SSRCs by which the browser shall hear others."""
        return tuple(section.source for section in self.sections if not section.sends)

    @property
    def source(self) -> int:
        """The SSRC of the microphone, 0 without one."""
        return 0 if self._microphone is None else self._microphone.source

    @property
    def level(self) -> int | None:
        """The number of the microphone's level among header extensions, None without one."""
        return None if self._microphone is None else self._microphone.level

    @property
    def _microphone(self) -> Section | None:
        return next((section for section in self.sections if section.sends), None)


def read_offer(sdp: str) -> Offer:
    """Read an offer of audio lines in one bundle; raises `BadOffer`."""
    if len(sdp) > LONGEST:
        raise BadOffer(f"an offer of more than {LONGEST} characters")
    head, *bodies = re.split(r"(?m)^(?=m=)", sdp)
    fingerprint = _find(r"(?im)^a=fingerprint:sha-256 ([0-9a-f]{2}(?::[0-9a-f]{2}){31})\r?$", sdp)
    opus = _find(r"(?im)^a=rtpmap:(\d{1,3}) opus/48000", sdp)
    if fingerprint is None or opus is None or int(opus) > LAST_TYPE or not head.startswith("v=0"):
        raise BadOffer("not an offer of Opus over DTLS-SRTP")
    sections = tuple(_section(body) for body in bodies[:MOST_SECTIONS])
    if len({section.mid for section in sections}) != len(bodies):
        raise BadOffer(f"more than {MOST_SECTIONS} lines, or two of the same name")
    return Offer(fingerprint.upper(), int(opus), sections)


def write_answer(offer: Offer, address: tuple[str, int], ice: tuple[str, str], fingerprint: str) -> str:
    """The answer: where to connect, and a line for each line of the offer."""
    mids = " ".join(section.mid for section in offer.sections)
    lines = [
        "v=0",
        f"o=- {secrets.randbits(60)} 1 IN IP4 {address[0]}",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        f"a=group:BUNDLE {mids}",
        "a=msid-semantic: WMS *",
    ]
    for section in offer.sections:
        lines += _answer_section(section, offer.opus, address, ice, fingerprint)
    return "\r\n".join(lines) + "\r\n"


def _answer_section(
    section: Section, opus: int, address: tuple[str, int], ice: tuple[str, str], fingerprint: str
) -> list[str]:
    lines = [
        f"m=audio {address[1]} UDP/TLS/RTP/SAVPF {opus}",
        f"c=IN IP4 {address[0]}",
        f"a=rtcp:{address[1]} IN IP4 {address[0]}",
        f"a=ice-ufrag:{ice[0]}",
        f"a=ice-pwd:{ice[1]}",
        f"a=fingerprint:sha-256 {fingerprint}",
        "a=setup:active",
        f"a=mid:{section.mid}",
        "a=recvonly" if section.sends else "a=sendonly",
        "a=rtcp-mux",
        f"a=rtpmap:{opus} opus/48000/2",
        f"a=fmtp:{opus} minptime=10;useinbandfec=1",
    ]
    if section.level is not None:
        lines.append(f"a=extmap:{section.level} {LEVEL_URI}")
    if not section.sends:
        lines += [
            f"a=msid:slot-{section.mid} slot-{section.mid}",
            f"a=ssrc:{section.source} cname:sandbox",
            f"a=ssrc:{section.source} msid:slot-{section.mid} slot-{section.mid}",
        ]
    lines += [
        f"a=candidate:1 1 udp 2130706431 {address[0]} {address[1]} typ host",
        "a=end-of-candidates",
    ]
    return lines


def _section(body: str) -> Section:
    mid = _find(r"(?m)^a=mid:(\S{1,32})\r?$", body)
    if not body.startswith("m=audio ") or mid is None:
        medium = body[2:20].partition(" ")[0]
        raise BadOffer(f"a line for {medium}: only audio is taken, each line with a mid")
    direction = _find(r"(?m)^a=(sendrecv|sendonly|recvonly|inactive)\r?$", body)
    if direction == "inactive":
        raise BadOffer("a line on which nothing is sent or received")
    sends = direction != "recvonly"
    theirs = _find(r"(?m)^a=ssrc:(\d{1,10}) ", body)
    source = int(theirs or 0) if sends else secrets.randbits(31) | 1
    return Section(mid, sends, source & 0xFFFFFFFF, _level(body) if sends else None)


def _level(body: str) -> int | None:
    found = _find(rf"(?m)^a=extmap:(\d{{1,3}})(?:/\w+)? {re.escape(LEVEL_URI)}(?:\s|$)", body)
    return int(found) if found and 1 <= int(found) <= LAST_EXTENSION else None


def _find(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found.group(1) if found else None
