"""Chunks: how RTMP cuts its messages for the wire (Adobe's RTMP specification 1.0, section 5.3)."""

import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import IntEnum

from voice.outlets.carrier import ServerLost

CHUNK_SIZE = 4096
"""Bytes in the chunks that we send; those of a server are 128 until it says otherwise."""

LONGEST_MESSAGE = 64 * 1024
"""Bytes; to a publisher a server sends nothing but commands, which are short."""

_MOST_STREAMS = 64
_EXTENDED = 0xFFFFFF
_HEADER_SIZES = (11, 7, 3, 0)
"""Bytes of the message headers of types 0 to 3."""


class Kind(IntEnum):
    """Types of messages (sections 5.4 and 7.1)."""

    SET_CHUNK_SIZE = 1
    ACKNOWLEDGEMENT = 3
    USER_CONTROL = 4
    WINDOW_SIZE = 5
    PEER_BANDWIDTH = 6
    AUDIO = 8
    DATA = 18
    COMMAND_AMF3 = 17
    COMMAND = 20


@dataclass(frozen=True, slots=True)
class Message:
    """One message on a message stream."""

    kind: int
    payload: bytes
    stream: int = 0


def cut(message: Message, channel: int, timestamp: int = 0) -> bytes:
    """The message in chunks on one chunk stream (2 to 63), with a full header before and bare ones within.

    The timestamp is in milliseconds, and begins anew after 2³².
    """
    stamp = timestamp & 0xFFFFFFFF
    extension = struct.pack(">I", stamp) if stamp >= _EXTENDED else b""
    header = min(stamp, _EXTENDED).to_bytes(3, "big") + len(message.payload).to_bytes(3, "big")
    header += bytes([message.kind]) + message.stream.to_bytes(4, "little")
    first, bare = bytes([channel]) + header + extension, bytes([0xC0 | channel]) + extension
    pieces = [message.payload[at : at + CHUNK_SIZE] for at in range(0, len(message.payload), CHUNK_SIZE)]
    return first + bare.join(pieces)


@dataclass(slots=True)
class _Channel:
    """What a chunk stream remembers from one chunk to the next."""

    kind: int = 0
    stream: int = 0
    length: int = 0
    is_extended: bool = False
    received: bytearray = field(default_factory=bytearray)


class ChunkReader:
    """Puts a server's messages together again; `received` counts all bytes."""

    def __init__(self, read: Callable[[int], Awaitable[bytes]]) -> None:
        self.received = 0
        self._read_bytes = read
        self._size = 128
        self._channels: dict[int, _Channel] = {}

    async def message(self) -> Message:
        """The next whole message; raises `ServerLost` where the bytes make no sense."""
        while True:
            shape, channel = await self._begin()
            await self._read_header(shape, channel)
            missing = channel.length - len(channel.received)
            channel.received += await self._read(min(missing, self._size))
            if len(channel.received) == channel.length:
                message = Message(channel.kind, bytes(channel.received), channel.stream)
                channel.received.clear()
                self._heed(message)
                return message

    async def _begin(self) -> tuple[int, _Channel]:
        """The type of the next chunk's header, and its chunk stream (section 5.3.1.1)."""
        (first,) = await self._read(1)
        number = first & 0x3F
        if number < 2:
            number = 64 + int.from_bytes(await self._read(1 + number), "little")
        if number not in self._channels and len(self._channels) >= _MOST_STREAMS:
            raise ServerLost("too many chunk streams")
        return first >> 6, self._channels.setdefault(number, _Channel())

    async def _read_header(self, shape: int, channel: _Channel) -> None:
        """Take over what the header says; the rest stays as it was (section 5.3.1.2), but for the time."""
        header = await self._read(_HEADER_SIZES[shape])
        if header:
            channel.is_extended = header[:3] == _EXTENDED.to_bytes(3, "big")
        if len(header) >= 7:
            channel.length = int.from_bytes(header[3:6], "big")
            channel.kind = header[6]
        if len(header) == 11:
            channel.stream = int.from_bytes(header[7:], "little")
        if channel.is_extended:
            await self._read(4)
        if not len(channel.received) <= channel.length <= LONGEST_MESSAGE:
            raise ServerLost("a message of an impossible length")

    def _heed(self, message: Message) -> None:
        """Follow what changes the cutting itself (section 5.4.1)."""
        if message.kind != Kind.SET_CHUNK_SIZE:
            return
        size = int.from_bytes(message.payload[:4], "big")
        if not 0 < size < 1 << 31:
            raise ServerLost("an impossible chunk size")
        self._size = size

    async def _read(self, length: int) -> bytes:
        data = await self._read_bytes(length) if length else b""
        self.received += len(data)
        return data
