"""What a button carries: typed, at most 64 bytes (Bot API, `callback_data`), and never trusted."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import ButtonUnknown
from rooms.ids import RoomId


@dataclass(frozen=True, slots=True)
class Confirm:
    """Put the draft on the programme."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class Discard:
    """Forget the draft."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class Cancel:
    """Take this talk off the programme."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class Choose:
    """Of the moments that the words may mean, this one; the rest stands in the command above."""

    starts_at: datetime
    duration: timedelta


Button = Confirm | Discard | Cancel | Choose

_ABOUT_ROOMS: dict[str, type[Confirm | Discard | Cancel]] = {
    "confirm": Confirm,
    "discard": Discard,
    "cancel": Cancel,
}
_DATA = re.compile(r"([a-z]+):([0-9]{1,18})(?::([0-9]{1,7}))?", re.ASCII)


def pack(button: Button) -> str:
    """The button's data."""
    match button:
        case Choose(starts_at=starts_at, duration=duration):
            return f"choose:{int(starts_at.timestamp())}:{int(duration.total_seconds())}"
        case _:
            return f"{type(button).__name__.lower()}:{button.room}"


def unpack(data: str | None) -> Button:
    """The button that the data means; raises `ButtonUnknown` for what `pack` never wrote."""
    found = _DATA.fullmatch(data or "")
    if found is None:
        raise ButtonUnknown
    kind, number, seconds = found.groups()
    if kind in _ABOUT_ROOMS and seconds is None:
        return _ABOUT_ROOMS[kind](RoomId(int(number)))
    if kind == "choose" and seconds is not None:
        try:
            return Choose(datetime.fromtimestamp(int(number), UTC), timedelta(seconds=int(seconds)))
        except (ValueError, OverflowError, OSError) as error:
            raise ButtonUnknown from error
    raise ButtonUnknown
