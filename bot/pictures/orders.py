"""Orders: what can be drawn, and what becomes of an order on the link to the process that draws."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeAlias

from bot.pictures.cover import Cover
from bot.pictures.statistics import Statistics


@dataclass(frozen=True)
class Dressed:
    """A cover on the host's own picture (JPEG, PNG or WebP)."""

    photo: bytes
    cover: Cover


@dataclass(frozen=True)
class Squared:
    """A cover, as a JPEG, to be set on a square ground."""

    cover: bytes


Order: TypeAlias = Cover | Dressed | Squared | Statistics
"""A cover becomes a JPEG, statistics become a PNG."""


class Draws(Protocol):
    """Whoever draws."""

    async def warm_up(self) -> None:
        """Be ready, so that the first picture takes no longer than the next ones."""
        ...

    async def draw(self, order: Order) -> bytes:
        """The picture.

        Raises:
            PictureUnusable: the host's own picture is none.
            NotDrawn: it could not be drawn now.
        """
        ...


class Outcome(IntEnum):
    """What an answer holds."""

    DRAWN = 0
    """A picture."""
    UNUSABLE = 1
    """Nothing: the host's own picture is none."""
    FAILED = 2
    """The traceback of a bug, in UTF-8."""


HEAD = struct.Struct(">BI")
"""Before each answer: its `Outcome`, and how many bytes follow. An order is a pickle, which knows its end."""
