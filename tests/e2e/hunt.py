"""The hunt: whether something that was planted stands in any file of a folder, however it is written."""

import base64
import ipaddress
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

_COMPRESSED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
"""How streams of zlib (RFC 1950) and gzip (RFC 1952) begin; they may begin anywhere."""

_UNPACKED = 1 << 20
"""Bytes of a compressed stream that are looked at."""

_SHORTEST = 6
"""Bytes of a form below which it could be anywhere by chance."""


def forms_of(canary: str) -> Mapping[str, bytes]:
    """The ways in which a text or an address may have been written down: patterns, by their names."""
    plain = canary.encode()
    texts = {
        "text": plain,
        "UTF-16": canary.encode("utf-16-le"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        **{f"base64, {shift} bytes in": _base64(plain, shift) for shift in range(3)},
    }
    forms = {name: re.escape(written) for name, written in {**texts, **_numbers(canary)}.items()}
    with suppress(ValueError):
        forms["socket address"] = rb"\x02\0.." + re.escape(ipaddress.IPv4Address(canary).packed)
    return forms


def _numbers(canary: str) -> Mapping[str, bytes]:
    """The ways to write down an address as a number; none for what is no address."""
    try:
        address = ipaddress.ip_address(canary)
    except ValueError:
        return {}
    packed = address.packed
    return {
        "number": str(int(address)).encode(),
        "packed": b"\xff\xff" + packed if address.version == 4 else packed,
        "packed hex": packed.hex().encode(),
        "reversed hex": packed[::-1].hex().encode(),
        "packed base64": base64.b64encode(packed).rstrip(b"="),
    }


def found(folder: Path, canaries: Mapping[str, str]) -> list[str]:
    """Where each canary stands: "file: name as form", once for each of them."""
    patterns = {
        (name, form): re.compile(pattern, re.DOTALL)
        for name, canary in canaries.items()
        for form, pattern in forms_of(canary).items()
    }
    traces = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        content = [str(path.relative_to(folder)).encode(), path.read_bytes()]
        content += _unpacked(content[1])
        for (name, form), pattern in patterns.items():
            if any(pattern.search(part) for part in content):
                traces.append(f"{path.relative_to(folder)}: {name} as {form}")
    return traces


def _base64(plain: bytes, shift: int) -> bytes:
    """What is the same in Base64 whatever stands before and after it, in all three places it may begin at."""
    encoded = base64.b64encode(b"\0" * shift + plain + b"\0" * (-(len(plain) + shift) % 3))
    begin = -(-shift * 8 // 6)
    return encoded[begin : (len(plain) + shift) * 8 // 6]


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What is in every compressed stream, wherever it begins."""
    for match in _COMPRESSED.finditer(content):
        window = zlib.MAX_WBITS | (16 if match[0][:1] == b"\x1f" else 0)
        try:
            unpacked = zlib.decompressobj(window).decompress(content[match.start() :], _UNPACKED)
        except zlib.error:
            continue
        if len(unpacked) >= _SHORTEST:
            yield unpacked
