"""Streams of chunks that tell their number."""

from tests.web.wires import Wire
from web.fanout import Channel, Listener

CHUNK = 400


def chunk(number: int) -> bytes:
    return b"%06d" % number * (CHUNK // 6)


SIZE = len(chunk(0))


def numbers(stream: bytes, lead: bytes = b"") -> list[int]:
    """The numbers of the chunks in a stream, which must be whole."""
    assert stream.startswith(lead)
    stream = stream[len(lead) :]
    found = [int(stream[at : at + 6]) for at in range(0, len(stream), SIZE)]
    assert stream == b"".join(chunk(number) for number in found)
    return found


def joined(channel: Channel, wire: Wire, head: bytes = b"", *, is_framed: bool = False) -> Listener:
    listener = Listener(wire.line, head, is_framed=is_framed)
    channel.join(listener)
    return listener
