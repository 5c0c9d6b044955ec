"""The wire between the main process and the relay process: its messages and how they become bytes."""

import struct
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Generic, TypeVar

import msgspec

from rooms.ids import ChatId, RoomId
from rooms.records import Gap
from rooms.stage import Stage

MAX_MESSAGE = 1 << 20
"""Bytes; a longer message means that the wire is out of step."""

_LENGTH = struct.Struct("!I")


class WireBroken(Exception):
    """What came over the wire is no message of ours."""


class _Message(msgspec.Struct, frozen=True, tag=True, array_like=True):
    pass


class Begin(_Message, frozen=True, tag=True):
    """Connect the relay account: no other process has it any more. Done when commands are welcome."""

    id: int


class Open(_Message, frozen=True, tag=True):
    """Be in the call. `began` is when the room's clock began, in seconds of the machine's monotonic clock."""

    id: int
    room: RoomId
    chat: ChatId
    title: str
    is_live: bool
    is_recorded: bool
    began: float


class GoLive(_Message, frozen=True, tag=True):
    """Let the talk begin."""

    id: int
    room: RoomId


class Close(_Message, frozen=True, tag=True):
    """End the call and finish the recording."""

    id: int
    room: RoomId


class Ping(_Message, frozen=True, tag=True):
    """Are you there?"""

    id: int


Command = Begin | Open | GoLive | Close | Ping


class TurnedAway(_Message, frozen=True, tag=True):
    """Carries `AccountRefused`: the process ends, and another one would fare no better."""

    reason: str


class Finished(_Message, frozen=True, tag=True):
    """A finished recording."""

    path: str
    duration: timedelta
    gaps: tuple[Gap, ...]


class Done(_Message, frozen=True, tag=True):
    """The command of this id was carried out."""

    id: int
    recording: Finished | None = None


class Refused(_Message, frozen=True, tag=True):
    """The command of this id met a `CallRefused`; `kind` is its class's name."""

    id: int
    kind: str
    chat: ChatId
    reason: str


class StageMoved(_Message, frozen=True, tag=True):
    """Carries `StageChanged`."""

    room: RoomId
    stage: Stage


class Ended(_Message, frozen=True, tag=True):
    """Carries `CallEnded`."""

    room: RoomId


class Sound(_Message, frozen=True, tag=True):
    """Carries a `Packet`."""

    room: RoomId
    at: int
    opus: bytes
    level: int


Report = TurnedAway | Done | Refused | StageMoved | Ended | Sound

_Incoming = TypeVar("_Incoming")


def frame(message: Command | Report) -> bytes:
    """The message as msgpack behind its length, 4 bytes big-endian."""
    body = msgspec.msgpack.encode(message)
    return _LENGTH.pack(len(body)) + body


class Unframer(Generic[_Incoming]):
    """Finds the messages of one direction in a stream of bytes, however it is cut."""

    def __init__(self, kind: Any) -> None:  # no type[…]: a union of messages is none
        self._decoder: msgspec.msgpack.Decoder[_Incoming] = msgspec.msgpack.Decoder(kind)
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[_Incoming]:
        """The messages that these bytes complete; raises `WireBroken`."""
        self._pending += data
        while len(self._pending) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._pending)
            if length > MAX_MESSAGE:
                raise WireBroken(f"a message of {length} bytes")
            end = _LENGTH.size + length
            if len(self._pending) < end:
                return
            body = bytes(self._pending[_LENGTH.size : end])
            del self._pending[:end]
            try:
                yield self._decoder.decode(body)
            except msgspec.MsgspecError as error:
                raise WireBroken(str(error)) from error
