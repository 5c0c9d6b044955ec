"""The wire between the main process and a relay process: how messages become bytes, and bytes messages."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from voice.messages.commands import Command
from voice.messages.reports import Report

MAX_MESSAGE = 4 << 20
"""Bytes; a longer message means that the wire is out of step. A stage of thousands is shorter."""

_LENGTH = struct.Struct("!I")


def _plain(value: Any) -> str:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError


def _path(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)


class WireBroken(Exception):
    """What came over the wire is no message of ours."""


_Incoming = TypeVar("_Incoming")


def frame(message: Command | Report) -> bytes:
    """The message as msgpack behind its length, 4 bytes big-endian."""
    body = _ENCODER.encode(message)
    return _LENGTH.pack(len(body)) + body


class Unframer(Generic[_Incoming]):
    """Finds the messages of one direction in a stream of bytes, however it is cut."""

    def __init__(self, kind: Any) -> None:  # no type[…]: a union of messages is none
        self._decoder: msgspec.msgpack.Decoder[_Incoming] = msgspec.msgpack.Decoder(kind, dec_hook=_path)
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
