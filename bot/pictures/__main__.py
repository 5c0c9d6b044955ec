"""The process that draws: answers orders over the socket that its argument names, until its other end closes.

`python -m bot.pictures <file descriptor>`. It opens pictures of strangers, and so what it answers is bytes,
never pickles, and nothing secret is in its environment.
"""

import os
import pickle
import socket
import sys
import traceback
from contextlib import suppress
from functools import lru_cache

from bot.errors import PictureUnusable
from bot.pictures.cover import Cover
from bot.pictures.orders import HEAD, Dressed, Order, Outcome, Squared
from bot.pictures.painting import draw_cover, dress_cover
from bot.pictures.squares import squared
from bot.pictures.statistics import Statistics

KEPT = 16
"""Covers that are kept, some 100 KB each: a talk's card may go to several chats, and be sent again."""

USUAL = (
    Cover("Loggione", "18:30", "Europe/Rome", "Loggione", "Loggione"),
    Cover("🎭 " + "Loggione " * 20, "18:30", "Europe/Rome", "Loggione", "Loggione", badge="Loggione"),
)
"""A short and a long title: with both, every font is found and the theatre painted in both breadths."""


def main() -> None:
    """Warm up, say so by an empty answer, then draw until nobody asks any more."""
    os.nice(max(0, -os.nice(0)))  # sound comes first, a picture does not
    with socket.socket(fileno=int(sys.argv[-1])) as link, suppress(ConnectionError, EOFError):
        for cover in USUAL:
            draw_cover(cover)
        _say(link, Outcome.DRAWN, b"")
        with link.makefile("rb") as orders:
            while True:
                _say(link, *_answer(pickle.load(orders)))  # noqa: S301  # from the bot itself


def _say(link: socket.socket, outcome: Outcome, content: bytes) -> None:
    link.sendall(HEAD.pack(outcome, len(content)) + content)


def _answer(order: Order) -> tuple[Outcome, bytes]:
    try:
        return Outcome.DRAWN, drawn(order)
    except PictureUnusable:
        return Outcome.UNUSABLE, b""
    except Exception:  # noqa: BLE001  # told to whoever asked
        return Outcome.FAILED, traceback.format_exc().encode()


def drawn(order: Order) -> bytes:
    """The picture; raises PictureUnusable."""
    match order:
        case Cover():
            return _cover(order)
        case Dressed():
            return dress_cover(order.photo, order.cover)
        case Squared():
            return squared(order.cover)
        case Statistics():
            from bot.pictures.sheet import draw_sheet  # noqa: PLC0415  # with matplotlib, which weighs much

            return draw_sheet(order)


_cover = lru_cache(maxsize=KEPT)(draw_cover)


if __name__ == "__main__":
    main()
