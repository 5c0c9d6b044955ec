"""AMF 0, the notation of RTMP's commands (Adobe's Action Message Format specification of 2007)."""

import struct
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum

Value = float | bool | str | None | Mapping[str, "Value"] | Sequence["Value"]

DEEPEST = 8
"""Objects within objects at most."""


class NotAmf(Exception):
    """The bytes are no AMF 0, or of a kind that commands never hold."""


class _Kind(IntEnum):
    """Markers (section 2.1)."""

    NUMBER = 0
    BOOLEAN = 1
    STRING = 2
    OBJECT = 3
    NULL = 5
    UNDEFINED = 6
    ECMA_ARRAY = 8
    OBJECT_END = 9
    STRICT_ARRAY = 10
    DATE = 11
    LONG_STRING = 12


def write(*values: Value) -> bytes:
    """The values one after the other: numbers, booleans, None, strings up to 64 KiB, mappings as objects."""
    return b"".join(_write(value) for value in values)


def read(data: bytes) -> list[Value]:
    """All values; raises `NotAmf`."""
    try:
        return _Reading(data).values()
    except (struct.error, ValueError) as error:
        raise NotAmf from error


def _write(value: Value) -> bytes:
    match value:
        case None:
            return bytes([_Kind.NULL])
        case bool():
            return bytes([_Kind.BOOLEAN, value])
        case int() | float():
            return bytes([_Kind.NUMBER]) + struct.pack(">d", value)
        case str():
            return bytes([_Kind.STRING]) + _text(value)
        case Mapping():
            pairs = b"".join(_text(name) + _write(inner) for name, inner in value.items())
            return bytes([_Kind.OBJECT]) + pairs + _text("") + bytes([_Kind.OBJECT_END])
    raise TypeError(f"{type(value).__name__} in a command")


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">H", len(data)) + data


class _Reading:
    """A place in the bytes that moves on."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._depth = 0
        self._readers: dict[int, Callable[[], Value]] = {
            _Kind.NUMBER: self._number,
            _Kind.BOOLEAN: lambda: self._take(1) != b"\0",
            _Kind.STRING: lambda: self._text(">H"),
            _Kind.OBJECT: self._object,
            _Kind.NULL: lambda: None,
            _Kind.UNDEFINED: lambda: None,
            _Kind.ECMA_ARRAY: self._ecma_array,
            _Kind.STRICT_ARRAY: self._strict_array,
            _Kind.DATE: self._date,
            _Kind.LONG_STRING: lambda: self._text(">I"),
        }

    def values(self) -> list[Value]:
        values = []
        while self._at < len(self._data):
            values.append(self._value())
        return values

    def _value(self) -> Value:
        reader = self._readers.get(self._take(1)[0])
        if reader is None or self._depth >= DEEPEST:
            raise NotAmf
        self._depth += 1
        value = reader()
        self._depth -= 1
        return value

    def _object(self) -> Value:
        pairs: dict[str, Value] = {}
        while name := self._text(">H"):
            pairs[name] = self._value()
        if self._take(1)[0] != _Kind.OBJECT_END:
            raise NotAmf
        return pairs

    def _ecma_array(self) -> Value:
        self._take(4)
        return self._object()

    def _strict_array(self) -> Value:
        (count,) = struct.unpack(">I", self._take(4))
        return [self._value() for _ in range(count)]

    def _date(self) -> Value:
        milliseconds = self._number()
        self._take(2)
        return milliseconds

    def _number(self) -> float:
        (number,) = struct.unpack(">d", self._take(8))
        return float(number)

    def _text(self, size: str) -> str:
        (length,) = struct.unpack(size, self._take(struct.calcsize(size)))
        return self._take(length).decode()

    def _take(self, length: int) -> bytes:
        piece = self._data[self._at : self._at + length]
        if len(piece) < length:
            raise NotAmf
        self._at += length
        return piece
