"""A reader of MP4 boxes, which believes nothing."""

import struct
from collections.abc import Iterator

HOLDERS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"mvex", b"moof", b"traf"))


def boxes(content: bytes, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Each box with its path, such as "moof/traf/tfdt", and its content; raises unless all lengths fit."""
    at = 0
    while at < len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        assert 8 <= size <= len(content) - at, f"{path}/{name!r} is {size} bytes long"
        body = content[at + 8 : at + size]
        here = f"{path}/{name.decode('ascii')}".lstrip("/")
        yield here, body
        if name in HOLDERS:
            yield from boxes(body, here)
        at += size
