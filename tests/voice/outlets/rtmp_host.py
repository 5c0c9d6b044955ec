"""The other side of RTMP, as far as tests need it; written apart from ours, lest both be wrong together."""

import asyncio
import struct
from dataclasses import dataclass

from voice.outlets import amf
from voice.outlets.chunks import Kind


@dataclass(frozen=True)
class Heard:
    kind: int
    timestamp: int
    stream: int
    payload: bytes

    @property
    def words(self) -> list[amf.Value]:
        """The payload of a command or of data."""
        return amf.read(self.payload)


class RtmpHost:
    """Takes what a publisher sends, who begins each message with a full header."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._chunk = 128

    async def shake_hands(self) -> None:
        hello = await self._reader.readexactly(1537)
        assert hello[0] == 3
        ours = bytes(range(256)) * 6
        self._writer.write(b"\x03" + ours + hello[1:])
        assert await self._reader.readexactly(1536) == ours

    async def hear(self) -> Heard:
        """The next message."""
        header = await self._reader.readexactly(12)
        assert header[0] >> 6 == 0
        stamp, length = int.from_bytes(header[1:4], "big"), int.from_bytes(header[4:7], "big")
        if is_long := stamp == 0xFFFFFF:
            (stamp,) = struct.unpack(">I", await self._reader.readexactly(4))
        payload = await self._reader.readexactly(min(length, self._chunk))
        while len(payload) < length:
            bare = await self._reader.readexactly(5 if is_long else 1)
            assert bare[0] == 0xC0 | header[0]
            payload += await self._reader.readexactly(min(length - len(payload), self._chunk))
        if header[7] == Kind.SET_CHUNK_SIZE:
            (self._chunk,) = struct.unpack(">I", payload)
        return Heard(header[7], stamp, int.from_bytes(header[8:12], "little"), payload)

    async def hear_command(self, name: str) -> list[amf.Value]:
        """The next command of this name; what comes before is passed over."""
        while True:
            heard = await self.hear()
            if heard.kind == Kind.COMMAND and heard.words[0] == name:
                return heard.words

    def send(self, kind: int, payload: bytes) -> None:
        """A message of at most 128 bytes."""
        assert len(payload) <= 128
        self._writer.write(
            b"\x03" + bytes(3) + len(payload).to_bytes(3, "big") + bytes([kind]) + bytes(4) + payload
        )

    def command(self, *words: amf.Value) -> None:
        self.send(Kind.COMMAND, amf.write(*words))

    def status(self, code: str, level: str = "status") -> None:
        self.command("onStatus", 0, None, {"level": level, "code": code})

    async def let_publish(self) -> list[amf.Value]:
        """Agree to everything; what the publisher asked for at last."""
        await self.shake_hands()
        await self.hear_command("connect")
        self.command("_result", 1, {"fmsVer": "x"}, {"code": "NetConnection.Connect.Success"})
        create = await self.hear_command("createStream")
        self.command("_result", create[1], None, 1)
        publish = await self.hear_command("publish")
        self.status("NetStream.Publish.Start")
        return publish
