"""An RTMP session: the handshake, commands and answers, and what keeps a server content in between."""

import math
import os
from collections.abc import AsyncIterator

from voice.outlets import amf
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.chunks import CHUNK_SIZE, ChunkReader, Kind, Message, cut
from voice.outlets.connection import Connection

_VERSION = b"\x03"
_HELLO = 1536
"""Bytes of each side's random words (RTMP 1.0, section 5.2.3)."""

_PING, _PONG = 6, 7
_CONTROL, _COMMANDS, _SOUND = 2, 3, 4
"""Chunk streams."""


class RtmpSession:
    """One connection to an RTMP server. To be entered by `begin`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._reader = ChunkReader(connection.read)
        self._window: float = math.inf
        self._acknowledged = 0

    async def begin(self) -> None:
        """Shake hands (section 5.2), without the digests that only Flash files needed."""
        await self._connection.send(_VERSION + bytes(8) + os.urandom(_HELLO - 8))
        if await self._connection.read(1) != _VERSION:
            raise ServerRefused("it does not speak RTMP")
        hello = await self._connection.read(_HELLO)
        await self._connection.send(hello)
        await self._connection.read(_HELLO)
        await self._control(Kind.SET_CHUNK_SIZE, CHUNK_SIZE.to_bytes(4, "big"))

    async def command(self, name: str, number: int, *arguments: amf.Value, stream: int = 0) -> None:
        """Send a command; its number is 0 where no answer is awaited."""
        message = Message(Kind.COMMAND, amf.write(name, number, *arguments), stream)
        await self._connection.send(cut(message, _COMMANDS))

    async def describe(self, stream: int, facts: dict[str, amf.Value]) -> None:
        """Tell the stream's metadata."""
        message = Message(Kind.DATA, amf.write("@setDataFrame", "onMetaData", facts), stream)
        await self._connection.send(cut(message, _SOUND))

    async def sound(self, stream: int, *tags: tuple[int, bytes]) -> None:
        """Send bodies of FLV audio tags, each with its timestamp in milliseconds, all at once."""
        messages = [cut(Message(Kind.AUDIO, body, stream), _SOUND, stamp) for stamp, body in tags]
        await self._connection.send(b"".join(messages))

    async def commands(self) -> AsyncIterator[list[amf.Value]]:
        """The server's commands, as they come: name, number, and what belongs to them.

        Everything else that it may send is answered on the way.
        """
        while True:
            message = await self._reader.message()
            await self._acknowledge()
            if message.kind in (Kind.COMMAND, Kind.COMMAND_AMF3):
                yield _read_command(message)
            else:
                await self._heed(message)

    async def _heed(self, message: Message) -> None:
        """Do as a control message says (sections 5.4 and 6.2)."""
        if message.kind == Kind.WINDOW_SIZE:
            self._window = int.from_bytes(message.payload[:4], "big") or math.inf
        elif message.kind == Kind.PEER_BANDWIDTH:
            await self._control(Kind.WINDOW_SIZE, message.payload[:4])
        elif message.kind == Kind.USER_CONTROL and message.payload[:2] == _PING.to_bytes(2, "big"):
            await self._control(Kind.USER_CONTROL, _PONG.to_bytes(2, "big") + message.payload[2:6])

    async def _acknowledge(self) -> None:
        """Say how much has come, whenever the server wants to know (section 5.4.3)."""
        received = self._reader.received
        if received - self._acknowledged >= self._window:
            self._acknowledged = received
            await self._control(Kind.ACKNOWLEDGEMENT, (received & 0xFFFFFFFF).to_bytes(4, "big"))

    async def _control(self, kind: Kind, payload: bytes) -> None:
        await self._connection.send(cut(Message(kind, payload), _CONTROL))


def _read_command(message: Message) -> list[amf.Value]:
    """Name, number and the rest; a command "in AMF 3" has a byte before them and is AMF 0 all the same."""
    try:
        command = amf.read(message.payload[message.kind == Kind.COMMAND_AMF3 :])
    except amf.NotAmf as error:
        raise ServerLost("an unreadable command") from error
    if len(command) < 2:
        raise ServerLost("half a command")
    return command
