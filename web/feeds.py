"""Feeds: calendars and news of a programme, written once for all who ask, until something changes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import NullTranslations

from rooms.listening import Gallery
from rooms.ports import Clock
from web import atom, calendars
from web.bills import Bill
from web.filenames import file_name
from web.language import Words, words_of
from web.saying import UTC

KEPT = timedelta(days=30)
"""How long talks stay in a programme's calendar and feed after they are over, or were to be."""

_MOST = 100
"""Feeds kept in memory; others are written anew each time."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a bill in some language, with links that begin with the gallery's address."""

    write: Callable[[Bill, Words, str], bytes]
    content_type: str
    ending: str


WRITERS: Mapping[str, Writer] = {
    "calendar.ics": Writer(calendars.programme, calendars.CONTENT_TYPE, "ics"),
    "feed.atom": Writer(atom.feed, atom.CONTENT_TYPE, "atom"),
}
"""The writers by what follows a programme's address."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A document that is the same for all who ask, and tells nothing of them.

    `tag` is another one for another content (RFC 9110, section 8.8.3); `changed_at` is when a talk of it was
    changed last, None without talks.
    """

    content: bytes
    content_type: str
    tag: str
    changed_at: datetime | None
    file_name: str


class Feeds:
    """Writes what calendar apps and feed readers ask for.

    Args:
        gallery: knows the talks.
        clock: tells which of them are long over.
        catalogues: texts by language.
        public_url: the address under which listeners reach the gallery, without a slash at its end.
    """

    def __init__(
        self, gallery: Gallery, clock: Clock, catalogues: Mapping[str, NullTranslations], public_url: str
    ) -> None:
        self._gallery = gallery
        self._clock = clock
        self._catalogues = catalogues
        self._public_url = public_url
        self._written: dict[tuple[str, str], tuple[Bill, Feed]] = {}

    async def talk(self, listen_key: str) -> Feed:
        """One talk, for a calendar; raises `NoSuchRoom` for an unknown link."""
        view = await self._gallery.view(listen_key)
        room, group = view.room, view.group
        words = words_of(group.language if group else None, self._catalogues)
        content = calendars.talk(room, group, words, self._public_url)
        day = f"{room.plan.starts_at.astimezone(group.zone if group else UTC):%Y-%m-%d}"
        name = file_name(f"{day} {room.plan.title}", "ics")
        return _feed(content, calendars.CONTENT_TYPE, room.changed_at, name)

    async def programme(self, programme_key: str, topic: str | None, name: str) -> Feed:
        """A programme, or one topic of it; raises `NoSuchRoom` for an unknown link.

        Args:
            programme_key: the unguessable part of the link.
            topic: which talks; None for all.
            name: one of `WRITERS`.
        """
        since = self._clock.now() - KEPT
        group, rooms = await self._gallery.calendar(programme_key, since, topic)
        return self._latest(Bill(group, tuple(rooms), topic), name)

    def _latest(self, bill: Bill, name: str) -> Feed:
        """What was written of an equal bill, if that is kept: while it is written, no sound goes out."""
        address = (bill.path, name)
        written_of, feed = self._written.pop(address, (None, None))
        if feed is None or written_of != bill:
            feed = self._write(bill, WRITERS[name])
        self._written[address] = (bill, feed)
        if len(self._written) > _MOST:
            del self._written[next(iter(self._written))]
        return feed

    def _write(self, bill: Bill, writer: Writer) -> Feed:
        words = words_of(bill.group.language, self._catalogues)
        content = writer.write(bill, words, self._public_url)
        changed_at = max((room.changed_at for room in bill.rooms), default=None)
        return _feed(content, writer.content_type, changed_at, file_name(bill.title, writer.ending))


def _feed(content: bytes, content_type: str, changed_at: datetime | None, name: str) -> Feed:
    return Feed(content, content_type, hashlib.sha256(content).hexdigest()[:32], changed_at, name)
