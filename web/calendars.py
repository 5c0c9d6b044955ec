"""Calendars: a group's talks, or a single one, as iCalendar (RFC 5545) for every calendar app.

Times are in UTC, and each occurrence of a series is an event of its own, so that no app has to know zones or
rules. There are no alarms: whoever subscribed to a programme did not ask to be rung, and whoever wants to be
reminded of a talk has a button for that in the chat.
"""

from collections.abc import Iterator

from rooms.group import Group
from rooms.room import Room, RoomState
from web.bills import Bill, talk_address, talk_id
from web.cleaning import one_line
from web.contentlines import line, moment, text
from web.language import Words
from web.saying import about

CONTENT_TYPE = "text/calendar; charset=utf-8"

_PAUSE = "PT1H"
"""A calendar app need not look for changes more often than this."""

_OFF = frozenset({RoomState.CANCELLED, RoomState.MISSED})

_HEAD = (
    line("BEGIN", "VCALENDAR"),
    line("VERSION", "2.0"),
    line("PRODID", "-//Loggione//Loggione//EN"),
    line("CALSCALE", "GREGORIAN"),
    line("METHOD", "PUBLISH"),
)
_TAIL = (line("END", "VCALENDAR"),)

_EMPTINESS = (
    line("BEGIN", "VTIMEZONE"),
    line("TZID", "UTC"),
    line("BEGIN", "STANDARD"),
    line("DTSTART", "19700101T000000"),
    line("TZOFFSETFROM", "+0000"),
    line("TZOFFSETTO", "+0000"),
    line("END", "STANDARD"),
    line("END", "VTIMEZONE"),
)
"""A calendar must have some component (RFC 5545, section 3.4), so one without talks has this."""


def programme(bill: Bill, words: Words, public_url: str) -> bytes:
    """A calendar to subscribe to (RFC 7986 and what apps knew before it).

    Args:
        bill: the talks.
        words: the group's language.
        public_url: the address under which listeners reach the gallery.
    """
    events = [_event(room, bill.group, words, bill.address_of(room, public_url)) for room in bill.rooms]
    title = text(bill.title)
    head = (
        line("UID", str(bill.id)),
        line("NAME", title),
        line("X-WR-CALNAME", title),
        line("REFRESH-INTERVAL", _PAUSE, value="DURATION"),
        line("X-PUBLISHED-TTL", _PAUSE),
    )
    return b"".join((*_HEAD, *head, *(events or _EMPTINESS), *_TAIL))


def talk(room: Room, group: Group | None, words: Words, public_url: str) -> bytes:
    """A single talk to put into a calendar; it names no address but the talk's own."""
    return b"".join((*_HEAD, _event(room, group, words, talk_address(room, public_url)), *_TAIL))


def _event(room: Room, group: Group | None, words: Words, address: str) -> bytes:
    return b"".join(
        (
            line("BEGIN", "VEVENT"),
            *_identity(room),
            *_what(room, group, words, address),
            line("END", "VEVENT"),
        )
    )


def _identity(room: Room) -> Iterator[bytes]:
    """What lets a calendar recognise the talk, and see which of two versions is the later one."""
    changed_at = moment(room.changed_at)
    yield line("UID", str(talk_id(room)))
    yield line("SEQUENCE", str(room.revision))
    yield line("DTSTAMP", changed_at)
    yield line("LAST-MODIFIED", changed_at)
    yield line("STATUS", "CANCELLED" if room.state in _OFF else "CONFIRMED")


def _what(room: Room, group: Group | None, words: Words, address: str) -> Iterator[bytes]:
    plan = room.plan
    yield line("DTSTART", moment(plan.starts_at))
    yield line("DTEND", moment(plan.ends_at))
    yield line("SUMMARY", text(one_line(plan.title)))
    yield line("DESCRIPTION", text(about(room, words, address)))
    yield line("ORGANIZER", address, cn=plan.host_name)  # demanded of what is published (RFC 5546, 3.2.1)
    yield line("URL", address)
    if group is not None:
        yield line("LOCATION", text(one_line(group.title)))
    if plan.topic is not None:
        yield line("CATEGORIES", text(one_line(plan.topic)))
