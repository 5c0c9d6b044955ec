"""Atom: a group's talks as a feed (RFC 4287), what was changed last first."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from rooms.room import Room, RoomState
from web.bills import Bill, talk_id
from web.cleaning import one_line
from web.language import Words
from web.saying import about, span

CONTENT_TYPE = "application/atom+xml; charset=utf-8"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed in which there is nothing yet; each feed must say some instant."""


def feed(bill: Bill, words: Words, public_url: str) -> bytes:
    """The feed as a document.

    Args:
        bill: the talks.
        words: the group's language.
        public_url: the address under which listeners reach the gallery.
    """
    rooms = sorted(bill.rooms, key=lambda room: (room.changed_at, room.id), reverse=True)
    address = f"{public_url}{bill.path}"
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": words.language})
    _say(root, "id", bill.id.urn)
    _say(root, "title", bill.title)
    _say(root, "updated", _stamp(rooms[0].changed_at if rooms else _NEVER))
    _say(SubElement(root, "author"), "name", bill.group.title)
    _say(root, "generator", "Loggione")
    SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{address}/feed.atom")
    SubElement(root, "link", rel="alternate", type="text/html", href=address)
    for room in rooms:
        _enter(root, room, bill, words, public_url)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _enter(root: Element, room: Room, bill: Bill, words: Words, public_url: str) -> None:
    plan, address = room.plan, bill.address_of(room, public_url)
    entry = SubElement(root, "entry")
    _say(entry, "id", talk_id(room).urn)
    _say(entry, "title", _headline(room, words))
    _say(entry, "updated", _stamp(room.changed_at))
    _say(SubElement(entry, "author"), "name", plan.host_name)
    SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    if plan.topic is not None:
        SubElement(entry, "category", term=one_line(plan.topic))
    time = span(room, bill.group.zone, words.language)
    summary = SubElement(entry, "summary", type="text")
    summary.text = f"{time}\n\n{about(room, words, address)}"


def _headline(room: Room, words: Words) -> str:
    if room.state is RoomState.CANCELLED:
        return words.gettext("Cancelled: {title}").format(title=room.plan.title)
    if room.state is RoomState.MISSED:
        return words.gettext("Did not take place: {title}").format(title=room.plan.title)
    return room.plan.title


def _say(parent: Element, name: str, content: str) -> None:
    SubElement(parent, name).text = one_line(content)


def _stamp(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
