"""Embedding: what other sites are told of a talk, so that they can show a player of it (oEmbed 1.0).

https://oembed.com: one JSON document for each address of ours; nobody else's addresses are answered for.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from rooms.listening import View
from web.cleaning import one_line

WIDTH, HEIGHT = 480, 200
"""Pixels of a player; less, where less is asked for."""

COVER_WIDTH, COVER_HEIGHT = 1280, 720


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a player may be, in pixels."""

    width: int
    height: int


class NotOurs(Exception):
    """An address was asked about that is no talk's of this gallery."""


class FrameUnreadable(Exception):
    """The size that is asked for is no number of pixels."""


def key_in(address: str | None, public_url: str) -> str:
    """The unguessable part of a talk's address; raises `NotOurs`."""
    begin = f"{public_url}/l/"
    if address is None or not address.startswith(begin):
        raise NotOurs
    return address.removeprefix(begin).partition("?")[0].partition("#")[0].rstrip("/")


def frame_of(query: Mapping[str, str]) -> Frame:
    """The size by `maxwidth` and `maxheight`; raises `FrameUnreadable`."""
    return Frame(_least(WIDTH, query.get("maxwidth")), _least(HEIGHT, query.get("maxheight")))


def told(view: View, frame: Frame, public_url: str) -> bytes:
    """The document: a player of what everybody with the link may hear, else a mere link."""
    address = f"{public_url}/l/{view.room.listen_key}"
    title = one_line(view.room.plan.title)
    document: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": title,
        "author_name": one_line(view.group.title) if view.group else "",
        "provider_name": "Loggione",
        "provider_url": public_url,
        "cache_age": 300,
    }
    if view.is_admitted:
        document |= {
            "type": "rich",
            "html": _iframe(f"{address}/embed", title, frame),
            "width": frame.width,
            "height": frame.height,
        }
    if frame.width >= WIDTH:
        document |= {
            "thumbnail_url": f"{address}/cover.jpg",
            "thumbnail_width": COVER_WIDTH,
            "thumbnail_height": COVER_HEIGHT,
        }
    return json.dumps(document, ensure_ascii=False).encode()


def _iframe(address: str, title: str, frame: Frame) -> str:
    """A frame that may do nothing but play and open the talk's page, and is told not to say where it is."""
    return (
        f'<iframe src="{escape(address)}" width="{frame.width}" height="{frame.height}" '
        f'title="{escape(title)}" loading="lazy" referrerpolicy="no-referrer" '
        f'sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0;max-width:100%"></iframe>'
    )


def _least(usual: int, most: str | None) -> int:
    if most is None:
        return usual
    if not most.isascii() or not most.isdigit() or not 0 < len(most) < 7 or int(most) == 0:
        raise FrameUnreadable
    return min(usual, int(most))
