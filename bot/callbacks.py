"""What a button carries: typed, with its seal at most 64 bytes (Bot API, `callback_data`), never trusted."""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar, get_type_hints

from bot.errors import ButtonUnknown

LIMIT = 55
"""Bytes of a button's data; the seal needs the rest."""

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_WORD = re.compile(r"[\w./+-]{1,40}")
_KINDS: dict[str, type[Any]] = {}
_TAGS: dict[type[Any], str] = {}
_TYPES: dict[str, tuple[type[Any], ...]] = {}
_T = TypeVar("_T")


def button(tag: str) -> Callable[[type[_T]], type[_T]]:
    """Register a frozen dataclass as a kind of button, under a short tag of its own.

    Its fields are numbers, flags, instants (to the second), lengths of time (in seconds), members of a
    `StrEnum`, or single words.
    """

    def register(kind: type[_T]) -> type[_T]:
        if tag in _KINDS:
            raise ValueError(f"two kinds of buttons are tagged {tag!r}")
        _KINDS[tag], _TAGS[kind] = kind, tag
        _TYPES[tag] = _field_types(kind)
        return kind

    return register


def mark(text: str) -> str:
    """A short word that stands for a text which is too long for a button."""
    return sha256(text.encode()).hexdigest()[:10]


def pack(button: object) -> str:
    """The button's data; raises ValueError for one that says too much to fit."""
    kind = type(button)
    parts = [_TAGS[kind], *(_written(getattr(button, field.name)) for field in fields(kind))]  # type: ignore[arg-type]
    data = ":".join(parts)
    if len(data.encode()) > LIMIT:
        raise ValueError(f"a button's data {data!r} is too long")
    return data


def unpack(data: str) -> Any:
    """The button that the data means; raises `ButtonUnknown` for what `pack` never wrote."""
    tag, *parts = data.split(":")
    kind = _KINDS.get(tag)
    if kind is None:
        raise ButtonUnknown
    types = _TYPES[tag]
    if len(parts) != len(types):
        raise ButtonUnknown
    try:
        return kind(*(_read(part, wanted) for part, wanted in zip(parts, types, strict=True)))
    except (ValueError, KeyError, OverflowError, OSError) as error:
        raise ButtonUnknown from error


def _field_types(kind: type[Any]) -> tuple[type[Any], ...]:
    hints = get_type_hints(kind)
    return tuple(getattr(hints[field.name], "__supertype__", hints[field.name]) for field in fields(kind))


def _written(value: object) -> str:
    match value:
        case bool():
            return str(int(value))
        case datetime():
            return str(int(value.timestamp()))
        case timedelta():
            return str(int(value.total_seconds()))
        case _:
            return str(value)


def _read(part: str, wanted: type[Any]) -> object:
    if issubclass(wanted, StrEnum):
        return wanted(part)
    if issubclass(wanted, str):
        return _matched(_WORD, part)
    number = int(_matched(_WHOLE_NUMBER, part))
    if issubclass(wanted, datetime):
        return datetime.fromtimestamp(number, UTC)
    if issubclass(wanted, timedelta):
        return timedelta(seconds=number)
    if issubclass(wanted, bool):
        return {0: False, 1: True}[number]
    return wanted(number)


def _matched(pattern: re.Pattern[str], part: str) -> str:
    if not pattern.fullmatch(part):
        raise ValueError(part)
    return part
